//! The two drawings: the mark, and the shore above the first question. Their colours stand in the style sheet.

use maud::{Markup, PreEscaped};

/// The mark: a lighthouse. Beside it stands the name, so that it says nothing to those who listen.
pub(super) fn mark() -> Markup {
    PreEscaped(include_str!("assets/mark.svg").to_owned())
}

/// The shore above the first question.
pub(super) fn scene() -> Markup {
    PreEscaped(include_str!("assets/scene.svg").to_owned())
}
