//! How the shipped base holds a conversation: asking back, pointing back, another language, who something is for.

use lots::answering::{Answer, Block, Decision};
use lots::knowledge::Language;

use crate::questions::{converse, say};

#[test]
fn a_message_that_fits_several_entries_is_asked_back() {
    let (answer, _) = converse(&["pengar?"]);
    assert_eq!(answer.decision, Decision::Choice);
    assert!((2..=4).contains(&answer.shown.len()), "{:?}", answer.shown);
    assert!(
        text_of(&answer).contains("Vad gäller det som du vill ha pengar till?"),
        "{}",
        text_of(&answer)
    );
}

#[test]
fn what_was_offered_is_taken_in_words() {
    let (offer, conversation) = converse(&["pengar?"]);
    for (text, place) in [("den första tack", 0), ("The second one, please", 1)] {
        let (answer, _) = say(text, &conversation);
        assert_eq!(answer.decision, Decision::Answer, "{text}");
        assert_eq!(answer.shown[0], offer.shown[place], "{text}");
    }
}

#[test]
fn first_second_and_before_are_pointed_at() {
    let both = "Vad är skillnaden mellan PRO och SPF?";
    for (turns, entry) in [
        (
            vec![both, "Den första, hur blir jag medlem?"],
            "associations/pro",
        ),
        (
            vec![both, "den andra då, var håller de till?"],
            "associations/spf",
        ),
        (
            vec![
                "Hur lämnar jag ett medborgarförslag?",
                "Var ligger biblioteken?",
                "Tillbaka till det första: vem får lämna ett?",
            ],
            "guides/medborgarforslag",
        ),
    ] {
        let (answer, _) = converse(&turns);
        assert_eq!(shown(&answer), Some(entry), "{turns:?}");
    }
}

#[test]
fn a_greeting_and_thanks_around_a_question_change_nothing() {
    let question = "Jag undrar när Pensionärsrådet sammanträder nästa gång.";
    let framed = format!("God dag! {question} Tack på förhand och hej då");
    for text in [question, &framed] {
        let (answer, _) = converse(&[text]);
        assert_eq!(answer.decision, Decision::Answer, "{text}");
        assert_eq!(shown(&answer), Some("councils/pensionarsradet"), "{text}");
    }
}

/// Who owns a matter that no entry answers is known: whoever asks how to reach them has an answer, and nothing is left open.
#[test]
fn how_to_reach_an_office_is_answered_with_the_office() {
    for (text, office) in [
        (
            "vad har soc för telefonnummer",
            "offices/socialforvaltningen",
        ),
        ("va e numret till kommunen", "offices/ekero-direkt"),
        (
            "Vem ringer man om bygglov?",
            "offices/stadsbyggnadsforvaltningen",
        ),
        (
            "What is the phone number of the building permit office?",
            "offices/stadsbyggnadsforvaltningen",
        ),
    ] {
        let (answer, _) = converse(&[text]);
        assert_eq!(answer.decision, Decision::Answer, "{text}");
        assert_eq!(shown(&answer), Some(office), "{text}");
    }
    // What is to be done is another matter: that is for the office to say.
    let (answer, _) = converse(&["Får jag fälla ett träd på kommunens mark?"]);
    assert_eq!(answer.decision, Decision::Route);
}

/// What one wants to know of any place: not what the words would be about by themselves.
#[test]
fn what_is_asked_of_a_place_is_about_the_place() {
    for (turns, entry) in [
        (
            ["what is Kajutan", "do I need to book"],
            "activities/kajutan",
        ),
        (
            ["var ligger familjecentrum", "do they speak English there"],
            "contacts/familjecentrum",
        ),
        (
            ["What is Idélabbet?", "where is it, and when can I drop in?"],
            "contacts/idelabbet",
        ),
        (
            ["how do I reach Ekerö direkt", "are they open saturdays"],
            "offices/ekero-direkt",
        ),
        (
            ["vad är Kajutan", "har det öppet på söndagar"],
            "activities/kajutan",
        ),
    ] {
        let (answer, _) = converse(&turns);
        assert_eq!(shown(&answer), Some(entry), "{turns:?}");
    }
}

#[test]
fn the_answer_is_given_again_in_the_language_that_is_asked_for() {
    let (swedish, conversation) = converse(&["Vad är ett medborgarförslag?"]);
    let (english, after) = say("Could you say that in English, please?", &conversation);
    assert_eq!(english.shown, swedish.shown);
    assert_eq!(english.language, Language::English);
    let (when, _) = say("Tack. På svenska igen: vem får lämna ett?", &after);
    assert_eq!(
        (when.language, when.shown),
        (Language::Swedish, swedish.shown)
    );
}

#[test]
fn who_a_grant_is_not_for_is_told_why_and_what_helps() {
    for (text, why) in [
        (
            "Vi är inte en förening. Kan vi få socialnämndens utmärkelse?",
            "är bara för föreningar",
        ),
        ("Jag är 42 år, får jag ringa Bris stödlinje?", "högst 17 år"),
        (
            "We are not approved yet. Can we get the grant for public events?",
            "has approved",
        ),
    ] {
        let (answer, _) = converse(&[text]);
        let told = text_of(&answer);
        assert_eq!(answer.decision, Decision::Answer, "{text}");
        assert!(told.contains(why), "{text}: {told}");
    }
    let (association, _) = converse(&["Vi är en förening. Kan vi få socialnämndens utmärkelse?"]);
    assert_eq!(shown(&association), Some("awards/utmarkelse-ideella"));
    assert!(!text_of(&association).contains("bara för föreningar. "));
}

fn shown(answer: &Answer) -> Option<&str> {
    answer.shown.first().map(lots::knowledge::EntryId::as_str)
}

/// The texts of an answer.
fn text_of(answer: &Answer) -> String {
    let texts = answer.blocks.iter().filter_map(|block| match block {
        Block::Text { text } => Some(text.as_str()),
        _ => None,
    });
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn each_of_several_questions_is_answered() {
    let (answer, _) = converse(&["Hej! Hur söker vi föreningsbidrag? Och var ligger biblioteken?"]);
    let shown: Vec<&str> = answer.shown.iter().map(|id| id.as_str()).collect();
    assert_eq!(shown, ["grants/foreningsbidrag", "contacts/biblioteken"]);
    assert!(
        answer
            .plain_text()
            .contains("Du frågade också: Biblioteken")
    );

    let (answer, _) = converse(&["How do I find a language café and who can help me with debts?"]);
    assert_eq!(answer.shown.len(), 2, "{:?}", answer.shown);
}

#[test]
fn what_nothing_answers_of_several_questions_is_named_and_left_open() {
    let (answer, _) = converse(&["Hur blir jag medlem i PRO och när töms soporna?"]);
    assert_eq!(shown(&answer), Some("associations/pro"));
    let open = answer.left_open.as_ref().unwrap();
    assert_eq!(open.wording, "när töms soporna?");
    assert!(open.office.is_some());

    let (answer, _) = converse(&["När betalas barnbidraget ut? Och hur blir jag medlem i PRO?"]);
    assert_eq!(shown(&answer), Some("associations/pro"));
    assert!(text_of(&answer).contains("Försäkringskassan"));
}

#[test]
fn a_story_that_ends_in_two_questions_about_one_thing_is_answered_once() {
    for message in [
        "Vi är en liten förening med tolv barn. Kan vi få bidrag per träff? När är sista dag?",
        "Var kan jag låna barnböcker på arabiska? Måste man ha kort?",
    ] {
        let (answer, _) = converse(&[message]);
        assert_eq!(answer.shown.len(), 1, "{message}: {:?}", answer.shown);
        assert_eq!(answer.left_open, None, "{message}");
    }
}

#[test]
fn a_cry_for_help_is_heard_through_misspellings() {
    for message in [
        "min pojkvän strpyer mig",
        "jag tänker ta lievt av mig ikväll",
        "I want to end my lief tonight",
    ] {
        let (answer, _) = converse(&[message]);
        assert_eq!(answer.decision, Decision::Crisis, "{message}");
    }
}

#[test]
fn whoever_names_a_thing_gets_it() {
    for (message, entry) in [
        ("Vad är aktivitetsstöd?", "grants/aktivitetsstod"),
        ("öppettider biblioteket", "contacts/biblioteken"),
        ("bli god man", "guides/bli-god-man"),
    ] {
        let (answer, _) = converse(&[message]);
        assert_eq!(answer.decision, Decision::Answer, "{message}");
        assert_eq!(shown(&answer), Some(entry), "{message}");
    }
}

#[test]
fn an_answer_says_how_likely_it_is_what_was_meant() {
    let confidence = |messages: &[&str]| converse(messages).0.confidence;
    let asked = confidence(&["Vad är aktivitetsstöd?"]);
    assert!(asked.is_some_and(|c| (0.5..=1.0).contains(&c)), "{asked:?}");
    let asked_on = confidence(&["Vad är aktivitetsstöd?", "och när är sista dag?"]);
    assert!(asked_on.is_some_and(|c| c >= 0.5), "{asked_on:?}");
    for nothing in ["pengar?", "hej", "vad kostar en tågbiljett till Kiruna?"] {
        assert_eq!(confidence(&[nothing]), None, "{nothing}");
    }
}

#[test]
fn whoever_calls_for_help_is_asked_what_for() {
    for message in ["hjälp mig", "jag behöver hjälp", "i need help"] {
        let (answer, _) = converse(&[message]);
        assert_eq!(answer.decision, Decision::Choice, "{message}");
        assert!(!answer.shown.is_empty(), "{message}");
    }
    // Who only wants to know whether to go on is told so.
    let (answer, _) = converse(&["kan du hjälpa mig"]);
    assert_eq!(answer.decision, Decision::SmallTalk);
}
