//! What draws people, in the order in which it is offered to each.

use super::Person;
use crate::knowledge::Interest;
use crate::paths::guide::Guide;
use crate::paths::path::Path;
use crate::paths::step::Situation;

const OF_THE_YOUNG: [Interest; 9] = [
    Interest::Create,
    Interest::Meet,
    Interest::Influence,
    Interest::Sport,
    Interest::Culture,
    Interest::Work,
    Interest::Aid,
    Interest::Learn,
    Interest::Support,
];
const OF_NEWCOMERS: [Interest; 9] = [
    Interest::Swedish,
    Interest::Meet,
    Interest::Sport,
    Interest::Culture,
    Interest::Nature,
    Interest::Aid,
    Interest::Work,
    Interest::Learn,
    Interest::Support,
];
const OF_THE_RETIRED: [Interest; 9] = [
    Interest::Meet,
    Interest::Old,
    Interest::Young,
    Interest::Newcomers,
    Interest::Culture,
    Interest::Nature,
    Interest::Learn,
    Interest::Influence,
    Interest::Support,
];
const OF_ADULTS: [Interest; 12] = [
    Interest::Meet,
    Interest::Aid,
    Interest::Newcomers,
    Interest::Young,
    Interest::Old,
    Interest::Disability,
    Interest::Culture,
    Interest::Nature,
    Interest::Sport,
    Interest::Safety,
    Interest::Influence,
    Interest::Support,
];

impl Guide<'_> {
    /// What draws people like this one, as far as the base has anything for them.
    pub(in crate::paths) fn interests(&self, path: &Path) -> Vec<Interest> {
        let you = path.pick("you", Situation::from_code);
        let all: &[Interest] = match you {
            Some(Situation::Young) => &OF_THE_YOUNG,
            Some(Situation::Newcomer) => &OF_NEWCOMERS,
            Some(Situation::Retired) => &OF_THE_RETIRED,
            Some(Situation::Adult) | None => &OF_ADULTS,
        };
        let wanted = all.iter().copied();
        wanted
            .filter(|interest| {
                let person = Person {
                    you,
                    interest: Some(*interest),
                    when: None,
                    tongue: None,
                    part: None,
                    company: None,
                };
                !self.held(&person).is_empty()
            })
            .collect()
    }
}
