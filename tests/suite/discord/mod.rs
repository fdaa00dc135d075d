//! The Discord channel against a Discord of our own: the real client, a real gateway on loopback, Provby's base.

mod asking;
mod buttons;
mod callbacks;
mod connection;
mod crisis;
mod failing;
mod guided;
mod limits;
mod own_words;
mod places;
mod privacy;
mod production;

mod program;
mod reminders;
mod rendering;
mod speaking;
mod staff;
mod stand_in;
mod town;
mod wishes;
