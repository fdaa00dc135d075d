//! What the README tells an operator, held to the programs that it is for.

use std::path::Path;
use std::process::Command;

/// How exposed a service may be, in systemd's own measure: 0 is not at all, 100 is without any protection.
const EXPOSURE: &str = "15";

#[test]
fn the_unit_in_the_readme_is_one_that_systemd_takes() {
    let readme = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"));
    let readme = readme.unwrap();
    let unit = block_after(&readme, "/etc/systemd/system/lots.service");
    let program = "/usr/local/bin/lots";
    assert!(
        unit.contains(&format!("ExecStart={program} serve")),
        "{unit}"
    );
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("lots.service");
    // The program need not be installed where this runs.
    std::fs::write(&file, unit.replace(program, env!("CARGO_BIN_EXE_lots"))).unwrap();

    let verified = analyze(&["verify", "--man=no"], &file);
    assert_eq!(verified, (true, String::new()));
    let threshold = format!("--threshold={EXPOSURE}");
    let (secure, said) = analyze(&["security", "--offline=yes", &threshold], &file);
    assert!(secure, "{said}");
}

/// The block of code that comes after a text.
fn block_after<'a>(readme: &'a str, text: &str) -> &'a str {
    let after = readme.split_once(text).map(|(_, after)| after).unwrap();
    let block = after.split_once("```ini\n").map(|(_, block)| block);
    block.unwrap().split_once("```").unwrap().0
}

/// Whether systemd is content with a unit, and what it says.
fn analyze(arguments: &[&str], unit: &Path) -> (bool, String) {
    let output = Command::new("systemd-analyze")
        .args(arguments)
        .arg(unit)
        .output()
        .expect("systemd-analyze is needed, from the package systemd");
    let said = [output.stdout, output.stderr].concat();
    (
        output.status.success(),
        String::from_utf8_lossy(&said).into_owned(),
    )
}
