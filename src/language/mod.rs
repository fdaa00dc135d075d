//! How people write: words, inflections, compounds, spelling, synonyms, which language it is, and what in a text is
//! personal. Pure, and uses nothing of ours: a caller passes the word lists in.

mod analysis;
mod compounds;
mod fold;
mod function_words;
mod guess;
mod hashing;
mod privacy;
mod spelling;
mod stem;
mod vectors;

pub use analysis::{Analyzer, Kind, Lexicon, Term, Token};
pub(crate) use fold::each_word;
pub use fold::{fold, fold_char, sentences, words};
pub use guess::{Guess, LanguageGuesser};
pub use hashing::{hash, hash_pair};
pub use privacy::{Masked, PersonalData, mask};
pub use spelling::Speller;
pub use stem::{Tongue, stem};
pub use vectors::{DIMENSIONS, Meaning, add_meaning, normalised};
