//! Whatever is written, the program neither panics nor hangs.

use std::fmt::Debug;
use std::time::{Duration, Instant};

use lots::answering::{Block, Conversation, Decision, Question};
use lots::language::{
    Analyzer, Guess, LanguageGuesser, Lexicon, Speller, Tongue, fold, mask, sentences, stem, words,
};
use lots::store::Receipt;
use lots::terminal::render;
use proptest::prelude::*;

use crate::stage::{PROVBY, SHIPPED, TODAY};

/// Longer than anything takes that grows with the length of a text, in a debug build on a busy machine. What grows with
/// its square takes hours.
const PATIENCE: Duration = Duration::from_secs(20);

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn any_text_is_read(text in anything()) {
        read(&text);
    }

    #[test]
    fn masking_twice_masks_no_more(text in anything()) {
        let once = mask(&text).text;
        prop_assert_eq!(&mask(&once).text, &once);
    }

    #[test]
    fn any_conversation_is_answered(turns in prop::collection::vec(anything(), 1..4)) {
        converse(&PROVBY, turns.iter().map(String::as_str));
    }
}

proptest! {
    // The shipped base is large, and a debug build slow.
    #![proptest_config(ProptestConfig::with_cases(40))]

    #[test]
    fn any_conversation_is_answered_by_the_shipped_base(turns in prop::collection::vec(anything(), 1..3)) {
        converse(&SHIPPED, turns.iter().map(String::as_str));
    }
}

#[test]
fn a_megabyte_is_read_and_answered_in_time() {
    in_time(&[
        ("one letter", of(1_000_000, "a")),
        ("spaces", of(1_000_000, " ")),
        ("one-letter words", of(1_000_000, "å ")),
        ("emoji", of(1_000_000, "👩🏽‍🦽")),
        ("one-letter sentences", of(1_000_000, "a.")),
    ]);
}

#[test]
fn nasty_texts_are_read_and_answered_in_time() {
    in_time(&[
        ("nothing", String::new()),
        ("question marks", of(100_000, "?")),
        ("line ends", of(100_000, "\r\n")),
        ("digits", of(100_000, "8")),
        ("telephone numbers", of(100_000, "08-465 004 00 ")),
        ("mail addresses", of(100_000, "a@b.se,")),
        ("at signs", of(100_000, "@")),
        ("brackets", of(100_000, "[")),
        ("hyphens", of(100_000, "a-")),
        ("one long compound", of(100_000, "verksamhetsstöd")),
        (
            "words of the base",
            of(100_000, "aktivitetsstöd bidrag förening lokal "),
        ),
        ("cries for help", of(100_000, "jag vill inte ")),
        (
            "only combining marks",
            of(10_000, "\u{301}\u{308}\u{30a}\u{20dd}"),
        ),
        (
            "a letter under a thousand marks",
            format!("a{}", of(2_000, "\u{301}")),
        ),
        (
            "right to left",
            of(10_000, "كيف أصبح متطوعًا؟ \u{202e}hej\u{202c} שלום"),
        ),
        ("null bytes", of(10_000, "hur\0söker\0vi\0bidrag\0")),
        (
            "control characters",
            (0u8..32).map(char::from).cycle().take(10_000).collect(),
        ),
        ("letters that grow when folded", of(10_000, "ﷺİßŉ")),
        (
            "outside the first plane",
            of(10_000, "𝓱𝓮𝓳 𠜎 \u{10ffff}\u{feff}\u{fffd}"),
        ),
    ]);
}

/// A piece again and again, up to so many bytes.
fn of(bytes: usize, piece: &str) -> String {
    piece.repeat(bytes / piece.len())
}

#[track_caller]
fn in_time(cases: &[(&str, String)]) {
    // Indexing the base is no part of answering.
    converse(&SHIPPED, ["hej"].into_iter());
    let mut slow = Vec::new();
    for (name, text) in cases {
        let mut time = |what: &str, work: &dyn Fn()| {
            let started = Instant::now();
            work();
            if started.elapsed() > PATIENCE {
                slow.push(format!("{name}: {what} took {:?}", started.elapsed()));
            }
        };
        let once = mask(text).text;
        time("reading", &|| read(text));
        time("masking", &|| {
            assert_eq!(mask(&once).text, once, "{name}: masking twice masks more")
        });
        time("answering", &|| {
            converse(&SHIPPED, [text.as_str(), text.as_str()].into_iter())
        });
    }
    assert!(slow.is_empty(), "{}", slow.join("\n"));
}

/// Any text: of every character there is, of what people write, and of long repetitions.
fn anything() -> impl Strategy<Value = String> {
    let pieces = [
        "bidrag",
        "förening",
        "när",
        "hur mycket",
        "jag vill",
        "inte leva",
        "lokal",
        "how much",
        "tack",
        "2",
        "850517-9815",
        "08-465 004 21",
        "070",
        "a.b@c.se",
        "Storgatan 4",
        "7F3K-2QX",
        "[telefon]",
        "[",
        "]",
        "(",
        ")",
        "http://",
        "@",
        "#",
        "...",
        "?!",
        "\n",
        "\0",
        "\u{301}",
        "👩🏽‍🦽",
        "ß",
    ];
    prop_oneof![
        any::<String>(),
        "\\PC{0,200}",
        prop::collection::vec(any::<char>(), 0..60).prop_map(String::from_iter),
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..12)
            .prop_map(|pieces| pieces.join(" ")),
        prop::collection::vec(prop::sample::select(pieces.to_vec()), 0..12)
            .prop_map(|pieces| pieces.concat()),
        ("\\PC{1,8}", 1..400usize).prop_map(|(piece, times)| piece.repeat(times)),
    ]
}

/// Everything that the language room does with a text.
fn read(text: &str) {
    let folded = fold(text);
    let all = words(text);
    assert!(
        all.iter().all(|w| !w.is_empty()),
        "an empty word in {text:?}"
    );
    assert!(sentences(text).map(str::len).sum::<usize>() <= text.len());
    let guesser = LanguageGuesser::new(["bidrag", "lokal"], ["grant", "hall"]);
    let speller = Speller::new(["bidrag", "lokal", "grant"].map(|w| (w.to_owned(), 1)));
    for tongue in [Tongue::Swedish, Tongue::English] {
        let _: Guess = guesser.guess(text, Some(tongue));
        let analyzer = Analyzer::new(tongue, &Lexicon::default());
        for token in analyzer.tokens(text, &|stem| stem == "bidrag", Some(&speller)) {
            sane(&token, token.weight);
        }
        for term in analyzer.terms(text) {
            sane(&term, term.weight);
        }
        stem(tongue, &folded);
    }
    speller.mend(&folded);
    Receipt::find_in(text);
    Receipt::parse(text);
}

/// Asks one thing after another, and looks at every answer as a channel would.
fn converse<'a>(answerer: &lots::answering::Answerer, turns: impl Iterator<Item = &'a str>) {
    turns.fold(Conversation::default(), |before, text| {
        let (answer, after) = answerer.answer(
            &Question {
                text,
                language: None,
                today: TODAY,
                top: 10,
                kept_days: 180,
            },
            &before,
        );
        answer
            .ranked
            .iter()
            .for_each(|candidate| sane(candidate, candidate.confidence));
        assert!(!answer.blocks.is_empty(), "nothing is said to {text:?}");
        assert_eq!(
            answer.decision == Decision::Answer,
            answer
                .blocks
                .iter()
                .any(|b| matches!(b, Block::Title { .. })),
            "{text:?}"
        );
        let drawn = render(
            &answer.blocks,
            answerer.knowledge().phrases(answer.language),
            40,
        );
        assert!(!drawn.trim().is_empty());
        let saved = serde_json::to_string(&after).unwrap();
        assert_eq!(serde_json::from_str::<Conversation>(&saved).unwrap(), after);
        after
    });
}

fn sane(of: &impl Debug, share: f32) {
    assert!((0.0..=1.0).contains(&share), "{share} is no share: {of:?}");
}
