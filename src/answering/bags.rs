//! Units as bags of terms: how strongly each term speaks for a unit, by BM25 and as a share of its mean direction.

use super::gathering::Build;
use super::index::UnitPosting;

/// BM25's saturation and length normalisation (Robertson & Zaragoza 2009, usual values lowered for short texts).
const K1: f32 = 1.2;
const B: f32 = 0.5;

impl Build {
    /// Every term of every unit, with how strongly it speaks for the unit.
    pub(super) fn bags(&self, idf: &[f32], norms: &[f32]) -> Vec<(u32, UnitPosting)> {
        let mut all: Vec<(u32, UnitPosting)> = Vec::with_capacity(self.size());
        // Where each unit's terms end in `all`, with the lengths of its bags.
        let mut ends: Vec<(usize, f32, f32)> = Vec::new();
        let mut own: Vec<(u32, UnitPosting)> = Vec::new();
        for (number, unit) in self.units.iter().enumerate() {
            own.clear();
            let wordings = unit.wordings.start as usize..unit.wordings.end as usize;
            for (w, norm) in wordings.clone().zip(&norms[wordings]) {
                let asked = f32::from(!self.origins[w].is_text());
                own.extend(self.terms_of(w).iter().map(|t| {
                    let posting = UnitPosting {
                        unit: number as u32,
                        bag: t.in_bag,
                        asked_as: asked * t.weight,
                        centroid: asked * t.weight * idf[t.term as usize] / norm,
                    };
                    (t.term, posting)
                }));
            }
            // A stable sort: sums of floats depend on their order.
            own.sort_by_key(|(term, _)| *term);
            let start = all.len();
            for (term, posting) in &own {
                match all[start..].last_mut() {
                    Some((same, sum)) if same == term => {
                        sum.bag += posting.bag;
                        sum.asked_as += posting.asked_as;
                        sum.centroid += posting.centroid;
                    }
                    _ => all.push((*term, *posting)),
                }
            }
            let square: f32 = all[start..]
                .iter()
                .map(|(_, p)| p.centroid * p.centroid)
                .sum();
            let norm = square.sqrt().max(f32::MIN_POSITIVE);
            all[start..]
                .iter_mut()
                .for_each(|(_, p)| p.centroid /= norm);
            let length =
                |what: fn(&UnitPosting) -> f32| all[start..].iter().map(|(_, p)| what(p)).sum();
            ends.push((all.len(), length(|p| p.bag), length(|p| p.asked_as)));
        }
        let units = ends.len().max(1) as f32;
        let bag_average = ends.iter().map(|(_, bag, _)| bag).sum::<f32>() / units;
        let asked_average = ends.iter().map(|(_, _, asked)| asked).sum::<f32>() / units;
        let saturated = |n: f32, length: f32, average: f32| {
            if n > 0.0 {
                n / (n + K1 * (1.0 - B + B * length / average))
            } else {
                0.0
            }
        };
        let mut start = 0;
        for (end, bag, asked) in ends {
            for (_, posting) in &mut all[start..end] {
                posting.bag = saturated(posting.bag, bag, bag_average);
                posting.asked_as = saturated(posting.asked_as, asked, asked_average);
            }
            start = end;
        }
        all
    }
}
