//! What a follow-up asks for: which part of the entry under discussion, and whether it leans on what was said before.

use super::weights::WEIGHTS;
use crate::knowledge::{Facet, Language};

/// What a question asks about its subject.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A part of the text.
    Facet(Facet),
    /// Who to turn to.
    Contact,
}

/// What bears on whether a message asks on about the subject under discussion.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Leaning {
    /// Whether it asks for a part of something: when, how much, who.
    pub(crate) asked: bool,
    /// Whether it points back, with "it" or "and".
    pub(crate) leans: bool,
    /// How many of its words say something beside what is asked for.
    pub(crate) content: usize,
    /// How many words it has.
    pub(crate) words: usize,
    /// How much of it occurs in the subject, 0..1.
    pub(crate) coverage: f32,
    /// By how much the subject's score exceeds the best other's, for the message alone.
    pub(crate) lead: f32,
    /// The same with what was said before.
    pub(crate) lead_in_context: f32,
}

impl Leaning {
    /// How likely it is that the message asks on, 0..1: a logistic function (`weights.toml`).
    pub(crate) fn likelihood(&self) -> f32 {
        let weights = WEIGHTS.follow_up;
        let of = self.terms().into_iter().zip(weights.by_term());
        let z = weights.bias + of.map(|(term, weight)| term * weight).sum::<f32>();
        1.0 / (1.0 + (-z).exp())
    }

    /// What is weighed: asked, leans, content, length, coverage, lead, lead in context.
    pub(crate) fn terms(&self) -> [f32; 7] {
        [
            f32::from(self.asked),
            f32::from(self.leans),
            self.content.min(8) as f32,
            (1.0 + self.words as f32).ln(),
            self.coverage,
            self.lead.clamp(-8.0, 4.0),
            self.lead_in_context.clamp(-6.0, 6.0),
        ]
    }
}

const SWEDISH_CUES: [(Asked, &str); 8] = [
    (
        Asked::Contact,
        "vem ringer|vem kan jag ringa|vem kan man ringa|vem ska vi ringa|vem kan vi ringa|vem kontaktar|vem pratar|vem mejlar|telefonnummer|telefon|mejladress|mailadress|kontaktuppgifter|vem ska jag ringa|vem vander|vart ringer|vart mejlar|vart mailar|vart vander|vem mailar|ringer man|mejlar man|mailar man|hur nar|numret|nummer till|telefonnumret|mejladressen|mailadressen|mejlen|mailen|e postadress",
    ),
    (
        Asked::Facet(Facet::When),
        "nar|sista dag|sista dagen|sista ansokningsdag|deadline|datum|oppettider|oppet|oppen|oppnar|stanger|hur ofta|vilken tid|vilka tider|hur lange|hur dags|vilka dagar|vilken dag|tid|tider|pa sommaren|i helgen|helger|helgerna|pa lordagar|lordagar|pa sondagar|sondagar|lordag|sondag|pa kvallen|pa kvallarna|kvallar|kvallstid|varje vecka|pa loven|drar igang|borjar ni|borjar de|borjar det",
    ),
    (
        Asked::Facet(Facet::Cost),
        "hur mycket|belopp|beloppet|kostar|kostnad|pris|gratis|avgift|summa|betala|hur stort|hur stor",
    ),
    (
        Asked::Facet(Facet::Where),
        "var ligger|var ar|adress|var nagonstans|hitta dit|var finns|vilken adress|var haller|vart gar|var traffas|var",
    ),
    (
        Asked::Facet(Facet::Requirements),
        "krav|kraven|kravs|villkor|hur manga|vilka papper|vilka dokument|regler|reglerna|behover jag ha|behover man ha|ta med|ha med",
    ),
    (
        Asked::Facet(Facet::Who),
        "vem kan|vem far|for vem|vem som helst|vilka kan|vilka far|aldersgrans|hur gammal|hur gamla|vilka aldrar|vilken alder|kan jag soka|far alla|far man vara|maste man vara medlem|maste jag vara|privatperson|under 18|medlem",
    ),
    (
        Asked::Facet(Facet::Afterwards),
        "redovisa|aterrapportera|aterrapport|rapportera|efterat|vad hander sen|vad hander sedan|och sen",
    ),
    (
        Asked::Facet(Facet::How),
        "hur gor|hur soker|hur ansoker|blankett|formular|ansokan|hur gar det till|hur anmaler|hur funkar|hur fungerar|hur ansluter|hur borjar|hur|boka|behover jag boka|maste man boka|bokar man|anmala sig|anmala mig|foranmala|foranmalan|drop in",
    ),
];

const ENGLISH_CUES: [(Asked, &str); 8] = [
    (
        Asked::Contact,
        "who do i call|who can we call|who do we call|who do i contact|who can i call|who should i contact|who to contact|phone number|telephone|phone|email address|contact details|who do i talk|who do i email|how do i reach|how can i reach|how do we reach|phone numbers|number for|number to|email for|their email|their number|their phone|s email|s number",
    ),
    (
        Asked::Facet(Facet::When),
        "when|last day|deadline|date|opening hours|open|opens|close|closes|how often|what time|how long|which days|what day|hours|on saturdays|saturdays|saturday|on sundays|sundays|sunday|on weekends|weekends|weekend|evenings|in the evening|in the evenings|every week",
    ),
    (
        Asked::Facet(Facet::Cost),
        "how much|amount|cost|costs|price|free|fee|pay|charge",
    ),
    (
        Asked::Facet(Facet::Where),
        "where is|address|where are|located|where do they|where",
    ),
    (
        Asked::Facet(Facet::Requirements),
        "requirements|required|conditions|how many|documents|papers|rules|need to bring|have to bring|bring along",
    ),
    (
        Asked::Facet(Facet::Who),
        "who can|who is it for|anyone|age limit|how old|what ages|which ages|what age|eligible|am i allowed|can i apply|do i have to be|under 18|member",
    ),
    (
        Asked::Facet(Facet::Afterwards),
        "report back|afterwards|what happens then|what happens next|and then",
    ),
    (
        Asked::Facet(Facet::How),
        "how do i apply|how do we apply|how to apply|form|application|how does it work|how do i|how do we|sign up|how|book|need to book|have to book|register|drop in|in advance|appointment|an appointment",
    ),
];

const SWEDISH_LEANING: &str = "den det dar dom dem de dit denna detta dessa dess och men eller da ocksa aven istallet samma motsvarande andra annan annat dethar dendar sadant";
const ENGLISH_LEANING: &str =
    "it that they them there those these this and but or then also instead same ok so one ones";

/// What the folded words of a question ask for, the longest cue wins, and which of them ask for that or another part.
pub(crate) fn asked(words: &[String], language: Language) -> Option<(Asked, Vec<usize>)> {
    let cues = match language {
        Language::Swedish => &SWEDISH_CUES,
        Language::English => &ENGLISH_CUES,
    };
    let mut best: Option<(Asked, usize)> = None;
    for (asked, list) in cues {
        let longest = list
            .split('|')
            .filter(|cue| !places(words, cue).is_empty())
            .map(|cue| cue.split(' ').count())
            .max();
        if let Some(longest) = longest.filter(|n| best.is_none_or(|(_, most)| *n > most)) {
            best = Some((*asked, longest));
        }
    }
    let (asked, _) = best?;
    // Every word that asks for some part: "where is it, and when is it open" asks for two.
    let all = cues.iter().flat_map(|(_, list)| list.split('|'));
    Some((asked, all.flat_map(|cue| places(words, cue)).collect()))
}

/// Where a cue stands among the words.
pub(super) fn places(words: &[String], cue: &str) -> std::ops::Range<usize> {
    let cue: Vec<&str> = cue.split(' ').collect();
    let at = words
        .windows(cue.len())
        .position(|w| w.iter().zip(&cue).all(|(a, b)| a == b));
    at.map_or(0..0, |at| at..at + cue.len())
}

/// Whether a question leans on what was said before: it begins with "and", or points at something with "it".
pub(crate) fn leans(words: &[String], language: Language) -> bool {
    let list = match language {
        Language::Swedish => SWEDISH_LEANING,
        Language::English => ENGLISH_LEANING,
    };
    words.iter().any(|w| list.split(' ').any(|l| l == w))
}

/// The place, from 1, that a word names: `2`, `andra`, `second`.
pub(crate) fn place_named(word: &str) -> Option<usize> {
    const NAMES: [[&str; 4]; 4] = [
        ["forsta", "ettan", "first", "one"],
        ["andra", "tvaan", "second", "two"],
        ["tredje", "trean", "third", "three"],
        ["fjarde", "fyran", "fourth", "four"],
    ];
    let named = NAMES.iter().position(|names| names.contains(&word));
    named.map(|at| at + 1).or_else(|| word.parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<String> {
        crate::language::words(text)
    }

    #[test]
    fn the_longest_cue_wins() {
        let when = Asked::Facet(Facet::When);
        assert_eq!(
            asked(&words("och när är sista dag?"), Language::Swedish).map(|a| a.0),
            Some(when)
        );
        assert_eq!(
            asked(&words("hur ofta träffas de"), Language::Swedish).map(|a| a.0),
            Some(when)
        );
        assert_eq!(
            asked(&words("who do I call?"), Language::English).map(|a| a.0),
            Some(Asked::Contact)
        );
        assert_eq!(
            asked(&words("hur mycket"), Language::Swedish).map(|a| a.0),
            Some(Asked::Facet(Facet::Cost))
        );
        assert_eq!(asked(&words("röda korset"), Language::Swedish), None);
    }
}
