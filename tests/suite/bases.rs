//! What the people who write a base need of the command line: check, init, schema, and how well it answers.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use lots::answering::{Answerer, Conversation};
use lots::desk::{Origin, read};
use lots::knowledge::Knowledge;
use serde_json::{Value, json};

use crate::stage::{KNOWN, Program, ROUTED, copy, provby_folder, question, shipped_folder};

#[test]
fn the_shipped_base_passes_check() {
    let checked = Program::new().run(&["check", &shipped_folder().to_string_lossy()]);
    assert_eq!(checked.status, Some(0), "{}", checked.out);
    assert!(checked.out.contains(" 0 errors"), "{}", checked.out);
}

#[test]
fn check_names_the_file_the_line_the_rule_and_the_mend() {
    let program = Program::new();
    copy(&provby_folder(), &program.folder().join("base"));
    let grant = program.folder().join("base/grants/lovpeng.md");
    let text = fs::read_to_string(&grant).unwrap().replace(
        "office = \"offices/kundcenter\"",
        "office = \"offices/ingen\"",
    );
    fs::write(&grant, text).unwrap();
    let checked = program.run(&["check", "base"]);
    assert_eq!(checked.status, Some(1), "{checked:?}");
    for part in [
        "grants/lovpeng.md:4",
        "dangling-id",
        "offices/ingen",
        "name an entry that exists",
        " 1 errors",
    ] {
        assert!(
            checked.out.contains(part),
            "{part:?} is not said:\n{}",
            checked.out
        );
    }
}

#[test]
fn init_writes_a_base_that_can_be_used_at_once() {
    let program = Program::new();
    program.prints(&["init", "new/base", "--name", "Långö kommun"]);
    program.prints(&["check", "new/base"]);
    let answer: Value = serde_json::from_str(&program.prints(&[
        "--knowledge",
        "new/base",
        "ask",
        "--json",
        "Vad är föreningsbidrag?",
    ]))
    .unwrap();
    assert_eq!(answer["shown"][0], "grants/foreningsbidrag");
    assert!(
        answer["text"].as_str().unwrap().contains("Långö kommun"),
        "{answer}"
    );

    let again = program.run(&["init", "new/base"]);
    again.fails_saying("not empty");
}

#[test]
fn what_is_taken_over_from_the_base_before_answers_as_if_made_anew() {
    let files = read(&Origin::Folder(provby_folder())).unwrap();
    let before = Answerer::new(Knowledge::load(&files).knowledge.unwrap());
    let edits = [
        (
            "grants/lovpeng.md",
            "Lovpeng är pengar",
            "Slantar är pengar",
        ),
        (
            "grants/lovpeng.md",
            "questions = [",
            "questions = [\"Vem ger oss slantar?\", ",
        ),
        (
            "grants/lovpeng.en.md",
            "questions = [",
            "questions = [\"Who gives us pennies?\", ",
        ),
        ("municipality.toml", "\"sv\", \"en\"", "\"sv\""),
        ("crisis.toml", "[sets]", "[sets]\nslantar = [\"slantar\"]"),
    ];
    for (file, this, that) in edits {
        let mut edited = files.clone();
        let text = edited.get_mut(file).unwrap();
        assert!(text.contains(this), "{file} has no {this}");
        *text = text.replacen(this, that, 1);
        let knowledge = Knowledge::load(&edited).knowledge.unwrap();
        let anew = Answerer::new(knowledge.clone());
        let renewed = before.renewed(knowledge);
        for text in [
            "slantar",
            "Vem ger oss slantar?",
            "pennies",
            KNOWN,
            ROUTED,
            "hej",
        ] {
            let question = question(text);
            let answers = [&anew, &renewed].map(|a| a.answer(&question, &Conversation::default()));
            assert_eq!(answers[0], answers[1], "{file}: {text}");
        }
    }
}

#[test]
fn the_schema_is_json_and_knows_the_questions() {
    let schema: Value = serde_json::from_str(&Program::new().prints(&["schema"])).unwrap();
    assert!(schema["properties"]["questions"].is_object(), "{schema}");
}

#[test]
fn a_minimal_base_is_enough_to_be_measured() {
    let program = Program::new();
    let base = program.folder().join("base");
    write(
        &base.join("municipality.toml"),
        "name = \"Question set\"\nlanguages = [\"en\"]\ndefault_language = \"en\"\ntimezone = \"Europe/Stockholm\"\nway_in = \"offices/desk\"\n",
    );
    write(
        &base.join("offices/desk.md"),
        "+++\ntitle = \"zzdesk\"\n+++\nzzdesk.\n",
    );
    for (id, questions) in [
        (
            "freeze_account",
            ["freeze my account", "please block my bank account"],
        ),
        (
            "book_flight",
            ["book a flight to Rome", "I need a plane ticket"],
        ),
        (
            "book_hotel",
            ["reserve a hotel room", "find me a place to stay"],
        ),
    ] {
        let title = id.replace('_', " ");
        let text = format!(
            "+++\ntitle = \"{title}\"\noffice = \"offices/desk\"\nquestions = {}\n+++\n{title}\n",
            json!(questions)
        );
        write(&base.join(format!("guides/{id}.md")), &text);
    }
    let input = json!({ "id": "q", "turns": ["block my account please"] }).to_string();
    let ended = program.run_with(
        &["ask", "--jsonl", "--top", "1000", "--knowledge", "base"],
        &input,
    );
    assert_eq!(ended.status, Some(0), "{}", ended.err);
    let answer: Value = serde_json::from_str(&ended.out).unwrap();
    assert_eq!(answer["ranked"][0][0], "guides/freeze_account", "{answer}");
    let confidence = answer["ranked"][0][1].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&confidence), "{answer}");
}

#[test]
fn a_base_without_example_questions_is_searched_by_parts_of_words_and_by_little_words() {
    let provby = read(&Origin::Folder(provby_folder())).unwrap();
    let mut files: BTreeMap<String, String> = provby
        .into_iter()
        .filter(|(path, _)| path.starts_with("municipality"))
        .collect();
    for (id, title, text) in [
        ("offices/kundcenter", "Kundcenter", "Ring oss."),
        ("guides/a1", "Ett", "Fiskekort köper du i hamnboden."),
        ("guides/a2", "Två", "Nycklarna till fyren har vaktmästaren."),
        ("guides/a3", "Tre", "Vem är du? Var är du?"),
    ] {
        let office = match id.starts_with("offices") {
            true => "",
            false => "office = \"offices/kundcenter\"\n",
        };
        let text = format!("+++\ntitle = \"{title}\"\n{office}+++\n{text}\n");
        files.insert(format!("{id}.md"), text);
    }
    let loaded = Knowledge::load(&files);
    let answerer = Answerer::new(loaded.knowledge.expect("a base"));
    let first = |text: &str| {
        let (answer, _) = answerer.answer(&question(text), &Conversation::default());
        let mut ranked = answer.ranked.iter().map(|c| c.entry.to_string());
        ranked.find(|id| id.starts_with("guides/"))
    };
    // No word of the base, not even as a part of a compound.
    let found = first("fiskekortsautomater");
    assert_eq!(found.as_deref(), Some("guides/a1"));
    // Nothing but little words.
    assert_eq!(first("vem är du").as_deref(), Some("guides/a3"));
}

#[test]
fn evaluate_prints_its_figures() {
    let program = Program::new();
    let set = [
        json!({ "id": "1", "turns": [KNOWN], "expect": "answer", "entries": ["grants/lovpeng"] }),
        json!({ "id": "2", "turns": [ROUTED], "expect": "route", "office": "offices/byggkontoret" }),
        json!({ "id": "3", "turns": ["hej"], "expect": "unknown" }),
    ];
    fs::write(
        program.folder().join("set.jsonl"),
        set.map(|item| item.to_string() + "\n").concat(),
    )
    .unwrap();
    let figures: Value =
        serde_json::from_str(&program.prints(&["evaluate", "--json", "set.jsonl"])).unwrap();
    let expected = [
        ("items", 3.0),
        ("in_scope_right", 1.0),
        ("in_scope_wrong", 0.0),
        ("route_right", 1.0),
        ("unknown_right", 0.0),
    ];
    for (name, value) in expected {
        assert_eq!(figures[name].as_f64(), Some(value), "{name}: {figures}");
    }
    let misses = program.prints(&["evaluate", "--misses", "set.jsonl"]);
    assert!(misses.contains("3 [answered] hej"), "{misses}");
    fs::write(program.folder().join("broken.jsonl"), "{\"id\": 1}\n").unwrap();
    let broken = program.run(&["evaluate", "broken.jsonl"]);
    broken.fails_saying("broken.jsonl:1");
}

fn write(path: &Path, text: &str) {
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}
