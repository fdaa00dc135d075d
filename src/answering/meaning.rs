//! Directions of meaning, kept small: 128 numbers of two bytes each, for which processors multiply and add eight at once.

use crate::language::{DIMENSIONS, Meaning};

/// What a component of 1 is. Small enough for a byte, so that sums of products are far from overflowing.
const ONE: f32 = 127.0;

/// A direction of length 1; all zero when there is none.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Direction([i16; DIMENSIONS]);

impl Direction {
    /// No direction: its cosine with any other is 0.
    pub(crate) const NONE: Direction = Direction([0; DIMENSIONS]);

    /// The direction of a meaning of length 1.
    pub(crate) fn of(meaning: &Meaning) -> Direction {
        Direction(meaning.map(|x| (x * ONE).round() as i16))
    }

    /// Its components, each −1..1.
    pub(crate) fn numbers(&self) -> Meaning {
        self.0.map(|x| f32::from(x) / ONE)
    }

    /// The cosine of two directions, −1..1.
    pub(crate) fn cosine(&self, other: &Direction) -> f32 {
        // Eight sums of two products side by side, which is what processors have an instruction for.
        let mut sums = [0i32; 8];
        for (a, b) in self.0.chunks_exact(16).zip(other.0.chunks_exact(16)) {
            for (i, sum) in sums.iter_mut().enumerate() {
                let product = |at: usize| i32::from(a[at]) * i32::from(b[at]);
                *sum += product(2 * i) + product(2 * i + 1);
            }
        }
        let dot: i32 = sums.iter().sum();
        dot as f32 / (ONE * ONE)
    }

    /// Adds the direction, so long, to a sum.
    pub(crate) fn add_to(&self, length: f32, sum: &mut Meaning) {
        let each = length / ONE;
        for (sum, component) in sum.iter_mut().zip(&self.0) {
            *sum += f32::from(*component) * each;
        }
    }
}
