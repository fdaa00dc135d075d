//! The guided ways in: stories of people who walk them, proof of what they lead to, and that nothing of it is kept.

mod script;
mod scripts;
