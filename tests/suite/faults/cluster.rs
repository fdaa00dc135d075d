//! A PostgreSQL of a test's own, which can be stopped, started and frozen without disturbing the other tests.

use std::net::TcpListener;
use std::os::unix::fs::MetadataExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

/// A server with a database of its own. It ends when it is dropped.
pub(super) struct Cluster {
    folder: TempDir,
    programs: PathBuf,
    port: u16,
}

impl Cluster {
    /// Makes one that has not been started.
    pub(super) fn new() -> Cluster {
        let folder = tempfile::tempdir().unwrap();
        let cluster = Cluster {
            programs: programs(),
            // It is free now, and seldom taken a moment later.
            port: TcpListener::bind("127.0.0.1:0")
                .and_then(|l| l.local_addr())
                .unwrap()
                .port(),
            folder,
        };
        if is_root() {
            let mut chown = Command::new("chown");
            done(chown.arg("postgres").arg(cluster.folder.path()));
        }
        let mut initdb = cluster.owners("initdb");
        let options = [
            "--username=lots",
            "--auth=trust",
            "--encoding=UTF8",
            "--locale=C",
            "--no-sync",
        ];
        done(initdb.arg("--pgdata").arg(cluster.data()).args(options));
        cluster
    }

    /// The address of its database.
    pub(super) fn url(&self) -> String {
        format!("postgres://lots@127.0.0.1:{}/postgres", self.port)
    }

    /// Starts it, and waits until it answers.
    pub(super) fn start(&self) {
        let folder = self.folder.path().display();
        let options = format!(
            "-c listen_addresses=127.0.0.1 -c port={} -c unix_socket_directories={folder}",
            self.port
        );
        let mut start = self.control("start");
        start.arg("--log").arg(self.folder.path().join("log"));
        done(start.args(["--wait", "--options", &options]));
    }

    /// Stops it: `fast` ends what is under way, `immediate` is a power cut.
    pub(super) fn stop(&self, how: &str) {
        done(self.control("stop").args(["--wait", "--mode", how]));
    }

    /// Has all of it stand still, as on a machine or a network that hangs: nothing is refused, and nothing is answered.
    pub(super) fn freeze(&self) {
        self.signal("-STOP");
    }

    /// Lets it go on.
    pub(super) fn thaw(&self) {
        self.signal("-CONT");
    }

    fn signal(&self, signal: &str) {
        let first = std::fs::read_to_string(self.data().join("postmaster.pid")).unwrap();
        let first = first.lines().next().unwrap();
        // The one that begins the others stands still before they are looked up.
        done(Command::new("kill").args([signal, first]));
        for process in children_of(first) {
            // One that has ended meanwhile cannot hear it.
            _ = Command::new("kill").args([signal, &process]).output();
        }
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }

    fn control(&self, what: &str) -> Command {
        let mut control = self.owners("pg_ctl");
        control.arg(what).arg("--pgdata").arg(self.data());
        control
    }

    /// One of its programs, run by whoever owns it: PostgreSQL refuses to run as root.
    fn owners(&self, program: &str) -> Command {
        let program = self.programs.join(program);
        let mut command = if is_root() {
            let mut command = Command::new("runuser");
            command.args(["-u", "postgres", "--"]).arg(program);
            command
        } else {
            Command::new(program)
        };
        // The owner need not be able to read the folder that the tests are run in.
        command.current_dir("/");
        command
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        let mut stop = self.control("stop");
        // It may have been stopped already.
        _ = stop.args(["--wait", "--mode", "immediate"]).output();
    }
}

/// Where PostgreSQL's programs are.
fn programs() -> PathBuf {
    let versions = Path::new("/usr/lib/postgresql").read_dir();
    let versions = versions.expect("PostgreSQL is needed, from the package postgresql");
    let mut programs: Vec<PathBuf> = versions.map(|v| v.unwrap().path().join("bin")).collect();
    programs.retain(|bin| bin.join("postgres").exists());
    programs.sort();
    programs
        .pop()
        .expect("PostgreSQL is needed, from the package postgresql")
}

fn is_root() -> bool {
    std::fs::metadata("/proc/self").unwrap().uid() == 0
}

/// The processes that one has begun.
fn children_of(process: &str) -> Vec<String> {
    let all = Path::new("/proc").read_dir().unwrap();
    let numbers = all.map(|p| p.unwrap().file_name().to_string_lossy().into_owned());
    let is_child = |number: &String| {
        let stat = std::fs::read_to_string(format!("/proc/{number}/stat")).unwrap_or_default();
        // After the name, which may hold anything, come the state and the parent.
        let after = stat.rsplit_once(") ").map(|(_, after)| after);
        after.and_then(|after| after.split(' ').nth(1)) == Some(process)
    };
    numbers.filter(is_child).collect()
}

#[track_caller]
fn done(command: &mut Command) {
    // A server that goes on in the background would keep a pipe open.
    let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status();
    assert!(status.unwrap().success(), "{command:?}");
}
