//! Inverted lists: for each term, all that holds it, one list after another in a single array.

/// Lists of items by a key from 0.
#[derive(Debug)]
pub(crate) struct Postings<T> {
    /// Where each list begins; one more than there are lists.
    starts: Box<[u32]>,
    items: Box<[T]>,
}

impl<T: Copy + Default> Postings<T> {
    /// Sorts pairs of a key below `keys` and an item into lists; a list keeps the order in which its items came.
    pub(crate) fn new<I: Iterator<Item = (u32, T)>>(keys: usize, pairs: impl Fn() -> I) -> Self {
        let mut starts = vec![0u32; keys + 1];
        for (key, _) in pairs() {
            starts[key as usize + 1] += 1;
        }
        for i in 1..starts.len() {
            starts[i] += starts[i - 1];
        }
        let mut next = starts.clone();
        let mut items = vec![T::default(); starts[keys] as usize];
        for (key, item) in pairs() {
            let at = &mut next[key as usize];
            items[*at as usize] = item;
            *at += 1;
        }
        Postings {
            starts: starts.into(),
            items: items.into(),
        }
    }

    /// The list of a key.
    #[inline]
    pub(crate) fn of(&self, key: u32) -> &[T] {
        let (start, end) = (self.starts[key as usize], self.starts[key as usize + 1]);
        &self.items[start as usize..end as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_keep_their_items_in_order() {
        let pairs = [(2, 'a'), (0, 'b'), (2, 'c')];
        let postings = Postings::new(3, || pairs.iter().copied());
        assert_eq!(postings.of(0), ['b']);
        assert!(postings.of(1).is_empty());
        assert_eq!(postings.of(2), ['a', 'c']);
    }
}
