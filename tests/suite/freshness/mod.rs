//! What is to be gone through, on a base where something of every kind is wrong.

mod links;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::response::Redirect;
use axum::routing::get;
use jiff::civil::date;
use lots::desk::{
    Complaint, Desk, Doubt, DoubtKind, Freshness, FreshnessFilter, GoneThrough, LinkStanding,
    Origin, ReviewError, Verdict,
};
use lots::knowledge::{EntryId, Language};
use lots::outside::{Finding, LinkChecker, Policy};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};
use tempfile::TempDir;
use tokio::net::TcpListener;

use crate::stage::{TODAY, copy, desk_of, provby_folder, sqlite};

const GRANT: &str = r#"office = "offices/byggkontoret"
contact = "offices/kundcenter"
standing = "current"
reviewed = 2026-11-02
reviewed_by = "editor"
"#;

/// A guide about one thing, with one question that is about another.
fn twin(title: &str, (own, other): (&str, &str), review_by: &str, links: &str) -> String {
    let own = [
        "hur",
        "var",
        "vem kan",
        "vad kostar det att",
        "får jag hjälp att",
        "när kan jag",
        "måste man",
    ]
    .map(|asks| format!("  \"{asks} {own}\",\n"));
    format!(
        "+++\ntitle = \"{title}\"\noffice = \"offices/kundcenter\"\ncontact = \"offices/kundcenter\"\nstanding = \"current\"\n\
         reviewed = 2026-11-02\nreviewed_by = \"editor\"\nreview_by = {review_by}\n\
         sources = [{{ name = \"Provby\", year = 2026 }}]\nquestions = [\n  \"går det att {other}\",\n{}]\n+++\n{title} gör man hemma. {links}\n",
        own.concat()
    )
}

const BIKE: &str = "laga trasiga cyklar på verkstaden";
const SKIS: &str = "valla hala längdskidor på verkstaden";

fn bike(review_by: &str, links: &str) -> String {
    twin("Cykelverkstad", (BIKE, SKIS), review_by, links)
}

fn skis(review_by: &str) -> String {
    twin("Skidvallning", (SKIS, BIKE), review_by, "")
}

fn grant(title: &str, terms: &str) -> String {
    format!(
        "+++\ntitle = \"{title}\"\n{GRANT}review_by = 2027-05-02\nsources = [{{ name = \"Provby\", year = 2026 }}]\n\
         questions = [\"pengar till {title}\"]\n\n[grant]\n{terms}\n+++\nPengar.\n"
    )
}

/// A desk on Provby's base with more in it, on the tests' day.
struct Town {
    desk: Desk,
    folder: TempDir,
}

impl Town {
    async fn with(more: &[(&str, String)]) -> Town {
        let folder = tempfile::tempdir().unwrap();
        let base = folder.path().join("base");
        copy(&provby_folder(), &base);
        for (path, text) in more {
            std::fs::write(base.join(path), text).unwrap();
        }
        let origin = Origin::Folder(base);
        let answerer = lots::desk::open(&origin).unwrap();
        let desk = desk_of(answerer, &sqlite(folder.path())).await;
        Town {
            desk: desk.with_files_of(origin).on(TODAY),
            folder,
        }
    }

    async fn freshness(&self, office: &str, doubt: &str) -> Freshness {
        let by = Desk::command_line();
        let filter = FreshnessFilter {
            office: office.to_owned(),
            doubt: doubt.to_owned(),
            page: 0,
        };
        self.desk.review(&by).freshness(&filter).await.unwrap()
    }

    async fn doubts(&self, entry: &str) -> Vec<Doubt> {
        let by = Desk::command_line();
        self.desk
            .review(&by)
            .doubts_of(&id(entry))
            .await
            .unwrap()
            .doubts
    }

    async fn complains(&self, entry: &str, complaint: Complaint) {
        let verdict = Verdict::Unhelpful {
            complaint: Some(complaint),
            remark: "",
        };
        let conversation = Desk::new_conversation();
        let reply = self
            .desk
            .feedback_on(&conversation, "web", &id(entry), Language::Swedish, verdict)
            .await;
        assert!(reply.receipt.is_some());
    }

    /// Runs a statement past the store.
    async fn run(&self, statement: &str) {
        let options: sqlx::sqlite::SqliteConnectOptions =
            sqlite(self.folder.path()).parse().unwrap();
        let mut connection = options.connect().await.unwrap();
        let statement = AssertSqlSafe(statement.to_owned());
        connection.execute(statement).await.unwrap();
    }

    async fn looks(&self) -> Vec<LinkStanding> {
        let policy = Policy::widened_by(&["127.0.0.1"]).unwrap();
        let checker = Arc::new(LinkChecker::new(policy, None, Duration::ZERO).unwrap());
        let mut seen = Vec::new();
        let looked = self
            .desk
            .look_at_all_links(&checker, |link| seen.push(link.clone()));
        looked.await.unwrap();
        seen
    }
}

fn id(text: &str) -> EntryId {
    EntryId::parse(text).unwrap()
}

fn kinds(doubts: &[Doubt]) -> Vec<DoubtKind> {
    doubts.iter().map(Doubt::kind).collect()
}

#[tokio::test]
async fn every_reason_to_go_through_an_entry_is_found_and_the_worst_comes_first() {
    let site = serve().await;
    let town = Town::with(&[
        (
            "guides/laga.md",
            bike(
                "2026-12-01",
                &format!("Se [hit]({site}/gone) och [dit]({site}/old)."),
            ),
        ),
        ("guides/valla.md", skis("2026-01-01")),
        (
            "grants/ett.md",
            grant(
                "Cykelpeng",
                "amount = { at_most = 5000 }\nopen_all_year = true",
            ),
        ),
        (
            "grants/annat.md",
            grant(
                "Cykelpeng",
                "amount = { at_most = 8000 }\nopen_all_year = true",
            ),
        ),
        (
            "grants/slut.md",
            grant("Slutpeng", "deadlines = [\"2026-01-31\", \"2026-02-28\"]"),
        ),
    ])
    .await;
    town.complains("guides/valla", Complaint::OutOfDate).await;
    town.complains("guides/valla", Complaint::OutOfDate).await;
    town.complains("guides/valla", Complaint::Incomplete).await;
    town.looks().await;
    town.run("update link set failed_at = failed_at - 86400000 where failed_at > 0 and address like 'http://127.%'").await;
    town.looks().await;

    let [
        Doubt::Contradicted {
            other, own, others, ..
        },
    ] = &town.doubts("grants/ett").await[..]
    else {
        panic!("{:?}", town.doubts("grants/ett").await)
    };
    assert_eq!(
        (other.as_str(), own.as_str(), others.as_str()),
        ("grants/annat", "≤ 5000 kr", "≤ 8000 kr")
    );
    let last = date(2026, 2, 28);
    assert_eq!(town.doubts("grants/slut").await, [Doubt::Passed { last }]);
    let valla = town.doubts("guides/valla").await;
    let expected = [
        DoubtKind::Complaints,
        DoubtKind::Overdue,
        DoubtKind::Overlaps,
    ];
    assert_eq!(kinds(&valla), expected, "{valla:?}");
    let Doubt::Complaints { count: 3, why, .. } = &valla[0] else {
        panic!("{valla:?}")
    };
    assert_eq!(
        *why,
        [(Complaint::OutOfDate, 2), (Complaint::Incomplete, 1)]
    );
    let laga = town.doubts("guides/laga").await;
    let expected = [
        DoubtKind::DeadLink,
        DoubtKind::Overlaps,
        DoubtKind::DueSoon,
        DoubtKind::Moved,
    ];
    assert_eq!(kinds(&laga), expected, "{laga:?}");
    let Doubt::DeadLink {
        finding: Finding::Missing,
        status: Some(404),
        ..
    } = &laga[0]
    else {
        panic!("{laga:?}")
    };
    assert_eq!(town.doubts("grants/lovpeng").await, [Doubt::Unconfirmed]);
    assert_eq!(town.doubts("grants/scenpeng").await, []);

    let all = town.freshness("", "").await;
    assert!(all.overlaps_are_known);
    let entries: Vec<&str> = all.entries.iter().map(|d| d.entry.as_str()).collect();
    let weighty = [
        "guides/valla",
        "grants/annat",
        "grants/ett",
        "guides/laga",
        "grants/slut",
        "grants/lovpeng",
    ];
    assert_eq!(entries[..6], weighty, "{entries:?}");
    assert_eq!(all.total, entries.len());
    for (kind, count) in &all.counts {
        assert!(*count > 0, "{kind:?} is nowhere");
    }
    let built = town.freshness("offices/byggkontoret", "contradicted").await;
    assert_eq!((built.total, built.chosen), (3, 2));
    let counted = town.desk.freshness_count(None).await.unwrap();
    assert_eq!((counted.overdue, counted.dead_links), (1, 1));
    let of_office = town
        .desk
        .freshness_count(Some(&id("offices/byggkontoret")))
        .await
        .unwrap();
    assert_eq!((of_office.overdue, of_office.dead_links), (0, 0));
    town.desk.close().await;
}

#[tokio::test]
async fn what_speaks_against_an_entry_takes_a_reason_and_is_settled_by_it() {
    let town = Town::with(&[]).await;
    town.complains("grants/lovpeng", Complaint::OutOfDate).await;
    let by = Desk::command_line();
    let review = town.desk.review(&by);
    let entry = id("grants/lovpeng");
    let said = GoneThrough {
        seen: review.seen(&entry).unwrap(),
        ..GoneThrough::default()
    };
    let refused = review.go_through(&entry, &said).await;
    assert!(
        matches!(refused, Err(ReviewError::NeedsReason(1))),
        "{refused:?}"
    );
    let reason = "Kontrollerat, ring 070-123 45 67".to_owned();
    for (review_by, is_within) in [
        ("2026-11-23", false),
        ("2028-11-24", false),
        ("snart", false),
        ("2028-11-23", true),
    ] {
        let said = GoneThrough {
            review_by: review_by.to_owned(),
            reason: reason.clone(),
            ..said.clone()
        };
        let done = review.go_through(&entry, &said).await;
        match is_within {
            true => done.unwrap(),
            false => assert!(
                matches!(done, Err(ReviewError::Problems(_))),
                "{review_by}: {done:?}"
            ),
        }
    }
    assert_eq!(
        town.doubts("grants/lovpeng").await,
        [Doubt::Unconfirmed],
        "the complaint was before"
    );
    let base = town.desk.library().current();
    let dated = base.knowledge().entry(&entry).unwrap();
    assert_eq!(
        (dated.reviewed, dated.review_by),
        (Some(TODAY), Some(date(2028, 11, 23)))
    );
    assert_eq!(dated.reviewed_by.as_deref(), Some("editor"));
    // The text that was seen before is not the one that is there now.
    let late = review.go_through(&entry, &said).await;
    assert!(matches!(late, Err(ReviewError::Changed { .. })), "{late:?}");
    let trail = town
        .desk
        .audit_lines(&by, &lots::desk::AuditFilter::default())
        .await
        .unwrap();
    let line = &trail[0];
    assert_eq!(
        (line.act.as_str(), line.about.as_str()),
        ("entry-reviewed", "entry/grants/lovpeng")
    );
    assert_eq!(line.before, "reviewed 2026-11-02 review_by 2027-05-02");
    assert_eq!(line.after, "reviewed 2026-11-23 review_by 2028-11-23");
    assert!(
        line.reason.starts_with("Kontrollerat") && !line.reason.contains("070"),
        "{}",
        line.reason
    );
    town.complains("grants/lovpeng", Complaint::Incomplete)
        .await;
    let again = town.doubts("grants/lovpeng").await;
    assert_eq!(
        kinds(&again),
        [DoubtKind::Complaints, DoubtKind::Unconfirmed]
    );
    town.desk.close().await;
}

/// A site with a page, one that is gone, one that has moved, and one for members; where it is.
async fn serve() -> String {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let at = listener.local_addr().unwrap();
    let pages = Router::new()
        .route("/fine", get(async || "här"))
        .route("/old", get(async || Redirect::permanent("/fine")))
        .route("/members", get(async || StatusCode::FORBIDDEN));
    tokio::spawn(async move { axum::serve(listener, pages).await });
    format!("http://{at}")
}
