//! Inputs that nobody has thought of, made out of those that there are: files of the base, questions, personal data, what
//! Discord sends, forms. In the ordinary run a few each; `tests/fuzz` tries them by the million.

mod asking;
mod codes;
mod discord;
mod forms;
mod json;
mod knowledge;
mod markdown;
mod markup;
mod masks;
mod mutating;
mod volume;
