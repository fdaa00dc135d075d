//! A postal address taken apart.

/// A Swedish postal address in a line as first line, code and town; all of it as the first line when it is written in
/// another way.
pub(super) fn postal(text: &str) -> (String, String, String) {
    let whole = || (text.to_owned(), String::new(), String::new());
    let Some((line, rest)) = text.rsplit_once(", ") else {
        return whole();
    };
    let (code, town) = rest.split_at(rest.find(|c: char| c.is_alphabetic()).unwrap_or(0));
    let digits = code.chars().filter(char::is_ascii_digit).count();
    if digits == 5 && code.chars().all(|c| c.is_ascii_digit() || c == ' ') {
        (line.to_owned(), code.trim().to_owned(), town.to_owned())
    } else {
        whole()
    }
}

#[cfg(test)]
mod tests {
    use super::postal;

    #[test]
    fn a_postal_address_is_taken_apart_where_it_can_be() {
        let of = |a: &str, b: &str, c: &str| (a.to_owned(), b.to_owned(), c.to_owned());
        assert_eq!(
            postal("Box 12, 123 45 Provby"),
            of("Box 12", "123 45", "Provby")
        );
        assert_eq!(
            postal("Kommunhuset, Torget 1, 12345 Provby"),
            of("Kommunhuset, Torget 1", "12345", "Provby")
        );
        assert_eq!(postal("Box 12 Provby"), of("Box 12 Provby", "", ""));
        assert_eq!(postal("Box 12, Provby"), of("Box 12, Provby", "", ""));
    }
}
