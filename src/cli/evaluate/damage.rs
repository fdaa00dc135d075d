//! Messages made worse on purpose, to see how much of the answering survives. No chance is involved: the same message is
//! always damaged alike.

use super::Item;

/// A way to write worse.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Damage {
    /// One word in five loses, doubles or swaps a letter
    Typos,
    /// å, ä and ö are written a, a and o
    Diacritics,
}

/// One word in so many gets a typo, as in the measurements of research on spelling in questions.
const EVERY: usize = 5;
/// A set is given typos so many times over.
const DRAWS: usize = 5;
/// The seeds of two draws lie so far apart; no multiple of the places or the kinds of typos.
const APART: usize = 1_001;
/// Shorter words are left alone.
const SHORTEST: usize = 4;

impl Damage {
    /// A set, damaged. Typos are drawn several times over, for where they fall decides as much as how many there are.
    pub(super) fn of_all(self, items: &[Item]) -> Vec<Item> {
        let draws = match self {
            Damage::Typos => DRAWS,
            Damage::Diacritics => 1,
        };
        let mut damaged = Vec::with_capacity(draws * items.len());
        for draw in 0..draws {
            let mut drawn = items.to_vec();
            let turns = drawn.iter_mut().flat_map(|item| &mut item.turns);
            turns
                .enumerate()
                .for_each(|(i, turn)| *turn = self.of(turn, i + draw * APART));
            damaged.extend(drawn);
        }
        damaged
    }

    /// A message as this damage leaves it. `seed` makes two alike messages differ.
    pub(super) fn of(self, text: &str, seed: usize) -> String {
        match self {
            Damage::Diacritics => text.chars().map(without_accent).collect(),
            Damage::Typos => {
                let words = text.split(' ').enumerate();
                let words = words.map(|(i, word)| {
                    if (i + seed).is_multiple_of(EVERY) {
                        mistyped(word, i + seed)
                    } else {
                        word.to_owned()
                    }
                });
                words.collect::<Vec<_>>().join(" ")
            }
        }
    }
}

fn without_accent(c: char) -> char {
    match c {
        'å' | 'ä' => 'a',
        'Å' | 'Ä' => 'A',
        'ö' => 'o',
        'Ö' => 'O',
        other => other,
    }
}

/// A word with a letter lost, two letters swapped, or a letter doubled, somewhere behind the first.
fn mistyped(word: &str, seed: usize) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    if letters.len() < SHORTEST || !letters.iter().all(|c| c.is_alphabetic()) {
        return word.to_owned();
    }
    let at = 1 + (seed * 7 + letters.len()) % (letters.len() - 2);
    match seed % 3 {
        0 => {
            letters.remove(at);
        }
        1 => letters.swap(at, at + 1),
        _ => letters.insert(at, letters[at]),
    }
    letters.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_is_damaged_alike_each_time() {
        let text = "Hur söker vi föreningsbidrag för våra ungdomar?";
        assert_eq!(Damage::Typos.of(text, 1), Damage::Typos.of(text, 1));
        assert_ne!(Damage::Typos.of(text, 4), text);
        assert_eq!(
            Damage::Diacritics.of(text, 0),
            "Hur soker vi foreningsbidrag for vara ungdomar?"
        );
    }
}
