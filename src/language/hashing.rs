//! Words as numbers: a table of hashes is half as large and twice as fast as one of words.

/// FNV-1a, 64 bits (Fowler, Noll, Vo): so few words as a base has do not collide.
pub fn hash(text: &str) -> u64 {
    hash_bytes(text.bytes())
}

/// The hash of two words next to each other.
pub fn hash_pair(first: &str, second: &str) -> u64 {
    hash_bytes(
        first
            .bytes()
            .chain(std::iter::once(b' '))
            .chain(second.bytes()),
    )
}

/// The same of bytes.
pub(crate) fn hash_bytes(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |h, b| {
        (h ^ u64::from(b)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_its_words_with_a_space() {
        assert_eq!(hash_pair("natt", "vandring"), hash("natt vandring"));
        assert_ne!(hash("a"), hash("b"));
    }
}
