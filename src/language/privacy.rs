//! stub
/// A
#[derive(Clone,Debug)] pub struct Masked { /// t
 pub text: String }
/// m
pub fn mask(text: &str) -> Masked { Masked { text: text.to_owned() } }
