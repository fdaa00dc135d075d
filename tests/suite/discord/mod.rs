//! The Discord channel against a Discord of our own: the real client, a real gateway on loopback, Provby's base.

mod asking;
mod buttons;
mod callbacks;
mod connection;
mod crisis;
mod failing;
mod guided;
pub(crate) mod limits;
mod own_words;
mod places;
mod privacy;
mod production;

mod program;
mod reminders;
mod rendering;
mod speaking;
mod staff;
pub(crate) mod stand_in;
pub(crate) mod town;
mod wishes;
