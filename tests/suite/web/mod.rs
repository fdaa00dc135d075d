//! The web channel over real connections, as a browser or a program meets it.

mod about;
mod browser;
mod drawing;
mod page;
mod refusals;
mod site;
mod widget;
