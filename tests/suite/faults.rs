//! Power cuts: the program is killed while it answers, and no receipt that it has shown is lost.

use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::process::Stdio;
use std::time::{Duration, Instant};

use lots::store::Receipt;

use crate::stage::Program;

const ROUNDS: usize = 20;
/// A round is cut somewhere in this time after its first receipt, in milliseconds.
const LONGEST_ROUND: u32 = 400;
/// More questions than a round has time for.
const QUESTIONS: usize = 5_000;

#[test]
fn no_receipt_is_lost_when_the_program_is_killed() {
    let program = Program::new();
    let mut shown = BTreeSet::new();
    for round in 0..ROUNDS {
        let receipts = a_round(&program, round);
        assert!(
            !receipts.is_empty(),
            "round {round} was cut before it began"
        );
        shown.extend(receipts);
    }
    let export = program.prints(&["questions", "export", "--json"]);
    let saved: Vec<serde_json::Value> = serde_json::from_str(&export).unwrap();
    let saved: BTreeSet<&str> = saved.iter().filter_map(|q| q["receipt"].as_str()).collect();
    let lost: Vec<&String> = shown
        .iter()
        .filter(|receipt| !saved.contains(receipt.as_str()))
        .collect();
    assert!(
        lost.is_empty(),
        "{} of {} receipts were shown and are gone: {lost:?}",
        lost.len(),
        shown.len()
    );
}

/// Starts a conversation, asks without pause what nobody knows, and kills the program; the receipts that it showed.
fn a_round(program: &Program, round: usize) -> Vec<String> {
    let mut child = program
        .command(&["chat"])
        .stdin(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let (mut stdin, stdout) = (child.stdin.take().unwrap(), child.stdout.take().unwrap());
    let asking = std::thread::spawn(move || {
        for number in 0..QUESTIONS {
            // A program that was killed reads no more.
            if writeln!(stdin, "Hur många katter bor på måne {round} av {number}?").is_err() {
                break;
            }
        }
        // The input stays open until the program is gone, so that it never ends by itself.
        stdin
    });
    let (first, begun) = std::sync::mpsc::channel();
    let reading = std::thread::spawn(move || {
        let mut receipts = Vec::new();
        for line in BufReader::new(stdout).split(b'\n') {
            let line = String::from_utf8_lossy(&line.unwrap()).into_owned();
            if let Some(receipt) = Receipt::find_in(&line) {
                receipts.push(receipt.to_string());
                // Only the first one is waited for.
                _ = first.send(());
            }
        }
        receipts
    });
    begun
        .recv_timeout(Duration::from_secs(30))
        .expect("no receipt was shown");
    std::thread::sleep(Duration::from_millis(u64::from(
        getrandom::u32().unwrap() % LONGEST_ROUND,
    )));
    child.kill().unwrap();
    let killed = Instant::now();
    child.wait().unwrap();
    drop(asking.join().unwrap());
    let receipts = reading.join().unwrap();
    assert!(
        killed.elapsed() < Duration::from_secs(10),
        "the program outlived its killing"
    );
    receipts
}
