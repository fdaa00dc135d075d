//! The program: runs what the command line says.

use std::process::ExitCode;

use mimalloc::MiMalloc;

/// Indexing a base and answering take and give back much memory in small pieces, which this one is quick at.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    lots::cli::run()
}
