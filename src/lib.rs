//! lots ("the pilot") is the way in to a municipality: it answers questions about getting involved from a knowledge
//! base that people curate, names the office that owns what it cannot answer, and writes down every question it could
//! not answer so that staff can.
//!
//! # The life of a question
//!
//! ```text
//! web · Discord · terminal             a channel turns what was written into a Message
//!   -> desk::Desk::ask                 the one door; loads the conversation
//!     -> language                      which language; personal data masked; words folded, stemmed, split, mended
//!     -> paths                        a guided way in that is begun or under way takes the turn; a question in between is answered
//!     -> answering                     an ordered cascade, the first that recognises the question wins:
//!          crisis -> small talk -> a choice that was offered -> follow-up -> match -> choice -> route -> unknown
//!     -> answering::Answer             what to say, in blocks that any channel can draw
//!   <- web · discord::render · terminal::render
//!   -> store                           the question is logged when it found no entry, its receipt shown once committed
//!   -> staff                           told of it in their channel, and see it in the console with those that ask the same
//!     -> desk::Review                  answered, taught or passed on; tried out; published
//!   -> overlay                         laid over the files of the base, in every replica; whoever asked is told
//! ```
//!
//! # Rooms
//!
//! | room | holds | may use |
//! |---|---|---|
//! | [`knowledge`] | entries, offices, phrases; reading and checking them, and changes laid over them; pure | nothing of ours |
//! | [`language`] | how people write, and what of it is personal; pure | nothing of ours |
//! | [`answering`] | question to answer; pure, no clock, cannot fail | knowledge, language |
//! | [`paths`] | the guided ways in: to a grant, to one's people, from an idea, to have a say, to be called; pure | knowledge, language, answering |
//! | [`store`] | the only room that says sqlx | knowledge (ids) |
//! | [`outside`] | what lots asks of the world outside, only where the address policy allows it | nothing of ours |
//! | [`desk`] | the only door for channels and staff: ask, show, review, overlay, staff, wishes, library, retention | knowledge, language, answering, paths, store, outside |
//! | [`discord`] | the only room that says serenity: commands, messages, buttons, staff's channel | desk, config, and the types of knowledge and answering |
//! | [`web`] | the only room that says axum: the page, the pages of the entries, the panel for other sites, the API, the console of staff | desk, config, outside, and the types of knowledge, answering and paths |
//! | [`terminal`] | the prompt and how answers look there | desk, and the types of knowledge and answering |
//! | [`config`] | the settings | nothing of ours |
//! | [`app`] | the only wiring | everything but cli |
//! | [`cli`] | commands | config, app, desk, outside, and the pure rooms for `check`, `ask`, `evaluate` |
//!
//! # Invariants
//!
//! - Every word of an answer was written by a person and is shown with its source and the day it was last gone through.
//! - `answering` does no input or output and reads no clock; the conversation is a value that goes in and comes out.
//! - What someone says on a guided way in is written nowhere, unless they have it handed to staff.
//! - Nothing unmasked reaches the store, and nothing of a crisis does. The one exception is an address that someone leaves
//!   to be told of an answer, reminded of a last day or called: in a table of its own, for that alone, deleted after use.
//! - A channel keeps nothing of its own: what a button means stands in the button.
//! - No receipt is shown before its question is committed; a failed write never costs the resident the answer.
//! - A base that does not pass its check never replaces one that does.
//! - Whatever staff do is held against their role in the desk, and stands in the trail in the same transaction; nothing
//!   that a resident wrote stands there.
//! - No wording outlives the questions that it comes from, unless staff have made it part of the base.
//! - What someone wants erased is erased, unless staff hold it: then they are told, and it goes when nobody does any longer.
//! - Nothing about a particular municipality stands in the code.

pub mod answering;
pub mod app;
pub mod cli;
pub mod config;
pub mod desk;
pub mod discord;
pub mod knowledge;
pub mod language;
pub mod outside;
pub mod paths;
pub mod store;
pub mod terminal;
pub mod web;
