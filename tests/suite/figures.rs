//! How far people come on the guided ways in: counted in numbers alone, and never at the cost of an answer.

use jiff::civil::Date;
use lots::desk::{Desk, Happening, PATH_END, StepFigures, WayFigures};
use lots::knowledge::PathName;

use crate::stage::{KNOWN, ask, bytes_of, desk_of, holds, provby, sqlite};

const STEPS: [&str; 3] = ["who", "purpose", "soon"];

/// Someone who comes to so many steps.
fn comes(desk: &Desk, steps: &[&str]) {
    for step in steps {
        desk.count_step(PathName::Grants, step, Happening::Reached);
    }
}

async fn figures(desk: &Desk) -> WayFigures {
    let by = Desk::command_line();
    let counted = desk.review(&by).path_figures(Date::MIN, Date::MAX).await;
    counted.unwrap().of(PathName::Grants, &STEPS)
}

fn expected() -> WayFigures {
    let step = |reached, went_on, stopped, left| StepFigures {
        reached,
        went_on,
        stopped,
        left,
    };
    WayFigures {
        steps: vec![step(5, 3, 1, 1), step(2, 2, 0, 0), step(3, 2, 0, 1)],
        ended: 2,
    }
}

#[tokio::test]
async fn what_is_counted_says_where_people_stop_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    assert_eq!(figures(&desk).await.ended, 0);
    comes(&desk, &["who", "purpose", "soon", PATH_END]);
    // Not everyone is asked everything.
    comes(&desk, &["who", "soon", PATH_END]);
    comes(&desk, &["who", "purpose", "soon"]);
    comes(&desk, &["who"]);
    comes(&desk, &["who"]);
    desk.count_step(PathName::Grants, "who", Happening::Stopped);
    desk.count_step(PathName::People, "who", Happening::Reached);
    assert_eq!(figures(&desk).await, expected());
    desk.close().await;

    let desk = desk_of(provby(), &sqlite(folder.path())).await;
    assert_eq!(figures(&desk).await, expected(), "they are written down");
}

#[tokio::test]
async fn counting_costs_nobody_an_answer_and_is_caught_up_with() {
    let folder = tempfile::tempdir().unwrap();
    let there = folder.path().join("not/there");
    let away = format!("sqlite://{}/lots.db", there.display());
    let desk = desk_of(provby(), &away).await;
    comes(&desk, &STEPS);
    for i in 0..2_000 {
        desk.count_step(PathName::Idea, &format!("step {i}"), Happening::Reached);
    }
    let reply = ask(&desk, "a", KNOWN).await;
    assert!(!reply.answer.shown.is_empty());
    std::fs::create_dir_all(&there).unwrap();
    desk.close().await;
    let bytes = bytes_of(&there);
    assert!(holds(&bytes, "step 900") && !holds(&bytes, "step 1900"));
    let desk = desk_of(provby(), &away).await;
    assert_eq!(figures(&desk).await.steps[0].reached, 1);
}
