//! The part of the story about the trail of what staff have done.

use lots::store::{AuditCheck, AuditFilter, Flaw, NewAudit, Store};
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};

use super::NOON;

pub(super) async fn acts_are_written_down_in_a_chain(store: &Store) {
    assert_eq!(
        store.verify_audit().await.unwrap(),
        AuditCheck::Whole {
            lines: 0,
            last: String::new()
        }
    );
    for (who, about) in [
        ("anna", "account/bo"),
        ("anna", "account/cia"),
        ("bo", "account/cia"),
    ] {
        store.audit(&act(who, about)).await.unwrap();
    }
    let strange = NewAudit {
        reason: "null\0tecken, Å & <b>".to_owned(),
        ..act("bo", "account/bo")
    };
    store.audit(&strange).await.unwrap();

    let seqs = async |filter: AuditFilter| {
        let lines = store.audit_lines(&filter).await.unwrap();
        lines.iter().map(|l| l.seq).collect::<Vec<_>>()
    };
    let all = AuditFilter::default();
    assert_eq!(seqs(all.clone()).await, [4, 3, 2, 1]);
    assert_eq!(
        seqs(AuditFilter {
            limit: 2,
            before: Some(4),
            ..all.clone()
        })
        .await,
        [3, 2]
    );
    assert_eq!(
        seqs(AuditFilter {
            who: Some("anna".to_owned()),
            ..all.clone()
        })
        .await,
        [2, 1]
    );
    let of_cia = AuditFilter {
        about: Some("account/cia".to_owned()),
        ..all.clone()
    };
    assert_eq!(seqs(of_cia.clone()).await, [3, 2]);
    assert_eq!(
        seqs(AuditFilter {
            who: Some("bo".to_owned()),
            ..of_cia
        })
        .await,
        [3]
    );

    let first = store
        .audit_lines(&AuditFilter {
            before: Some(2),
            ..all
        })
        .await
        .unwrap()
        .remove(0);
    assert_eq!(
        (
            first.at,
            first.who.as_str(),
            first.act.as_str(),
            first.after.as_str()
        ),
        (NOON, "anna", "changed", "editor")
    );
    assert!(
        matches!(store.verify_audit().await.unwrap(), AuditCheck::Whole { lines: 4, last } if last.len() == 64)
    );
}

pub(super) async fn many_act_at_once(store: &Store) {
    let acting = (0..8).map(|i| {
        let store = store.clone();
        tokio::spawn(async move {
            for _ in 0..75 {
                store
                    .audit(&act(&format!("person-{i}"), "account/bo"))
                    .await
                    .unwrap();
            }
        })
    });
    for acting in acting.collect::<Vec<_>>() {
        acting.await.unwrap();
    }
    let whole = store.verify_audit().await.unwrap();
    assert!(
        matches!(whole, AuditCheck::Whole { lines: 604, .. }),
        "{whole:?}"
    );
}

/// Each meddling is undone again before the next.
pub(super) async fn a_chain_that_was_meddled_with_is_broken(url: &str, store: &Store) {
    let whole = store.verify_audit().await.unwrap();
    let cases = [
        (
            "update audit set who = 'eve' where seq = 17",
            "update audit set who = (select who from audit_kept where seq = 17) where seq = 17",
            (17, Flaw::Changed),
        ),
        (
            "delete from audit where seq = 510",
            "insert into audit select * from audit_kept where seq = 510",
            (510, Flaw::Missing),
        ),
        (
            "delete from audit where seq = 604",
            "insert into audit select * from audit_kept where seq = 604",
            (604, Flaw::Missing),
        ),
        (
            "update audit_head set seq = 603, hash = (select hash from audit where seq = 603)",
            "update audit_head set seq = 604, hash = (select hash from audit where seq = 604)",
            (604, Flaw::Added),
        ),
        (
            "update audit_head set hash = 'other'",
            "update audit_head set hash = (select hash from audit where seq = 604)",
            (604, Flaw::Changed),
        ),
    ];
    run(url, "create table audit_kept as select * from audit").await;
    for (meddle, undo, (seq, why)) in cases {
        run(url, meddle).await;
        let found = store.verify_audit().await.unwrap();
        assert_eq!(found, AuditCheck::Broken { seq, why }, "{meddle}");
        run(url, undo).await;
        assert_eq!(store.verify_audit().await.unwrap(), whole, "{undo}");
    }
    run(url, "drop table audit_kept").await;
}

fn act(who: &str, about: &str) -> NewAudit {
    NewAudit {
        who: who.to_owned(),
        act: "changed".to_owned(),
        about: about.to_owned(),
        before: "reader".to_owned(),
        after: "editor".to_owned(),
        reason: String::new(),
        at: NOON,
    }
}

/// Runs a statement past the store.
async fn run(url: &str, statement: &str) {
    let statement = AssertSqlSafe(statement.to_owned());
    if url.starts_with("sqlite") {
        let options: sqlx::sqlite::SqliteConnectOptions = url.parse().unwrap();
        let mut connection = options.connect().await.unwrap();
        connection.execute(statement).await.unwrap();
    } else {
        let options: sqlx::postgres::PgConnectOptions = url.parse().unwrap();
        let mut connection = options.connect().await.unwrap();
        connection.execute(statement).await.unwrap();
    }
}
