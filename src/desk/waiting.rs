//! How long a resident waits for the database: for all that their message needs of it together.

use std::cell::Cell;
use std::time::Duration;

use tokio::time::{Instant, timeout};

use super::PATIENCE;

tokio::task_local! {
    /// How long whoever wrote a message goes on waiting.
    static LEFT: Cell<Duration>;
}

/// Does what a message asks for; all that it does [`patiently`] takes no longer together than a resident waits.
pub(super) async fn for_a_message<T>(work: impl Future<Output = T>) -> T {
    LEFT.scope(Cell::new(PATIENCE), work).await
}

/// What comes of work with the database; `None` when it takes longer than a resident waits. Where they have waited in vain
/// before, it is only begun.
pub(super) async fn patiently<T>(work: impl Future<Output = T>) -> Option<T> {
    let left = LEFT.try_with(Cell::get).unwrap_or(PATIENCE);
    let begun = Instant::now();
    let outcome = timeout(left, work).await.ok();
    // What belongs to no message is waited for by itself.
    _ = LEFT.try_with(|all| all.set(left.saturating_sub(begun.elapsed())));
    outcome
}

#[cfg(test)]
mod tests {
    use std::future::{pending, ready};

    use super::*;

    #[tokio::test]
    async fn whoever_waits_in_vain_does_so_once() {
        let begun = Instant::now();
        for_a_message(async {
            assert_eq!(patiently(ready(1)).await, Some(1));
            for _ in 0..5 {
                assert_eq!(patiently(pending::<()>()).await, None);
            }
            assert_eq!(patiently(ready(2)).await, Some(2), "it is begun");
        })
        .await;
        let waited = begun.elapsed();
        assert!(waited >= PATIENCE && waited < PATIENCE * 2, "{waited:?}");
    }
}
