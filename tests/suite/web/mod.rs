//! The web channel over real connections, as a browser or a program meets it.

mod about;
mod api;
mod browse;
pub(crate) mod browser;
mod calendar;
mod callback;
pub(crate) mod console;
mod crawl;
mod drawing;
mod guards;
mod guided;
mod hours;
mod hsds;
mod html;
mod keeping;
mod load;
mod open_data;
pub(crate) mod operations;
mod page;
mod refusals;
mod search;
pub(crate) mod site;
mod widget;
