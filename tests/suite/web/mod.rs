//! The web channel over real connections, as a browser or a program meets it.

mod about;
mod api;
mod browser;
mod drawing;
mod guards;
mod load;
mod operations;
mod page;
mod refusals;
mod site;
mod widget;
