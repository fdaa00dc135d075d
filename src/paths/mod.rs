//! The guided ways in, as pure state machines: a place on a way in goes in with what was said, another comes out.
//!
//! A place ([`Path`]) is nothing but the name of the way in and what has been answered. Whatever can be pressed leads to
//! another place and says so in its code, so that going back is a place like any other, and a button works after a restart
//! and in another replica. What someone writes in their own words is in no code; it stands in the value alone, and the value
//! is written nowhere.
//!
//! What fits is read from the types of the entries ([`crate::knowledge::Fits`], [`crate::knowledge::Terms`]), never from
//! their names. A step that could change nothing of what a way in leads to is not asked.

mod grants;
mod guide;
mod idea;
mod influence;
mod looking;
mod naming;
mod offering;
mod office;
mod path;
mod people;
mod step;
mod understanding;

pub use guide::{Act, Guide, Heard, View};
pub use looking::OwnWords;
pub use path::{Given, Path};
pub use step::{Applying, LONGEST_SUBJECT, Set, Situation, Soon, Step, Takes, Tongue, With, steps};
