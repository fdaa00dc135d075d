//! The guided ways in: stories of people who walk them, proof of what they lead to, and that nothing of it is kept.

mod finder;
mod keeping;
mod made;
mod script;
mod scripts;
mod walking;

use lots::answering::{Block, Link, LinkKind};
use lots::paths::{Guide, Heard, Path, View};

/// Where something that can be pressed leads, coming from a place.
fn follow(link: &Link, from: &Path) -> Path {
    match Guide::place(&link.code, Some(from)) {
        Some(Heard::To(path)) => path,
        other => panic!("{} leads nowhere: {other:?}", link.code),
    }
}

/// What can be pressed at a place.
fn links(view: &View) -> impl Iterator<Item = &Link> {
    let blocks = view.blocks.iter();
    blocks.flat_map(|block| match block {
        Block::Step { links, .. } | Block::Links { links } => links.as_slice(),
        _ => &[],
    })
}

/// The answers that can be pressed at a place, with that one does not know.
fn answers(view: &View) -> impl Iterator<Item = &Link> {
    links(view).filter(|l| matches!(l.kind, LinkKind::Option | LinkKind::Unsure))
}

/// Holds a place to having one way back, which leads to the place it was come to from, and one way out.
fn has_ways_back_and_out(view: &View, from: Option<&Path>) {
    let of = |kind: LinkKind| links(view).filter(move |l| l.kind == kind);
    let code = view.path.code();
    let back: Vec<Path> = of(LinkKind::Back).map(|l| follow(l, &view.path)).collect();
    assert_eq!(back, Vec::from_iter(from.cloned()), "back from {code}");
    let out: Vec<Option<Heard>> = of(LinkKind::Stop)
        .map(|l| Guide::place(&l.code, Some(&view.path)))
        .collect();
    assert_eq!(out, [Some(Heard::Stop)], "out of {code}");
}
