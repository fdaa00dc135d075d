//! Swedish compounds: `verksamhetsstöd` is also `verksamhet` and `stöd`.

use rustc_hash::FxHashSet;

/// Splits folded compounds by the words it knows.
#[derive(Clone, Debug, Default)]
pub(crate) struct CompoundSplitter {
    /// What may begin a compound, with its linking letter: `forenings`, `skol`.
    firsts: FxHashSet<Box<str>>,
    /// What may end one, in every form.
    lasts: FxHashSet<Box<str>>,
}

/// Parts shorter than this split more words wrongly than rightly.
const SHORTEST_PART: usize = 3;
/// Words shorter than this are left whole.
const SHORTEST_COMPOUND: usize = 7;
/// Endings that a last part may carry beside the form it is known by.
const ENDINGS: [&str; 16] = [
    "en", "et", "n", "t", "er", "ar", "or", "erna", "arna", "orna", "na", "a", "s", "ens", "ets",
    "e",
];

impl CompoundSplitter {
    /// Learns a first part in its linking form.
    pub(crate) fn add_first(&mut self, folded: &str) {
        if folded.len() >= SHORTEST_PART {
            self.firsts.insert(folded.into());
        }
    }

    /// Learns a last part.
    pub(crate) fn add_last(&mut self, folded: &str) {
        if folded.len() >= SHORTEST_PART {
            self.lasts.insert(folded.into());
        }
    }

    /// Learns a word that may begin (alone or with `s`) and end a compound.
    pub(crate) fn add_word(&mut self, folded: &str) {
        if folded.len() > SHORTEST_PART {
            self.firsts.insert(folded.into());
            self.firsts.insert(format!("{folded}s").into());
            self.lasts.insert(folded.into());
        }
    }

    /// The parts of a compound, two or three; empty when it is none.
    pub(crate) fn split<'a>(&self, word: &'a str) -> Vec<&'a str> {
        if word.len() < SHORTEST_COMPOUND
            || !word.is_ascii()
            || word.bytes().any(|b| b.is_ascii_digit())
        {
            return Vec::new();
        }
        self.split_into(word, 3).unwrap_or_default()
    }

    /// Prefers few parts, then a long last part, which carries the meaning.
    fn split_into<'a>(&self, word: &'a str, most: usize) -> Option<Vec<&'a str>> {
        let cuts = || SHORTEST_PART..=word.len().saturating_sub(SHORTEST_PART);
        if let Some(cut) =
            cuts().find(|i| self.firsts.contains(&word[..*i]) && self.ends(&word[*i..]))
        {
            return Some(vec![&word[..cut], &word[cut..]]);
        }
        if most <= 2 || word.len() < SHORTEST_COMPOUND + SHORTEST_PART {
            return None;
        }
        cuts()
            .filter(|i| self.firsts.contains(&word[..*i]))
            .find_map(|cut| {
                let mut parts = self.split_into(&word[cut..], most - 1)?;
                parts.insert(0, &word[..cut]);
                Some(parts)
            })
    }

    fn ends(&self, last: &str) -> bool {
        self.lasts.contains(last)
            || ENDINGS.iter().any(|e| {
                last.strip_suffix(e)
                    .is_some_and(|bare| bare.len() >= SHORTEST_PART && self.lasts.contains(bare))
            })
    }
}

/// A first part without its linking `s`, so that `verksamhets` finds `verksamhet`.
pub(crate) fn without_link(part: &str) -> &str {
    match part.strip_suffix('s') {
        Some(bare) if bare.len() > SHORTEST_PART => bare,
        _ => part,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn compounds_are_split_where_both_parts_are_known() {
        let mut splitter = CompoundSplitter::default();
        for word in ["verksamhet", "stod", "forening", "barn"] {
            splitter.add_word(word);
        }
        splitter.add_last("bidrag");
        splitter.add_first("ungdoms");
        assert_eq!(splitter.split("verksamhetsstod"), ["verksamhets", "stod"]);
        assert_eq!(
            splitter.split("foreningsbidragen"),
            ["forenings", "bidragen"]
        );
        assert_eq!(
            splitter.split("ungdomsforeningsbidrag"),
            ["ungdoms", "forenings", "bidrag"]
        );
        assert!(splitter.split("kanelbulle").is_empty());
    }
}
