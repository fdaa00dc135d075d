//! Where people are on their ways in: in memory, for a while, and written nowhere, for it holds what they said.

use quick_cache::sync::Cache;

use crate::paths::Path;

/// So many are on a way in at once, as far as memory goes; those who have been away longest begin anew.
const AT_ONCE: usize = 2_000;

/// Where people are on their ways in, by their conversations.
#[derive(Debug)]
pub(super) struct Walks(Cache<String, Walk>);

#[derive(Clone, Debug)]
struct Walk {
    at: Path,
    /// The most steps that were behind the person on this way in.
    furthest: usize,
}

impl Default for Walks {
    fn default() -> Walks {
        Walks(Cache::new(AT_ONCE))
    }
}

impl Walks {
    /// Where someone is.
    pub(super) fn get(&self, conversation: &str) -> Option<Path> {
        self.0.get(conversation).map(|walk| walk.at)
    }

    /// Someone has come to a place. Whether they are further on this way in than they have been.
    pub(super) fn come_to(&self, conversation: &str, at: Path) -> bool {
        let before = self.0.get(conversation);
        let before = before.filter(|walk| walk.at.name() == at.name());
        let behind = at.given().len();
        // Whoever begins anew walks it once more.
        let furthest = before.map(|walk| walk.furthest).filter(|_| behind > 0);
        let walk = Walk {
            at,
            furthest: furthest.map_or(behind, |before| before.max(behind)),
        };
        self.0.insert(conversation.to_owned(), walk);
        furthest.is_none_or(|before| behind > before)
    }

    /// Someone has left.
    pub(super) fn remove(&self, conversation: &str) {
        self.0.remove(conversation);
    }

    /// Forgets all but some.
    pub(super) fn retain(&self, keep: impl Fn(&str) -> bool) {
        self.0.retain(|conversation, _| keep(conversation));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_step_is_new_once_however_often_someone_goes_back() {
        let walks = Walks::default();
        let come = |code: &str| walks.come_to("a", Path::parse(code).unwrap());
        assert!(come("grants"));
        assert!(come("grants.network"));
        assert!(!come("grants.network"));
        assert!(come("grants.network.event"));
        assert!(!come("grants.network"));
        assert!(!come("grants.company.event"));
        assert!(come("people"));
        assert!(come("grants"), "another time");
        assert!(come("grants.network"));
    }
}
