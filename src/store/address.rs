//! A database's address, shown without its password.

/// The address fit to be printed: `postgres://lots:***@host/lots`. Whatever might be a password, or part of one, is left
/// out, and so are the options after `?`; an address that is neither of SQLite nor of PostgreSQL is not shown at all.
pub fn redact(url: &str) -> String {
    match url.split_once(':') {
        Some(("sqlite", _)) => url.to_owned(),
        Some((scheme @ ("postgres" | "postgresql"), rest)) => {
            let shown = place(rest.strip_prefix("//").unwrap_or(rest));
            format!("{scheme}://{}", shown.as_deref().unwrap_or("***"))
        }
        _ => "***".to_owned(),
    }
}

/// User, host and database; `None` when they cannot be told from a password.
fn place(rest: &str) -> Option<String> {
    let Some((who, place)) = rest.rsplit_once('@') else {
        let place = before_options(rest);
        let host = place.split('/').next().unwrap_or_default();
        // Someone may have left out the host, so that what follows the colon is the password and not a port.
        let port = host.rsplit_once(':').map_or("", |(_, port)| port);
        return (host.starts_with('[') || port.chars().all(|c| c.is_ascii_digit()))
            .then(|| place.to_owned());
    };
    // An unescaped `/` or `?` is either part of the password or the start of options that hold an `@`.
    if who.contains(['/', '?', '#']) {
        return None;
    }
    let place = before_options(place);
    Some(match who.split_once(':') {
        Some((user, _)) => format!("{user}:***@{place}"),
        None => format!("{who}@{place}"),
    })
}

/// What stands before the options, among which there can be a password.
fn before_options(text: &str) -> &str {
    text.split(['?', '#']).next().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::redact;
    use proptest::prelude::*;

    #[test]
    fn shows_everything_but_the_password() {
        for (url, shown) in [
            ("sqlite://lots.db", "sqlite://lots.db"),
            (
                "postgres://lots@db.example:5432/lots",
                "postgres://lots@db.example:5432/lots",
            ),
            (
                "postgres://lots:hemligt@db.example:5432/lots",
                "postgres://lots:***@db.example:5432/lots",
            ),
            (
                "postgresql://lots:hem@ligt@db/lots?sslmode=require",
                "postgresql://lots:***@db/lots",
            ),
            (
                "postgres://db/lots?user=lots&password=hemligt",
                "postgres://db/lots",
            ),
            (
                "postgres://db/lots?user=lots&password=hem@ligt",
                "postgres://***",
            ),
            ("postgres:///lots?host=/tmp", "postgres:///lots"),
            (
                "postgres://localhost:5432/lots",
                "postgres://localhost:5432/lots",
            ),
            ("postgres://[::1]:5432/lots", "postgres://[::1]:5432/lots"),
            ("postgres://lots:hemligt", "postgres://***"),
            ("mysql://lots:hemligt@db/lots", "***"),
            ("lots:hemligt@db/lots", "***"),
            ("hemligt", "***"),
        ] {
            assert_eq!(redact(url), shown, "{url}");
        }
    }

    proptest! {
        #[test]
        fn never_shows_a_password(password in "[!-~]{0,20}") {
            let marked = format!("HEMLIGT{password}HEMLIGT");
            let before_host = redact(&format!("postgres://lots:{marked}@db:5432/lots"));
            prop_assert!(!before_host.contains("HEMLIGT"));
            let among_options = redact(&format!("postgres://db/lots?user=lots&password={marked}"));
            prop_assert!(!among_options.contains("HEMLIGT"));
        }
    }
}
