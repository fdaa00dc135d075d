//! The guided ways in at the prompt, through the built program with lines that are piped in.

use std::io::Write;
use std::process::{Command, Stdio};

use lots::desk::Receipt;

use crate::stage::{CRISIS, KNOWN, Program, ROUTED, UNKNOWN, bytes_of, holds};

const NUMBER: &str = "070-174 06 05";

/// What a program says to some lines; whatever may be logged is, and none of `secrets` is in it.
fn said(program: &Program, lines: &[&str], secrets: &[&str]) -> String {
    said_to(program.command(&["chat"]), lines, secrets)
}

fn said_to(mut chat: Command, lines: &[&str], secrets: &[&str]) -> String {
    let mut child = chat
        .env("LOTS_LOG", "trace")
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(lines.join("\n").as_bytes()).unwrap();
    drop(stdin);
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success());
    let log = String::from_utf8(ended.stderr).unwrap();
    assert!(!log.is_empty());
    for secret in secrets {
        assert!(!log.contains(secret), "{secret} stands in the log:\n{log}");
    }
    String::from_utf8(ended.stdout).unwrap()
}

#[track_caller]
fn in_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let Some((_, after)) = rest.split_once(part) else {
            panic!("{part:?} does not follow in:\n{text}");
        };
        rest = after;
    }
}

#[test]
fn money_is_found_by_numbers_by_words_and_with_a_question_in_between() {
    let program = Program::new();
    let lines = [
        "/bidrag",
        "6",
        "tillbaka",
        "vi är en klubb",
        "något på lovet",
        KNOWN,
        "vet inte",
        "vet inte",
        "vet inte",
        "avsluta",
    ];
    let text = said(&program, &lines, &[]);
    in_order(
        &text,
        &[
            "Vem är det som söker?",
            "  1  En förening som kommunen har godkänt",
            "Söker:        Ett företag",
            "  – Kan bara sökas av föreningar",
            "Vem är det som söker?",
            "Vad ska pengarna gå till?",
            "Lovpeng är pengar",
            "Nu tillbaka till frågan:",
            "Det här passar",
            "  Lovpeng",
            "  – Kan gå till aktiviteter på lov.",
            "Det du sa är borta.",
        ],
    );
}

#[test]
fn the_language_can_be_changed_in_the_middle() {
    let program = Program::new();
    let text = said(&program, &["/påverka", "/en", "1"], &[]);
    in_order(&text, &["Vad vill du göra?", "What do you want to do?"]);
}

#[test]
fn what_has_a_receipt_is_erased_by_it() {
    let program = Program::new();
    let asked = program.prints(&["ask", UNKNOWN]);
    let receipt = Receipt::find_in(&asked).unwrap();
    assert!(holds(&bytes_of(program.folder()), UNKNOWN));
    let code = format!("/glöm {}", receipt.as_str().to_lowercase());
    let text = said(&program, &["/glöm hej", &code, &code], &[receipt.as_str()]);
    let gone = format!("{receipt} är raderat");
    in_order(&text, &["ingen kvittokod", &gone, receipt.as_str()]);
    assert!(!holds(&bytes_of(program.folder()), UNKNOWN));
}

#[test]
fn an_idea_becomes_a_plan_and_is_handed_over() {
    let program = Program::new();
    let idea = "En gemensam odling vid ån";
    let lines = ["/idé", idea, "äldre", "pengar och en lokal", "kompisar"];
    let text = said(&program, &lines, &[idea]);
    in_order(
        &text,
        &[
            "Vad är din idé?",
            "Idén:",
            idea,
            "Nästa steg",
            "Skicka till Kundcenter",
        ],
    );
    assert!(!holds(&bytes_of(program.folder()), idea));
    let handed = said(&program, &[&lines[..], &["1"]].concat(), &[idea]);
    in_order(
        &handed,
        &["Skicka till Kundcenter", "Din idé ligger nu hos Kundcenter"],
    );
    assert!(holds(&bytes_of(program.folder()), idea));
}

#[test]
fn someone_is_called_and_nothing_of_it_is_logged() {
    let program = Program::new();
    let kept = || holds(&bytes_of(program.folder()), NUMBER);
    let left = said(&program, &["/ring", "Bygglov", "avsluta"], &["Bygglov"]);
    in_order(&left, &["Vad gäller det?", "Det du sa är borta."]);
    let helped = said(&program, &["/ring-mig", CRISIS], &[]);
    assert!(
        helped.contains("112") && !helped.contains("Vem ska ringa?"),
        "{helped}"
    );
    let lines = ["/ring", ROUTED, "1", "när som helst", "det vanliga", NUMBER];
    let promised = said(&program, &lines, &[NUMBER]);
    in_order(
        &promised,
        &[
            "Vad gäller det?",
            "Byggkontoret (mitt förslag)",
            "När passar det bäst?",
            "Vilket nummer ska de ringa?",
            "riktnummer",
            "Vilket nummer ska de ringa?",
            "Byggkontoret ringer dig senast",
        ],
    );
    assert!(kept());
    let other = "08-465 004 99";
    let forgotten = said(
        &program,
        &["/ring", ROUTED, "1", "1", other, "/glöm"],
        &[other],
    );
    in_order(&forgotten, &["ringer dig senast", "raderat"]);
    assert!(!holds(&bytes_of(program.folder()), other));
}

#[test]
fn the_ways_in_are_among_what_can_be_typed() {
    let help = said(&Program::new(), &["/hjälp"], &[]);
    in_order(
        &help,
        &["/bidrag", "/engagera", "/idé", "/påverka", "/ring-mig"],
    );
}

#[test]
fn below_an_answer_with_a_last_day_stands_how_to_be_reminded_of_it() {
    let program = Program::new();
    let text = said(&program, &[KNOWN], &[]);
    in_order(
        &text,
        &["Sista dag:", "Vill du bli påmind? Öppna samma svar"],
    );
    let mut chat = program.command(&["chat"]);
    chat.env("LOTS_ADDRESS", "https://lots.provby.example");
    let text = said_to(chat, &[KNOWN, "Hur får jag bygglov till en altan?"], &[]);
    let address = "https://lots.provby.example/sv/bidrag/lovpeng.ics?day=20";
    in_order(
        &text,
        &[
            "Sista dag:",
            "Vill du bli påmind?",
            address,
            "Byggkontoret",
            "Öppettider:",
        ],
    );
}
