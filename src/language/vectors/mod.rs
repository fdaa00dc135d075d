//! What words mean: a direction in a space of 128 dimensions for each, Swedish and English words in the same space, so
//! that "stålar" lies near "money". `README.md` beside this file says how the tables are made, and under which licences
//! they come.

use std::sync::LazyLock;

use super::stem::Tongue;

/// How many numbers a meaning has.
pub const DIMENSIONS: usize = 128;

/// A direction of meaning; its length says how much the word counts.
pub type Meaning = [f32; DIMENSIONS];

static ENGLISH: LazyLock<Table> = LazyLock::new(|| Table::read(include_bytes!("english.vec")));
static SWEDISH: LazyLock<Table> = LazyLock::new(|| Table::read(include_bytes!("swedish.vec")));

/// Endings to take off a Swedish word that stands in no other form, the longest first.
const SWEDISH_ENDINGS: [&str; 22] = [
    "arna", "erna", "orna", "ens", "ets", "ade", "at", "en", "et", "ar", "er", "or", "na", "as",
    "te", "de", "a", "n", "t", "s", "r", "e",
];
/// What may then have stood there instead.
const BASE_ENDINGS: [&str; 3] = ["", "a", "e"];
/// Shorter parts of words are not looked up.
const SHORTEST: usize = 3;
/// Two parts of a compound together are as long as one word.
const OF_TWO: f32 = std::f32::consts::FRAC_1_SQRT_2;

/// Adds what a folded word means, times a weight, to a sum; says whether the word is known.
pub fn add_meaning(tongue: Tongue, word: &str, weight: f32, sum: &mut Meaning) -> bool {
    match tongue {
        Tongue::Swedish => swedish(word, weight, sum) || english_word(word, weight, sum),
        Tongue::English => {
            ENGLISH.add(word, weight, sum)
                || SWEDISH.add(word, weight, sum)
                || pieces(word, weight, sum)
        }
    }
}

/// Whether a folded word is one of the language: not every word that a base lacks is misspelt.
pub(crate) fn is_word(tongue: Tongue, word: &str) -> bool {
    match tongue {
        Tongue::Swedish => inflected(word).is_some(),
        Tongue::English => ENGLISH.row(word).is_some(),
    }
}

/// Makes a sum of meanings a direction of length 1; nothing when there is no direction.
pub fn normalised(mut sum: Meaning) -> Option<Meaning> {
    let norm = sum.iter().map(|x| x * x).sum::<f32>().sqrt();
    if norm <= f32::EPSILON {
        return None;
    }
    sum.iter_mut().for_each(|x| *x /= norm);
    Some(sum)
}

fn swedish(word: &str, weight: f32, sum: &mut Meaning) -> bool {
    if let Some(row) = inflected(word) {
        SWEDISH.add_row(row, weight, sum);
        return true;
    }
    if !word.is_ascii() {
        return false;
    }
    // The longest last part that is known, with a known first part before it.
    for cut in SHORTEST..word.len().saturating_sub(SHORTEST - 1) {
        let (first, last) = word.split_at(cut);
        let first = || {
            let bare = first.strip_suffix('s').filter(|f| f.len() >= SHORTEST);
            SWEDISH.row(first).or_else(|| SWEDISH.row(bare?))
        };
        if let Some(first) = first()
            && let Some(last) = inflected(last)
        {
            SWEDISH.add_row(first, weight * OF_TWO, sum);
            SWEDISH.add_row(last, weight * OF_TWO, sum);
            return true;
        }
    }
    false
}

/// The row of a Swedish word in any of its forms.
fn inflected(word: &str) -> Option<usize> {
    SWEDISH.row(word).or_else(|| {
        SWEDISH_ENDINGS.iter().find_map(|ending| {
            let bare = word.strip_suffix(ending).filter(|b| b.len() >= SHORTEST)?;
            BASE_ENDINGS.iter().find_map(|base| {
                if base.is_empty() {
                    SWEDISH.row(bare)
                } else {
                    SWEDISH.row(&format!("{bare}{base}"))
                }
            })
        })
    })
}

/// An English word in a Swedish text.
fn english_word(word: &str, weight: f32, sum: &mut Meaning) -> bool {
    word.len() >= SHORTEST && ENGLISH.add(word, weight, sum)
}

/// A word by its pieces, the longest first: `newcomers` is `newcomer` and `##s`.
fn pieces(word: &str, weight: f32, sum: &mut Meaning) -> bool {
    if !word.is_ascii() {
        return false;
    }
    let mut rows = Vec::new();
    let mut start = 0;
    let mut piece = String::new();
    while start < word.len() {
        let found = (start + 1..=word.len()).rev().find_map(|end| {
            piece.clear();
            if start > 0 {
                piece.push_str("##");
            }
            piece.push_str(&word[start..end]);
            ENGLISH.row(&piece).map(|row| (row, end))
        });
        let Some((row, end)) = found else {
            return false;
        };
        rows.push(row);
        start = end;
    }
    let each = weight / (rows.len() as f32).sqrt();
    rows.iter().for_each(|row| ENGLISH.add_row(*row, each, sum));
    !rows.is_empty()
}

/// A table as its file has it: magic, count, dimensions; a scale a row; the rows as signed bytes; where each name ends;
/// the names, sorted. Nothing is copied.
#[derive(Debug)]
struct Table {
    count: usize,
    scales: &'static [u8],
    rows: &'static [u8],
    offsets: &'static [u8],
    names: &'static [u8],
}

const MAGIC: &[u8] = b"LOTSVEC1";

impl Table {
    /// A file that is not such a table is read as one without words.
    fn read(file: &'static [u8]) -> Table {
        Table::parts(file).unwrap_or(Table {
            count: 0,
            scales: &[],
            rows: &[],
            offsets: &[],
            names: &[],
        })
    }

    fn parts(file: &'static [u8]) -> Option<Table> {
        let rest = file.strip_prefix(MAGIC)?;
        let (count, rest) = rest.split_at_checked(4)?;
        let (dimensions, rest) = rest.split_at_checked(4)?;
        let count = u32_at(count, 0)? as usize;
        if u32_at(dimensions, 0)? as usize != DIMENSIONS {
            return None;
        }
        let (scales, rest) = rest.split_at_checked(count * 4)?;
        let (rows, rest) = rest.split_at_checked(count * DIMENSIONS)?;
        let (offsets, names) = rest.split_at_checked((count + 1) * 4)?;
        Some(Table {
            count,
            scales,
            rows,
            offsets,
            names,
        })
    }

    /// The row of a name, by binary search.
    fn row(&self, name: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.count);
        while low < high {
            let middle = low.midpoint(high);
            match self.name(middle)?.cmp(name.as_bytes()) {
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
                std::cmp::Ordering::Equal => return Some(middle),
            }
        }
        None
    }

    fn name(&self, row: usize) -> Option<&[u8]> {
        let start = u32_at(self.offsets, row)? as usize;
        let end = u32_at(self.offsets, row + 1)? as usize;
        self.names.get(start..end)
    }

    fn add(&self, name: &str, weight: f32, sum: &mut Meaning) -> bool {
        let row = self.row(name);
        row.inspect(|row| self.add_row(*row, weight, sum)).is_some()
    }

    fn add_row(&self, row: usize, weight: f32, sum: &mut Meaning) {
        let scale = weight * f32::from_bits(u32_at(self.scales, row).unwrap_or(0));
        let bytes = &self.rows[row * DIMENSIONS..(row + 1) * DIMENSIONS];
        for (sum, byte) in sum.iter_mut().zip(bytes) {
            *sum += scale * f32::from(byte.cast_signed());
        }
    }
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at * 4..at * 4 + 4)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn likeness(a: (Tongue, &str), b: (Tongue, &str)) -> f32 {
        let of = |(tongue, word): (Tongue, &str)| {
            let mut sum = [0.0; DIMENSIONS];
            assert!(add_meaning(tongue, word, 1.0, &mut sum), "{word}");
            normalised(sum).unwrap()
        };
        of(a).iter().zip(of(b)).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn words_that_mean_the_same_lie_near_each_other() {
        use Tongue::{English as En, Swedish as Sv};
        assert!(likeness((Sv, "pengar"), (En, "money")) > 0.6);
        assert!(likeness((Sv, "pengar"), (En, "money")) > likeness((Sv, "pengar"), (En, "dog")));
        assert!(likeness((Sv, "cykeln"), (Sv, "cyklar")) > 0.8);
        assert!(likeness((Sv, "fotbollsplan"), (En, "football")) > 0.3);
    }

    #[test]
    fn no_word_is_no_meaning() {
        let mut sum = [0.0; DIMENSIONS];
        assert!(!add_meaning(Tongue::Swedish, "", 1.0, &mut sum));
        assert!(!add_meaning(Tongue::English, "ж", 1.0, &mut sum));
        assert_eq!(normalised(sum), None);
    }

    #[test]
    fn a_broken_table_has_no_words() {
        for file in [&b""[..], b"LOTSVEC1", b"LOTSVEC1\xff\xff\xff\xff\x80\0\0\0"] {
            assert_eq!(Table::read(file).row("a"), None);
        }
    }
}
