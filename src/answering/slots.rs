//! A small table from term ids to the places of a question's own terms: most lookups miss, so a miss must be cheap.

/// Marks an empty place.
const EMPTY: u32 = u32::MAX;

/// Term ids of one question, each with its place in the order of insertion.
#[derive(Debug, Default)]
pub(crate) struct Slots {
    /// Open addressing, a power of two long, at most half full.
    table: Vec<(u32, u32)>,
    len: usize,
}

impl Slots {
    /// A table with room for so many ids.
    pub(crate) fn with_room(ids: usize) -> Slots {
        let size = (ids.max(8) * 2).next_power_of_two();
        Slots {
            table: vec![(EMPTY, 0); size],
            len: 0,
        }
    }

    /// The place of an id, a new one when it has none yet.
    pub(crate) fn insert(&mut self, id: u32) -> usize {
        if (self.len + 1) * 2 > self.table.len() {
            self.grow();
        }
        let at = self.find(id);
        if self.table[at].0 == EMPTY {
            self.table[at] = (id, self.len as u32);
            self.len += 1;
        }
        self.table[at].1 as usize
    }

    /// The place of an id, if it has one.
    #[inline]
    pub(crate) fn get(&self, id: u32) -> Option<usize> {
        if self.table.is_empty() {
            return None;
        }
        let (known, place) = self.table[self.find(id)];
        (known == id).then_some(place as usize)
    }

    /// How many ids there are.
    pub(crate) fn len(&self) -> usize {
        self.len
    }

    #[inline]
    fn find(&self, id: u32) -> usize {
        let mask = self.table.len() - 1;
        // Fibonacci hashing (Knuth, TAOCP 3, 6.4): spreads neighbouring ids.
        let mut at = (id.wrapping_mul(0x9e37_79b9) >> 7) as usize & mask;
        while self.table[at].0 != id && self.table[at].0 != EMPTY {
            at = (at + 1) & mask;
        }
        at
    }

    fn grow(&mut self) {
        let size = (self.table.len() * 2).max(16);
        let old = std::mem::replace(&mut self.table, vec![(EMPTY, 0); size]);
        for (id, place) in old.into_iter().filter(|(id, _)| *id != EMPTY) {
            let at = self.find(id);
            self.table[at] = (id, place);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Slots;

    #[test]
    fn ids_keep_their_place_when_the_table_grows() {
        let mut slots = Slots::with_room(1);
        let places: Vec<usize> = (0..1000).map(|id| slots.insert(id * 128)).collect();
        assert_eq!(places, (0..1000).collect::<Vec<_>>());
        assert!((0..1000).all(|id| slots.get(id * 128) == Some(id as usize)));
        assert_eq!(slots.get(1), None);
        assert_eq!(Slots::default().get(7), None);
    }
}
