//! The web channel over real connections, as a browser or a program meets it.

mod about;
mod api;
mod browse;
mod browser;
mod calendar;
mod callback;
mod console;
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
mod operations;
mod page;
mod refusals;
mod search;
mod site;
mod widget;
