//! SQLite's full-text search through sqlx, as the store would reach it: one connection, in memory.

use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{ConnectOptions, Connection, Executor};
use tokio::runtime::{Builder, Runtime};

use super::base::Document;
use super::measure::{Clock, System};

pub(crate) struct Fts5 {
    runtime: Runtime,
    connection: SqliteConnection,
}

impl Fts5 {
    pub(crate) fn build(
        documents: impl Iterator<Item = anyhow::Result<Document>>,
        clock: &mut Clock,
    ) -> anyhow::Result<Fts5> {
        let runtime = Builder::new_current_thread().enable_all().build()?;
        let options = SqliteConnectOptions::new().in_memory(true);
        let mut connection = clock.run(|| runtime.block_on(options.connect()))?;
        clock.run(|| {
            runtime.block_on(
                connection.execute("create virtual table entries using fts5 (id unindexed, body)"),
            )
        })?;
        let mut adding = clock.run(|| runtime.block_on(connection.begin()))?;
        for document in documents {
            let Document { id, text } = document?;
            clock.run(|| {
                let add = sqlx::query("insert into entries (id, body) values ($1, $2)")
                    .bind(id)
                    .bind(text);
                runtime.block_on(add.execute(&mut *adding))
            })?;
        }
        clock.run(|| runtime.block_on(adding.commit()))?;
        // One segment: the fastest form to read.
        clock.run(|| {
            runtime
                .block_on(connection.execute("insert into entries (entries) values ('optimize')"))
        })?;
        Ok(Fts5 {
            runtime,
            connection,
        })
    }
}

impl System for Fts5 {
    fn first_ten(&mut self, question: &str) -> anyhow::Result<Vec<String>> {
        let wanted = any_word(question);
        if wanted.is_empty() {
            return Ok(Vec::new());
        }
        // `rank` is bm25, computed only where it is needed: the form that SQLite's manual advises.
        let best = sqlx::query_scalar::<_, String>(
            "select id from entries where entries match $1 order by rank limit 10",
        )
        .bind(wanted);
        Ok(self
            .runtime
            .block_on(best.fetch_all(&mut self.connection))?)
    }
}

/// Every word of a question once, quoted, joined by OR.
fn any_word(question: &str) -> String {
    let mut words: Vec<String> = question
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|w| !w.is_empty())
        .map(|w| format!("\"{w}\""))
        .collect();
    words.sort_unstable();
    words.dedup();
    words.join(" OR ")
}
