//! The web channel over real connections, as a browser or a program meets it.

mod page;
mod site;
mod widget;
