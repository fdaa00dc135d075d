//! Klarspråk: is a text easy to read? Long sentences, heavy words, and the readability index LIX.

use super::language::Language;

/// Something in a text that should be put better.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remark {
    /// The line it concerns, from 1 at the beginning of the text that was read.
    pub(crate) line: usize,
    /// A short name of the rule.
    pub(crate) rule: &'static str,
    /// What is wrong and why that matters.
    pub(crate) reason: String,
    /// What to do about it.
    pub(crate) mend: String,
}

/// What makes a Markdown text hard to read, in the order of its lines.
///
/// Headings, the targets of links and bare addresses are not read as words.
pub(crate) fn plain_language(language: Language, text: &str) -> Vec<Remark> {
    let sentences = sentences(text);
    let officialese = match language {
        Language::Swedish => taken_apart(OFFICIALESE_SWEDISH),
        Language::English => taken_apart(OFFICIALESE_ENGLISH),
    };
    let mut remarks = Vec::new();
    for sentence in &sentences {
        remarks.extend(too_long(sentence));
        remarks.extend(heavy_words(sentence, &officialese));
        match language {
            Language::Swedish => remarks.extend(passive_heap(sentence)),
            Language::English => {}
        }
    }
    match language {
        Language::Swedish => remarks.extend(hard_to_read(&sentences)),
        // LIX was made for Swedish, and its scale does not carry over.
        Language::English => {}
    }
    remarks.sort_by_key(|r| r.line);
    remarks
}

/// A longer sentence has to be read twice by many.
const MOST_WORDS: usize = 25;

/// 40–50 is a newspaper, 50–60 an official text.
const HIGHEST_LIX: f64 = 50.0;

/// Below so many words one long compound decides the index.
const FEWEST_WORDS_FOR_LIX: usize = 30;

/// One passive hides one person; more than two in a sentence hide what happens.
const MOST_PASSIVES: usize = 2;

/// Swedish officialese and the plain words for it: `|` either, `*` any ending.
const OFFICIALESE_SWEDISH: &[(&str, &str)] = &[
    ("anhåll*|anhöll*", "be om"),
    ("anmoda*", "be"),
    ("avseende|avseende på|angående|beträffande|rörande", "om"),
    ("avser att", "tänker"),
    ("bemyndiga*", "ge rätt att"),
    ("bibringa*", "ge"),
    ("därest|såvida|försåvitt", "om"),
    ("därvid|därvidlag|härvid", "då"),
    ("dylik|dylikt|dylika", "sådan"),
    ("effektuera*", "göra"),
    ("ehuru", "fastän"),
    ("ej|icke", "inte"),
    ("emedan|enär", "eftersom"),
    ("enkom", "bara"),
    ("erfordra*|erforderlig*", "behövas"),
    ("erhåll*|erhöll*", "få"),
    ("erlägg*|erlagt*|erlade*", "betala"),
    ("framdeles|fortsättningsvis", "i fortsättningen"),
    ("föranled*", "leda till"),
    ("föreligg*|förelåg*|förelegat", "finnas"),
    ("förevarande|ifrågavarande", "den här"),
    ("författningsenlig*", "enligt lagen"),
    ("förrätta*", "göra"),
    ("handha|handhar|handhas|omhänderha*", "sköta"),
    ("hänförlig*", "som hör till"),
    ("huruvida", "om"),
    ("i anledning av|med anledning av", "på grund av"),
    ("i enlighet med|jämlikt|i överensstämmelse med", "enligt"),
    ("i syfte att|i avsikt att", "för att"),
    ("i det fall|för den händelse", "om"),
    ("implementer*", "införa"),
    ("inbegrip*", "räkna in"),
    ("initiera*", "börja"),
    (
        "inkom|inkomma|inkommer|inkommit|inkommen|inkomna|inkommande",
        "skicka in, komma in",
    ),
    ("inneha|innehar|innehas|innehade", "ha"),
    ("jämte", "och"),
    ("likväl|icke desto mindre", "ändå"),
    ("medelst", "med"),
    ("medge|medger|medges|medgav", "tillåta"),
    ("nyttja*", "använda"),
    (
        "nämnda|ovannämnd*|ovanstående|nedanstående",
        "den här, de här",
    ),
    ("ombesörj*", "ordna"),
    ("påbörja*", "börja"),
    ("påkalla*", "kräva"),
    ("sedermera", "senare"),
    ("samtlig*", "alla"),
    ("skyndsam*", "snabbt"),
    ("spörsmål*", "fråga"),
    ("städse", "alltid"),
    ("såtillvida|såvitt", "så långt"),
    ("säkerställ*", "se till"),
    ("tillgodose*", "ge det som behövs"),
    ("tillhandahåll*|tillhandahöll*", "ge, ha"),
    ("tillika|ävenledes|jämväl", "också"),
    ("tillse|tillser|tillses", "se till"),
    (
        "tillställa|tillställas|tillställer|tillställs",
        "skicka till",
    ),
    ("undertecknad*", "jag"),
    ("uppbär|uppbära|uppburit", "få"),
    ("utgör|utgöra|utgörs", "vara"),
    ("vederbörande|vederbörlig*", "den som, rätt"),
    ("vederlag*", "ersättning"),
    ("verkställa|verkställas|verkställer|verkställs", "genomföra"),
    ("vidmakthåll*", "behålla"),
    ("vidta|vidtar|vidtas|vidtaga*|vidtog", "göra"),
    ("ålig*|åvila*", "måste, ska"),
    ("åtnjut*", "få, ha"),
    ("översänd*|översända", "skicka"),
];

/// English officialese and the plain words for it, in the same notation.
const OFFICIALESE_ENGLISH: &[(&str, &str)] = &[
    ("aforementioned|aforesaid", "this, these"),
    ("ascertain*", "find out"),
    ("assistance", "help"),
    ("at this point in time", "now"),
    ("cease|ceases|ceased", "stop"),
    ("commence*|commencing", "start"),
    ("consequently|hence", "so"),
    ("deem|deems|deemed", "think"),
    ("demonstrate*", "show"),
    ("discontinue*", "stop"),
    ("dispatch|dispatched|dispatches", "send"),
    ("due to the fact that|owing to the fact that", "because"),
    ("endeavour*|endeavor*", "try"),
    ("expedite*", "speed up"),
    ("facilitate*|facilitating", "help"),
    ("forthwith", "at once"),
    ("furnish|furnishes", "give"),
    ("hereby|herein|hereto|herewith", "here"),
    ("implement|implements|implemented|implementing", "carry out"),
    ("in accordance with|pursuant to", "under, as the rules say"),
    ("in lieu of", "instead of"),
    ("in order to|with a view to", "to"),
    (
        "in respect of|with regard to|with respect to|pertaining to",
        "about",
    ),
    ("in the event of|in the event that", "if"),
    ("inception", "start"),
    ("initiate|initiates|initiated|initiating", "start"),
    ("magnitude", "size"),
    ("necessitate*", "need"),
    ("notwithstanding", "even though"),
    ("numerous", "many"),
    ("obtain|obtains|obtained|obtaining", "get"),
    ("per annum", "a year"),
    ("prior to|previous to", "before"),
    ("to purchase|purchased|purchasing", "buy"),
    ("reimburse*", "pay back"),
    ("remuneration", "pay"),
    ("residing|resides", "living"),
    ("shall", "must, will"),
    ("solely", "only"),
    (
        "subsequent|subsequently|subsequent to|thereafter",
        "later, after",
    ),
    ("sufficient*", "enough"),
    ("terminate*|terminating", "end"),
    ("therein|thereof|thereto|therewith", "in it, of it"),
    ("undertake|undertakes|undertaken", "do, agree to"),
    ("upon", "on"),
    ("utilise*|utilize*|utilising|utilizing|utilisation", "use"),
    ("whereas", "but"),
    ("whilst", "while"),
    ("with the exception of", "except"),
];

/// A point after these ends no sentence. `m.m.` and `osv.` are missing: they mostly do end one.
const ABBREVIATIONS: &str = "bl.a ca d.v.s dvs e.g f.d i.e kl mr mrs dr nr s.k t.ex tel t.o.m";

/// Words in -as that are no passives: other parts of speech, and verbs that only look like it.
const NO_PASSIVES: &str = "allas andas andras brås deras enas gillas hoppas kallas lyckas minnas \
    mötas tillsammans trivas ungas vuxnas";

struct Sentence {
    line: usize,
    words: Vec<Word>,
}

/// A word in lower case, without the signs around it.
struct Word {
    line: usize,
    text: String,
}

fn too_long(sentence: &Sentence) -> Option<Remark> {
    let count = sentence.words.len();
    (count > MOST_WORDS).then(|| Remark {
        line: sentence.line,
        rule: "long-sentence",
        reason: format!(
            "the sentence has {count} words, and many lose the thread after {MOST_WORDS}"
        ),
        mend: "make it two sentences, the important thing first".to_owned(),
    })
}

/// A way to say something in officialese, word by word.
type Pattern<'a> = Vec<&'a str>;

/// A list of officialese with its patterns taken apart, each group with the plain words for it.
fn taken_apart<'a>(list: &[(&'a str, &'a str)]) -> Vec<(Vec<Pattern<'a>>, &'a str)> {
    let words = |pattern: &'a str| pattern.split(' ').collect();
    list.iter()
        .map(|(patterns, plain)| (patterns.split('|').map(words).collect(), *plain))
        .collect()
}

fn heavy_words(sentence: &Sentence, officialese: &[(Vec<Pattern<'_>>, &str)]) -> Vec<Remark> {
    let mut remarks = Vec::new();
    for (start, word) in sentence.words.iter().enumerate() {
        let rest = &sentence.words[start..];
        let found = officialese.iter().find_map(|(patterns, plain)| {
            // The longest way to say it, so that `subsequent to` is not reported as `subsequent`.
            let standing = patterns.iter().filter(|p| stands_at(p, rest));
            standing.map(Vec::len).max().map(|count| (count, *plain))
        });
        if let Some((count, plain)) = found {
            let written: Vec<&str> = rest[..count].iter().map(|w| w.text.as_str()).collect();
            let written = written.join(" ");
            remarks.push(Remark {
                line: word.line,
                rule: "officialese",
                reason: format!("`{written}` is a word of offices that many people do not use"),
                mend: format!("say it with: {plain}"),
            });
        }
    }
    remarks
}

/// Whether a pattern stands at the beginning of `words`.
fn stands_at(pattern: &[&str], words: &[Word]) -> bool {
    let fits = |(part, word): (&&str, &Word)| match part.strip_suffix('*') {
        Some(stem) => word.text.starts_with(stem),
        None => word.text == *part,
    };
    pattern.len() <= words.len() && pattern.iter().zip(words).all(fits)
}

/// Only forms that are nearly always passives count: -ades, and -as but for the genitive -nas.
fn passive_heap(sentence: &Sentence) -> Option<Remark> {
    let passive = |word: &&Word| {
        let text = word.text.as_str();
        let other = text.ends_with("nas") || NO_PASSIVES.split(' ').any(|w| w == text);
        text.ends_with("ades") || text.ends_with("as") && !other
    };
    let passives: Vec<&str> = sentence
        .words
        .iter()
        .filter(passive)
        .map(|w| w.text.as_str())
        .collect();
    (passives.len() > MOST_PASSIVES).then(|| Remark {
        line: sentence.line,
        rule: "passive-heap",
        reason: format!("nobody does anything here: {}", passives.join(", ")),
        mend: "say who does it: you, the association, the municipality".to_owned(),
    })
}

fn hard_to_read(sentences: &[Sentence]) -> Option<Remark> {
    let words: usize = sentences.iter().map(|s| s.words.len()).sum();
    let index = lix(sentences)?;
    (words >= FEWEST_WORDS_FOR_LIX && index > HIGHEST_LIX).then(|| Remark {
        line: sentences[0].line,
        rule: "lix",
        reason: format!("the text has LIX {index:.0}, which is as heavy as an official report"),
        mend: format!("shorten sentences and long words until it is at most {HIGHEST_LIX}"),
    })
}

/// Words per sentence plus long words per hundred words, long from seven letters (Björnsson 1968).
fn lix(sentences: &[Sentence]) -> Option<f64> {
    let long = |w: &&Word| w.text.chars().filter(|c| c.is_alphabetic()).count() > 6;
    let words: usize = sentences.iter().map(|s| s.words.len()).sum();
    let long = sentences.iter().flat_map(|s| &s.words).filter(long).count();
    let (words, long, sentences) = (words as f64, long as f64, sentences.len() as f64);
    (words > 0.0).then(|| words / sentences + 100.0 * long / words)
}

/// The sentences of a Markdown text. A list item or a paragraph ends one, and so does a colon.
fn sentences(text: &str) -> Vec<Sentence> {
    let mut done = Vec::new();
    let mut words: Vec<Word> = Vec::new();
    for (index, line) in text.lines().enumerate() {
        let line = line.trim();
        let item = list_item(line);
        if line.is_empty() || line.starts_with('#') || item.is_some() {
            close(&mut words, &mut done);
        }
        if line.starts_with('#') {
            continue;
        }
        for token in without_targets(item.unwrap_or(line)).split_whitespace() {
            if !is_address(token) {
                push_words(token, index + 1, &mut words);
            }
            if ends_sentence(token) {
                close(&mut words, &mut done);
            }
        }
    }
    close(&mut words, &mut done);
    done
}

fn close(words: &mut Vec<Word>, done: &mut Vec<Sentence>) {
    if let Some(first) = words.first() {
        done.push(Sentence {
            line: first.line,
            words: std::mem::take(words),
        });
    }
}

/// The text of a list item, without its sign or number.
fn list_item(line: &str) -> Option<&str> {
    let digits = line.trim_start_matches(|c: char| c.is_ascii_digit());
    let numbered = (digits.len() < line.len())
        .then(|| digits.strip_prefix(". "))
        .flatten();
    numbered
        .or_else(|| line.strip_prefix("- "))
        .or_else(|| line.strip_prefix("* "))
}

/// A line with its links reduced to the words that are read.
fn without_targets(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    let mut rest = line;
    while let Some((before, after)) = rest.split_once("](") {
        out.push_str(before);
        rest = after.split_once(')').map_or("", |(_, behind)| behind);
    }
    out.push_str(rest);
    out
}

fn is_address(token: &str) -> bool {
    let bare = token.trim_matches(|c: char| !c.is_alphanumeric());
    let domain = bare.rsplit_once('.').is_some_and(|(name, end)| {
        !name.is_empty() && ["se", "nu", "com", "org", "net", "eu"].contains(&end)
    });
    token.contains("://") || token.contains('@') || token.starts_with("www.") || domain
}

fn push_words(token: &str, line: usize, words: &mut Vec<Word>) {
    for part in token.split(['/', '–', '—']) {
        let text = part
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        // `08-124 571 00` and `20 000` are read as one word each.
        let number = |t: &str| !t.chars().any(char::is_alphabetic);
        if text.is_empty() || number(&text) && words.last().is_some_and(|w| number(&w.text)) {
            continue;
        }
        words.push(Word { line, text });
    }
}

fn ends_sentence(token: &str) -> bool {
    let bare = token.trim_end_matches(['"', '”', '\'', '’', ')', ']']);
    let word = bare
        .trim_matches(|c: char| !c.is_alphanumeric())
        .to_lowercase();
    bare.ends_with(['!', '?', ':'])
        || bare.ends_with('.') && !ABBREVIATIONS.split(' ').any(|a| a == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(language: Language, text: &str) -> Vec<(usize, &'static str)> {
        plain_language(language, text)
            .into_iter()
            .map(|r| (r.line, r.rule))
            .collect()
    }

    #[test]
    fn lix_is_as_counted_by_hand() {
        // Ten words, two sentences, five long: bidraget, föreningen, skickar, ansökan, augusti.
        let text = "Du söker bidraget på webben. Föreningen skickar ansökan i augusti.";
        assert_eq!(lix(&sentences(text)), Some(10.0 / 2.0 + 100.0 * 5.0 / 10.0));
        // Nine words, three sentences, no long word: the mail address and the page are not counted.
        let text = "Ring 08-124 571 00.\n\n- Mejla info@ekero.se.\n\
            - Läs [på vår sida](https://www.ekero.se/a)\n- Kom hit.";
        let counted = sentences(text);
        assert_eq!(counted.len(), 4);
        assert_eq!(lix(&counted), Some(9.0 / 4.0));
        assert_eq!(lix(&sentences("")), None);
    }

    #[test]
    fn a_heavy_text_is_remarked_on_and_a_short_one_is_not() {
        let heavy = "Kommunstyrelseförvaltningens handläggningsrutiner förutsätter ansökningar. ";
        assert_eq!(found(Language::Swedish, &heavy.repeat(8)), [(1, "lix")]);
        assert_eq!(found(Language::Swedish, heavy), []);
        assert_eq!(found(Language::English, &heavy.repeat(8)), []);
    }

    #[test]
    fn a_sentence_may_have_twenty_five_words() {
        let most = "ord ".repeat(25);
        assert_eq!(found(Language::Swedish, &format!("Kort.\n{most}.")), []);
        assert_eq!(
            found(Language::Swedish, &format!("Kort.\n{most}till.")),
            [(2, "long-sentence")]
        );
        assert_eq!(
            found(Language::English, &format!("{most}e.g. more.")),
            [(1, "long-sentence")]
        );
        // Items of a list are sentences of their own, and lines of a paragraph are not.
        assert_eq!(found(Language::English, &format!("- {most}\n- {most}")), []);
        assert_eq!(
            found(Language::English, &format!("{most}\n{most}")),
            [(1, "long-sentence")]
        );
    }

    #[test]
    fn officialese_gets_its_plain_word() {
        let cases = [
            (
                Language::Swedish,
                "Ni erhåller stödet i juni.",
                "erhåller",
                "få",
            ),
            (
                Language::Swedish,
                "Regler avseende lokaler.",
                "avseende",
                "om",
            ),
            (
                Language::Swedish,
                "Beslut i enlighet med lagen.",
                "i enlighet med",
                "enligt",
            ),
            (Language::Swedish, "Det går ej.", "ej", "inte"),
            (
                Language::Swedish,
                "Ansökan ska ha inkommit.",
                "inkommit",
                "skicka in, komma in",
            ),
            (
                Language::English,
                "Apply prior to the event.",
                "prior to",
                "before",
            ),
            (Language::English, "Utilise the form.", "utilise", "use"),
            (
                Language::English,
                "Subsequent to that.",
                "subsequent to",
                "later, after",
            ),
        ];
        for (language, text, written, plain) in cases {
            let remarks = plain_language(language, text);
            assert_eq!(remarks.len(), 1, "{text}");
            assert!(
                remarks[0].reason.starts_with(&format!("`{written}`")),
                "{}",
                remarks[0].reason
            );
            assert_eq!(remarks[0].mend, format!("say it with: {plain}"));
        }
    }

    #[test]
    fn everyday_words_that_look_like_officialese_are_left_alone() {
        let text =
            "Inkomsten räknas. Ungdomarna tillsammans med en trejde. Läs mer på ekero.se i dag.";
        assert_eq!(found(Language::Swedish, text), []);
        assert_eq!(
            found(
                Language::English,
                "Once you are there, use it. The purpose is fun."
            ),
            []
        );
    }

    #[test]
    fn passives_are_remarked_on_when_they_heap_up() {
        let heap = "Ansökan skickas in och prövas, bidraget beslutades och betalas ut.";
        assert_eq!(found(Language::Swedish, heap), [(1, "passive-heap")]);
        let fine = "Föreningarnas och de vuxnas pengar betalas ut, och deras ansökan hanteras.";
        assert_eq!(found(Language::Swedish, fine), []);
    }

    #[test]
    fn the_lists_are_long_enough_to_be_of_use() {
        let words = |list: &[(&str, &str)]| {
            list.iter()
                .map(|(p, _)| p.split('|').count())
                .sum::<usize>()
        };
        assert!(OFFICIALESE_SWEDISH.len() >= 60 && words(OFFICIALESE_SWEDISH) >= 100);
        assert!(OFFICIALESE_ENGLISH.len() >= 40);
    }
}
