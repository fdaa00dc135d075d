//! The accounts and the trail at the command line.

use super::{OTHER, PASSWORD, run};
use crate::stage::Program;

#[test]
fn accounts_are_seen_to_from_the_command_line() {
    let program = Program::new();
    let add = [
        "staff",
        "add",
        "ada",
        "--role",
        "admin",
        "--password-file",
        "-",
    ];
    let added = program.run_with(&add, &format!("{PASSWORD}\n"));
    assert_eq!(added.status, Some(0), "{added:?}");
    assert!(
        added.out.contains("ada can sign in now, as admin"),
        "{added:?}"
    );
    program
        .run_with(&add, PASSWORD)
        .fails_saying("the name is taken");
    let short = program.run_with(
        &["staff", "password", "ada", "--password-file", "-"],
        "kort",
    );
    short.fails_saying("at least 12 characters");
    program
        .run(&["staff", "close", "ada"])
        .fails_saying("the last open account");
    program
        .run(&["staff", "role", "bo", "editor"])
        .fails_saying("no account with that name");
    // No terminal to ask on.
    let bo = [
        "staff",
        "add",
        "bo",
        "--role",
        "editor",
        "--office",
        "offices/byggkontoret",
        "--password-file",
    ];
    let file = program.folder().join("password");
    std::fs::write(&file, format!("{OTHER}\nanother line")).unwrap();
    program.prints(&[&bo[..], &[file.to_str().unwrap()]].concat());
    program.prints(&["staff", "role", "bo", "reader"]);
    program.prints(&["staff", "close", "bo"]);
    let list = program.prints(&["staff", "list"]);
    let lines: Vec<&str> = list.lines().collect();
    assert!(
        lines[0].starts_with("ada ") && lines[0].contains("admin   open"),
        "{list}"
    );
    assert!(
        lines[1].contains("reader  closed") && lines[1].ends_with("offices/byggkontoret"),
        "{list}"
    );
    program.prints(&["staff", "reopen", "bo"]);

    let trail = program.prints(&["audit", "list", "--about", "account/bo", "--limit", "2"]);
    let lines: Vec<&str> = trail.lines().collect();
    assert!(
        lines.len() == 2
            && lines[1].contains("account-closed")
            && lines[1].ends_with("open -> closed"),
        "{trail}"
    );
    let whole = program.prints(&["audit", "verify"]);
    assert!(
        whole.starts_with("all 5 lines are as they were written\n"),
        "{whole}"
    );
    let runtime = tokio::runtime::Runtime::new().unwrap();
    runtime.block_on(run(
        program.folder(),
        "update audit set who = 'eve' where seq = 3",
    ));
    program
        .run(&["audit", "verify"])
        .fails_saying("line 3 of the trail is not as it was written");
}
