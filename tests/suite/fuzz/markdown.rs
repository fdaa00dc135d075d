//! The Markdown of the base as HTML: whatever is written there, what is drawn is paragraphs, lists, emphasis and links, closed in
//! order, and no link leads but where it may.

use std::sync::LazyLock;

use lots::desk::{Origin, read};
use lots::web::draw_markdown;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::markup::wrong_with;
use super::mutating::{edited, edits};
use super::volume::try_out;
use crate::stage::shipped_folder;

const KEPT: &str = "tests/proptest-regressions/fuzz/markdown.txt";
/// What is drawn of the Markdown.
const ELEMENTS: [&str; 7] = ["p", "ul", "ol", "li", "em", "strong", "a"];
/// A hard break of a line.
const BREAK: &str = "br";

/// The texts of every entry that is shipped, below their front matter.
static TEXTS: LazyLock<Vec<String>> = LazyLock::new(|| {
    let files = read(&Origin::Folder(shipped_folder())).unwrap();
    let entries = files.iter().filter(|(path, _)| path.ends_with(".md"));
    let texts = entries.filter_map(|(_, text)| Some(text.rsplit_once("+++")?.1.to_owned()));
    texts.collect()
});

/// Pieces of Markdown, which come to anything when they stand together.
const PIECES: [&str; 44] = [
    "a",
    " ",
    "\n",
    "\n\n",
    "    ",
    "\t",
    "- ",
    "* ",
    "+ ",
    "1. ",
    "7) ",
    "  - ",
    "> ",
    "# ",
    "#### ",
    "---\n",
    "***",
    "**",
    "*",
    "_",
    "__",
    "`",
    "```\n",
    "~~~\n",
    "[",
    "](",
    ")",
    "![",
    "](https://a.example)",
    "[x](javascript:alert(1))",
    "[x](tel:1 \"t\")",
    "[x]: https://b.example\n",
    "<https://c.example>",
    "<a@b.example>",
    "<javascript:x>",
    "<div>",
    "</p>",
    "<!--",
    "-->",
    "<br>\n",
    "\\\n",
    "  \n",
    "&lt;",
    "| a | b |\n|---|---|\n",
];

#[test]
fn whatever_is_written_is_drawn_as_it_may_be() {
    let pieces = vec(select(PIECES.to_vec()), 0..40).prop_map(|pieces| pieces.concat());
    let entry = (any::<Index>(), edits());
    let entry = entry.prop_map(|(at, edits)| edited(at.get::<String>(&TEXTS), &edits));
    let inputs = prop_oneof![3 => pieces, 2 => entry, 1 => any::<String>()];
    let only: Vec<&str> = ELEMENTS.into_iter().chain([BREAK]).collect();
    try_out(KEPT, 512, &inputs, |text| {
        let html = draw_markdown(&text).into_string();
        let wrong = wrong_with(&html, Some(&only));
        prop_assert!(wrong.is_none(), "{}\n{html}", wrong.unwrap());
        Ok(())
    });
}
