//! The command line, as residents, scripts and staff use it: the built program, its output and its status.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;

use lots::store::Receipt;
use serde_json::{Value, json};

use crate::stage::{KNOWN, Program, ROUTED, UNKNOWN};

#[test]
fn ask_answers_people_and_programs() {
    let program = Program::new();
    let drawn = program.prints(&["ask", "Vad", "är", "lovpeng?"]);
    assert!(
        drawn.contains("Lovpeng är pengar") && !drawn.contains('\u{1b}'),
        "no colours in a pipe: {drawn:?}"
    );

    let answer: Value = serde_json::from_str(&program.prints(&["ask", "--json", ROUTED])).unwrap();
    assert_eq!(
        (&answer["decision"], &answer["office"]),
        (&json!("route"), &json!("offices/byggkontoret"))
    );
    assert!(
        Receipt::parse(answer["receipt"].as_str().unwrap()).is_some(),
        "{answer}"
    );
    assert!(
        answer["blocks"]
            .as_array()
            .unwrap()
            .iter()
            .any(|b| b["block"] == "receipt"),
        "{answer}"
    );

    let answer: Value = serde_json::from_str(&program.prints(&["ask", "--json", KNOWN])).unwrap();
    assert_eq!(
        (&answer["decision"], &answer["receipt"]),
        (&json!("answer"), &Value::Null)
    );

    let explained: Value =
        serde_json::from_str(&program.prints(&["ask", "--explain", "--json", KNOWN])).unwrap();
    assert!(
        explained.to_string().contains("grants/lovpeng"),
        "{explained}"
    );
    assert!(
        program
            .prints(&["ask", "--explain", KNOWN])
            .contains("grants/lovpeng")
    );
}

#[test]
fn a_stream_goes_on_past_a_line_that_cannot_be_read() {
    let input = "{\"id\": 1, \"turns\": [\"Vad är lovpeng?\", \"när är sista dag?\"]}\n\n{\"id\": 2, \"turns\"\n\u{0}\n\
                 {\"id\": {\"a\": 3}, \"turns\": []}\n{\"id\": \"4\", \"turns\": [\"Hur får jag bygglov?\"], \"extra\": true}";
    let ended = Program::new().run_with(&["ask", "--jsonl"], input);
    let lines: Vec<Value> = ended
        .out
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!((ended.status, lines.len()), (Some(1), 5), "{ended:?}");
    assert_eq!(
        (&lines[0]["id"], &lines[0]["shown"]),
        (&json!(1), &json!(["grants/lovpeng"]))
    );
    assert!(
        lines[0]["text"].as_str().unwrap().contains("Om Lovpeng"),
        "{}",
        lines[0]
    );
    for (line, number) in [(&lines[1], "line 3 "), (&lines[2], "line 4 ")] {
        assert!(line["error"].as_str().unwrap().contains(number), "{line}");
    }
    assert_eq!(lines[3]["id"], json!({ "a": 3 }));
    assert_eq!(
        (&lines[4]["decision"], &lines[4]["office"]),
        (&json!("route"), &json!("offices/byggkontoret"))
    );
}

#[test]
fn a_long_stream_is_answered_line_by_line_and_logs_nothing() {
    let program = Program::new();
    let asked = [KNOWN, ROUTED, UNKNOWN, "bidrag", "hej"];
    let lines = 2_000;
    let input: String = (0..lines)
        .map(|i| {
            format!(
                "{}\n",
                json!({ "id": i, "turns": [asked[i % asked.len()]] })
            )
        })
        .collect();
    let ended = program.run_with(&["ask", "--jsonl", "--top", "1"], &input);
    assert_eq!(ended.status, Some(0), "{}", ended.err);
    let answers: Vec<Value> = ended
        .out
        .lines()
        .map(|l| serde_json::from_str(l).unwrap())
        .collect();
    assert_eq!(answers.len(), lines);
    for (i, answer) in answers.iter().enumerate() {
        assert_eq!(answer["id"], json!(i));
        assert!(answer["ranked"].as_array().unwrap().len() <= 1, "{answer}");
    }
    assert!(
        !program.folder().join("lots.db").exists(),
        "a stream needs no database"
    );
}

#[test]
fn a_reader_that_has_had_enough_is_no_fault() {
    let program = Program::new();
    let mut child = program
        .command(&["ask", "--jsonl"])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let writing = std::thread::spawn(move || {
        // Until the program is gone and the pipe breaks.
        while writeln!(stdin, "{}", json!({ "id": 1, "turns": ["bidrag"] })).is_ok() {}
    });
    let mut first = String::new();
    BufReader::new(child.stdout.take().unwrap())
        .read_line(&mut first)
        .unwrap();
    serde_json::from_str::<Value>(&first).unwrap();
    let ended = child.wait_with_output().unwrap();
    writing.join().unwrap();
    assert_eq!(
        String::from_utf8(ended.stderr).unwrap(),
        "",
        "it ends without a word"
    );
    assert!(ended.status.success(), "{}", ended.status);
}

#[test]
fn staff_list_show_answer_and_export_the_questions() {
    let program = Program::new();
    let formula = "=Hur många katter, \"svarta\" och vita, bor det på månen?";
    let [first, second] = [formula, ROUTED].map(|text| {
        let asked: Value = serde_json::from_str(&program.prints(&["ask", "--json", text])).unwrap();
        asked["receipt"].as_str().unwrap().to_owned()
    });
    let list = program.prints(&["questions", "list"]);
    assert!(
        list.contains(&first) && list.contains(&second) && list.contains("new 2"),
        "{list}"
    );
    assert!(
        !program
            .prints(&["questions", "list", "--state", "answered"])
            .contains(&first)
    );
    assert!(
        !program
            .prints(&["questions", "list", "--limit", "1"])
            .contains(&first),
        "the newest is listed first"
    );
    assert!(
        program
            .prints(&["questions", "show", &first.to_lowercase()])
            .contains(formula)
    );

    fs::write(program.folder().join("svar.md"), "Inga alls.\n").unwrap();
    program.prints(&["questions", "answer", &first, "--file", "svar.md"]);
    let ended = program.run_with(
        &["questions", "answer", &second, "--file", "-"],
        "Det prövar Byggkontoret.",
    );
    assert_eq!(ended.status, Some(0), "{ended:?}");
    assert!(program.prints(&["receipt", &first]).contains("Inga alls."));
    assert!(
        program
            .prints(&["receipt", &second])
            .contains("Det prövar Byggkontoret.")
    );

    let exported: Vec<Value> =
        serde_json::from_str(&program.prints(&["questions", "export", "--json"])).unwrap();
    let states: Vec<&Value> = exported.iter().map(|q| &q["state"]).collect();
    assert_eq!(states, ["answered", "answered"]);
    let text = program.prints(&["questions", "export", "--csv"]);
    let mut csv = csv::Reader::from_reader(text.as_bytes());
    let column = csv
        .headers()
        .unwrap()
        .iter()
        .position(|name| name == "wording")
        .unwrap();
    let wordings: Vec<String> = csv
        .records()
        .map(|row| row.unwrap()[column].to_owned())
        .collect();
    assert_eq!(
        wordings,
        [ROUTED.to_owned(), format!("'{formula}")],
        "newest first, and no formula for a spreadsheet"
    );
}

#[test]
fn a_backup_holds_what_was_saved_and_can_be_put_back() {
    let program = Program::new();
    program.prints(&["ask", UNKNOWN]);
    let asked = program.prints(&["questions", "export", "--json"]);
    assert!(asked.contains("receipt"), "{asked}");
    let copy = program.folder().join("copy.db");
    let copy = copy.to_str().unwrap();
    program.prints(&["backup", copy]);

    // Nobody's copy is written over, and a folder that is not there is said.
    program
        .run(&["backup", copy])
        .fails_saying("does not exist yet");
    let elsewhere = program.run(&["backup", "nowhere/copy.db"]);
    elsewhere.fails_saying("does not exist yet");

    // What came after the copy is gone when the copy is put back; what was there before is not.
    program.prints(&["ask", ROUTED]);
    let restored = format!("sqlite://{copy}");
    let there = program.prints(&["--database-url", &restored, "questions", "export", "--json"]);
    assert_eq!(there, asked);
    let verified = program.prints(&["--database-url", &restored, "audit", "verify"]);
    assert!(verified.contains("as they were written"), "{verified}");
}

#[test]
fn purge_deletes_what_is_old_and_keeps_a_record() {
    let program = Program::new();
    program.prints(&["ask", UNKNOWN]);
    let none = program.prints(&["purge", "--record"]);
    assert!(none.contains("the rules were applied 0 times"), "{none}");
    let kept = program.prints(&["purge"]);
    assert!(
        kept.contains("all rules") && kept.contains(" 0 deleted"),
        "{kept}"
    );
    fs::write(
        program.folder().join("lots.toml"),
        "[retention]\nnew = 0\nanswered = 1\n[web.about]\narchive_decision = \"KS 2026/17\"\n",
    )
    .unwrap();
    let purged = program.prints(&["purge"]);
    assert!(
        purged.contains("questions-new") && purged.contains(" 1 deleted"),
        "{purged}"
    );
    assert_eq!(
        program.prints(&["questions", "export", "--json"]).trim(),
        "[]"
    );
    let record = program.prints(&["purge", "--record"]);
    assert!(
        record.contains("questions-new")
            && record.contains("1 deleted after 0 days  by KS 2026/17"),
        "{record}"
    );
    let csv = program.prints(&["purge", "--record", "--csv", "--from", "2026-01-01"]);
    assert!(csv.contains("questions-new,1,0,KS 2026/17,"), "{csv}");
    let earlier = [
        "purge",
        "--record",
        "--from",
        "2020-01-01",
        "--to",
        "2020-12-31",
    ];
    let earlier = program.prints(&earlier);
    assert!(earlier.starts_with("2020-01-01 to 2020-12-31:") && earlier.lines().count() == 1);
}

#[test]
fn what_is_kept_of_a_receipt_is_printed_and_erased() {
    let program = Program::new();
    let asked: Value = serde_json::from_str(&program.prints(&["ask", "--json", UNKNOWN])).unwrap();
    let code = asked["receipt"].as_str().unwrap();
    let kept: Value = serde_json::from_str(&program.prints(&["receipt", code, "--json"])).unwrap();
    assert_eq!(
        (&kept["words"], &kept["receipt"]),
        (&json!(UNKNOWN), &json!(code))
    );
    let erased = program.prints(&["erase", "--receipt", code, "--reason", "Begäran"]);
    assert!(erased.starts_with("erased: 1 questions"), "{erased}");
    let trail = program.prints(&["audit", "list"]);
    assert!(
        trail.contains("receipt-erased") && trail.contains("(Begäran)"),
        "{trail}"
    );
    assert!(!trail.contains(code), "{trail}");
    for arguments in [["receipt", code, "--json"], ["erase", "--receipt", code]] {
        program
            .run(&arguments)
            .fails_saying("nothing is kept with the receipt");
    }
    program
        .run(&["erase", "--receipt", "hej"])
        .fails_saying("is not a receipt code");
    program
        .run(&["erase", "--discord", "7"])
        .fails_saying("LOTS_DISCORD_TOKEN");
    let mut with_token = program.command(&["erase", "--discord", "112233445566778899"]);
    let ended = with_token
        .env("LOTS_DISCORD_TOKEN", "a.token")
        .output()
        .unwrap();
    assert!(ended.status.success(), "{ended:?}");
}

#[test]
fn config_hides_passwords() {
    let program = Program::new();
    let mut command = program.command(&["config"]);
    let shown = command
        .env(
            "LOTS_DATABASE_URL",
            "postgres://lots:hemligt@db.example/lots",
        )
        .output()
        .unwrap();
    let shown = String::from_utf8(shown.stdout).unwrap();
    assert!(
        shown.contains("postgres://lots:***@db.example/lots") && !shown.contains("hemligt"),
        "{shown}"
    );
}

#[test]
fn what_cannot_be_done_is_said_in_one_clear_line() {
    let program = Program::new();
    fs::create_dir(program.folder().join("empty")).unwrap();
    let cases: [(&[&str], &str); 11] = [
        (&["--knowledge", "nowhere", "ask", "hej"], "nowhere"),
        (&["--knowledge", "empty", "ask", "hej"], "lots check"),
        (&["check", "nowhere"], "nowhere"),
        (&["evaluate", "nowhere.jsonl"], "nowhere.jsonl"),
        (
            &["--database-url", "mysql://u:hemligt@h/d", "ask", "hej"],
            "sqlite://",
        ),
        (
            &["--database-url", "sqlite://", "ask", "hej"],
            "names no file",
        ),
        (&["receipt", "hej"], "7F3K-2QX"),
        (&["questions", "show", "7F3K-2QX"], "7F3K-2QX"),
        (
            &["questions", "answer", "7F3K-2QX", "--file", "nowhere.md"],
            "7F3K-2QX",
        ),
        (&["questions", "list", "--state", "gone"], "dismissed"),
        (
            &[
                "--database-url",
                "sqlite:///nowhere/lots.db",
                "questions",
                "export",
                "--json",
            ],
            "database",
        ),
    ];
    for (arguments, part) in cases {
        let ended = program.run(arguments);
        assert!(!ended.err.contains("hemligt"), "{}", ended.err);
        ended.fails_saying(part);
    }
    let wrong_flags: [&[&str]; 5] = [
        &["--colour"],
        &["ask"],
        &["ask", "--top", "many", "hej"],
        &["questions", "export"],
        &["fly"],
    ];
    for arguments in wrong_flags {
        let ended = program.run(arguments);
        assert_eq!(
            (ended.status, ended.out.as_str()),
            (Some(2), ""),
            "lots {arguments:?}"
        );
        assert!(
            ended.err.starts_with("error: ") && ended.err.contains("--help"),
            "{}",
            ended.err
        );
    }
}
