//! A database as an earlier version has left it: the first so many migrations, with rows in every table as of then.
//!
//! The rows of a migration stand in `fixtures/migrations/`, in a file by its number. A table without any is given one row of
//! what its columns say, so that a migration is held to keeping rows before anyone has written some for it.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use lots::desk::{AuditLine, Desk, Role};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgPool;
use sqlx::sqlite::SqlitePool;
use sqlx::{AssertSqlSafe, Executor, raw_sql};

use crate::stage::{desk_of, provby, sqlite};

/// The password of the account that every database has that knows accounts.
pub(super) const PASSWORD: &str = "fyra ord som jag minns";
/// The migration that brought the trail.
const TRAIL: i64 = 9;

/// A connection to the one or the other, past the program.
#[derive(Clone)]
pub(super) enum Plain {
    Lite(SqlitePool),
    Pg(PgPool),
}

/// Evaluates one expression with the pool of whichever it is.
macro_rules! with {
    ($plain:expr, $pool:ident => $run:expr) => {
        match $plain {
            Plain::Lite($pool) => $run,
            Plain::Pg($pool) => $run,
        }
    };
}

/// The tables and their columns, without what keeps book of the migrations.
pub(super) type Tables = BTreeMap<String, Vec<Column>>;

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub(super) name: String,
    is_number: bool,
    /// Whether a row must say it.
    is_needed: bool,
    /// The table and the column that it refers to.
    refers_to: Option<(String, String)>,
}

/// A column as SQLite tells of it: its name, its type, whether a row must say it, and what it refers to.
type ColumnRow = (String, String, bool, Option<String>, Option<String>);

/// What only the program itself can make: a password's hash, and a trail whose lines vouch for each other.
pub(super) struct Made {
    password: String,
    trail: Vec<AuditLine>,
}

impl Plain {
    pub(super) async fn open(url: &str) -> Plain {
        if url.starts_with("sqlite:") {
            let url = format!("{url}?mode=rwc");
            Plain::Lite(SqlitePool::connect(&url).await.unwrap())
        } else {
            Plain::Pg(PgPool::connect(url).await.unwrap())
        }
    }

    pub(super) async fn close(self) {
        with!(self, pool => pool.close().await);
    }

    /// Runs statements.
    pub(super) async fn run(&self, statements: &str) {
        let statements = AssertSqlSafe(statements.to_owned());
        with!(self, pool => pool.execute(raw_sql(statements)).await.map(|_| ())).unwrap();
    }

    /// The rows of one text each.
    pub(super) async fn texts(&self, statement: &str) -> Vec<String> {
        let statement = AssertSqlSafe(statement.to_owned());
        with!(self, pool => sqlx::query_scalar(statement).fetch_all(pool).await).unwrap()
    }

    /// Every row of the tables, each as one text of these columns.
    pub(super) async fn rows(&self, tables: &Tables) -> BTreeMap<String, Vec<String>> {
        let mut all = BTreeMap::new();
        for (table, columns) in tables {
            let columns = columns.iter().map(|c| {
                let name = &c.name;
                format!("'{name}=' || coalesce(cast(\"{name}\" as text), '-')")
            });
            let columns: Vec<String> = columns.collect();
            let columns = columns.join(" || ' ' || ");
            let mut rows = self
                .texts(&format!("select {columns} from \"{table}\""))
                .await;
            rows.sort();
            all.insert(table.clone(), rows);
        }
        all
    }
}

/// How many migrations there are.
pub(super) async fn migrations() -> i64 {
    let all = migrator(i64::MAX).await;
    all.iter().map(|m| m.version).max().unwrap()
}

/// Brings an empty database to where the first migrations up to `version` took it, with rows; its tables.
pub(super) async fn brought_to(plain: &Plain, version: i64, made: &Made) -> Tables {
    // What the columns are is the same in both, and SQLite tells it plainly.
    let memory = SqlitePool::connect("sqlite::memory:").await.unwrap();
    let (memory, mut tables) = (Plain::Lite(memory), Tables::new());
    let all: Vec<i64> = migrator(version).await.iter().map(|m| m.version).collect();
    for number in all {
        for plain in [&memory, plain] {
            let up_to = migrator(number).await;
            with!(plain, pool => up_to.run(pool).await).unwrap();
        }
        tables = tables_of(&memory).await;
        for statements in rows_of(number, &tables, &memory, made).await {
            for plain in [&memory, plain] {
                plain.run(&statements).await;
            }
        }
    }
    memory.close().await;
    tables
}

/// Has the program make what only it can.
pub(super) async fn made() -> Made {
    let folder = tempfile::tempdir().unwrap();
    let url = sqlite(folder.path());
    let desk = desk_of(provby(), &url).await;
    let by = Desk::command_line();
    for name in ["eva", "bo"] {
        let added = desk.add_account(&by, name, Role::Admin, None, PASSWORD);
        added.await.unwrap();
    }
    desk.close().await;
    let pool = SqlitePool::connect(&url).await.unwrap();
    let password = sqlx::query_scalar("select password from account where name = 'eva'");
    let password = password.fetch_one(&pool).await.unwrap();
    const TRAIL: &str =
        "select seq, at, who, act, about, before, after, reason, hash from audit order by seq";
    let trail = sqlx::query_as(TRAIL).fetch_all(&pool).await.unwrap();
    pool.close().await;
    Made { password, trail }
}

async fn migrator(up_to: i64) -> Migrator {
    let all = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations");
    let mut migrator = Migrator::new(all).await.unwrap();
    let earlier = migrator.iter().filter(|m| m.version <= up_to).cloned();
    migrator.migrations = Cow::Owned(earlier.collect());
    migrator
}

async fn tables_of(memory: &Plain) -> Tables {
    const NAMES: &str = "select name from sqlite_schema where type = 'table' and name not like '\\_sqlx%' escape '\\'";
    let Plain::Lite(pool) = memory else {
        panic!("not SQLite")
    };
    let mut tables = Tables::new();
    for table in memory.texts(NAMES).await {
        const COLUMNS: &str = "select c.name, c.type, c.pk > 0 or (c.\"notnull\" and c.dflt_value is null), f.\"table\", f.\"to\" \
            from pragma_table_info($1) c left join pragma_foreign_key_list($1) f on f.\"from\" = c.name";
        let columns: Vec<ColumnRow> = sqlx::query_as(COLUMNS)
            .bind(&table)
            .fetch_all(pool)
            .await
            .unwrap();
        let columns = columns
            .into_iter()
            .map(|(name, kind, is_needed, of, to)| Column {
                name,
                is_number: kind.contains("int"),
                is_needed,
                refers_to: of.zip(to),
            });
        tables.insert(table, columns.collect());
    }
    tables
}

/// The statements that give what a migration has brought its rows.
async fn rows_of(number: i64, tables: &Tables, memory: &Plain, made: &Made) -> Vec<String> {
    if number == TRAIL {
        return vec![made.trail_as_sql()];
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/suite/fixtures/migrations")
        .join(format!("{number:04}.sql"));
    if let Ok(text) = std::fs::read_to_string(file) {
        return vec![text.replace("{password}", &made.password)];
    }
    let mut statements = Vec::new();
    for (table, columns) in tables {
        let any = format!("select 'there is one' from \"{table}\"");
        if memory.texts(&any).await.is_empty() {
            statements.push(row_of(table, columns));
        }
    }
    statements
}

/// A row of what the columns of a table ask for.
fn row_of(table: &str, columns: &[Column]) -> String {
    let needed = columns.iter().filter(|c| c.is_needed);
    let names: Vec<String> = needed.clone().map(|c| format!("\"{}\"", c.name)).collect();
    let value = |column: &Column| match &column.refers_to {
        Some((of, to)) => format!("(select \"{to}\" from \"{of}\" limit 1)"),
        None if column.is_number => "1".to_owned(),
        None => "'7F3K-2QX'".to_owned(),
    };
    let values: Vec<String> = needed.map(value).collect();
    format!(
        "insert into \"{table}\" ({}) values ({})",
        names.join(", "),
        values.join(", ")
    )
}

impl Made {
    fn trail_as_sql(&self) -> String {
        let mut all = String::new();
        for line in &self.trail {
            let (seq, at) = (line.seq, line.at);
            let texts = [
                &line.who,
                &line.act,
                &line.about,
                &line.before,
                &line.after,
                &line.reason,
                &line.hash,
            ];
            let texts = texts.map(|text| format!("'{}'", text.replace('\'', "''")));
            all += &format!(
                "insert into audit (seq, at, who, act, about, before, after, reason, hash) values ({seq}, {at}, {});\n",
                texts.join(", ")
            );
        }
        let last = self.trail.last().unwrap();
        all + &format!(
            "update audit_head set seq = {}, hash = '{}' where id = 'head';",
            last.seq, last.hash
        )
    }
}
