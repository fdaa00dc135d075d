//! The program: runs what the command line says.

use std::process::ExitCode;

fn main() -> ExitCode {
    lots::cli::run()
}
