//! lots.
pub mod answering;
pub mod app;
pub mod cli;
pub mod config;
pub mod desk;
pub mod knowledge;
pub mod language;
pub mod store;
pub mod terminal;
