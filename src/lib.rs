//! lots.
pub mod answering;
pub mod knowledge;
pub mod language;
