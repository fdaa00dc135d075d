//! The test suite: one program, so that the tests are built and linked once.
//!
//! A module per concern. `stage.rs` sets up what the others stand on; `fixtures/` holds a base of a municipality that
//! does not exist.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on has failed")]

mod bases;
mod callbacks;
mod cli;
mod conversations;
mod crises;
mod desk;
mod digests;
mod discord;
mod faults;
mod feedback;
mod figures;
mod freshness;
mod fuzz;
mod house_rules;
mod ideas;
mod likeness;
mod masking;
mod open_data;
mod operating;
mod paths;
mod privacy;
mod provider;
mod questions;
mod records;
mod rendering;
mod review;
mod robustness;
mod staff;
mod stage;
mod store_story;
mod tallies;
mod terminal;
mod watching;
mod web;
