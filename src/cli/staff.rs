//! `lots staff`: the accounts of those who work with the questions. The first admin is made here; after that, admins can
//! see to the accounts in the console too.

use std::fmt::Write as _;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use anyhow::{Context, ensure};
use clap::Subcommand;

use super::{minute, print};
use crate::app;
use crate::config::Settings;
use crate::desk::{Account, Desk, Role, Way};
use crate::knowledge::EntryId;

/// What can be done with the accounts.
#[derive(Debug, Subcommand)]
pub(super) enum StaffCommand {
    /// Make an account
    Add {
        /// The name to sign in with: small letters, digits, dots, hyphens and underscores
        name: String,
        /// What they may do: reader, editor or admin
        #[arg(long, value_parser = role)]
        role: Role,
        /// The office they work for, such as offices/kontaktcenter
        #[arg(long, value_name = "ID")]
        office: Option<String>,
        #[command(flatten)]
        password: PasswordArgs,
    },
    /// List every account
    List,
    /// Give someone another role, and sign them out
    Role {
        /// The name they sign in with
        name: String,
        /// What they may do: reader, editor or admin
        #[arg(value_parser = role)]
        role: Role,
    },
    /// Close an account, and sign its owner out
    Close {
        /// The name they sign in with
        name: String,
    },
    /// Open an account that was closed
    Reopen {
        /// The name they sign in with
        name: String,
    },
    /// Give someone another password, and sign them out
    Password {
        /// The name they sign in with
        name: String,
        #[command(flatten)]
        password: PasswordArgs,
    },
    /// Have the password of someone be enough again who has lost what gives them their codes, and sign them out
    TotpReset {
        /// The name they sign in with
        name: String,
    },
}

/// Where a password comes from. It is never an argument: those are seen by everyone on the machine.
#[derive(Debug, clap::Args)]
pub(super) struct PasswordArgs {
    /// The password is the first line of a file, `-` for standard input; without it, it is asked for
    #[arg(long, value_name = "FILE")]
    password_file: Option<PathBuf>,
}

pub(super) async fn run(settings: &Settings, command: StaffCommand) -> anyhow::Result<ExitCode> {
    let desk = app::desk(settings).await?;
    let outcome = act(&desk, command).await;
    desk.close().await;
    print(&outcome?)?;
    Ok(ExitCode::SUCCESS)
}

/// Does it, and gives what to print.
async fn act(desk: &Desk, command: StaffCommand) -> anyhow::Result<String> {
    let by = Desk::command_line();
    match command {
        StaffCommand::Add {
            name,
            role,
            office,
            password,
        } => {
            let office = office.as_deref().map(EntryId::parse).transpose();
            let office = office.map_err(anyhow::Error::msg)?;
            let password = password.read()?;
            desk.add_account(&by, &name, role, office, &password)
                .await?;
            Ok(format!("{name} can sign in now, as {}\n", role.code()))
        }
        StaffCommand::List => Ok(listed(&desk.accounts(&by).await?)),
        StaffCommand::Role { name, role } => {
            desk.set_role(&by, &name, role).await?;
            Ok(format!("{name} is {} now\n", role.code()))
        }
        StaffCommand::Close { name } => {
            desk.close_account(&by, &name).await?;
            Ok(format!("the account of {name} is closed\n"))
        }
        StaffCommand::Reopen { name } => {
            desk.reopen_account(&by, &name).await?;
            Ok(format!("the account of {name} is open\n"))
        }
        StaffCommand::Password { name, password } => {
            desk.reset_password(&by, &name, &password.read()?).await?;
            Ok(format!("{name} has a new password\n"))
        }
        StaffCommand::TotpReset { name } => {
            desk.reset_codes(&by, &name).await?;
            Ok(format!("{name} signs in with the password alone\n"))
        }
    }
}

impl PasswordArgs {
    fn read(&self) -> anyhow::Result<String> {
        let Some(path) = &self.password_file else {
            return asked();
        };
        let text = if path == Path::new("-") {
            let mut text = String::new();
            let read = std::io::stdin().read_to_string(&mut text);
            read.context("standard input is not text")?;
            text
        } else {
            std::fs::read_to_string(path)
                .with_context(|| format!("{} cannot be read", path.display()))?
        };
        let first = text.lines().next().unwrap_or_default();
        Ok(first.to_owned())
    }
}

/// A password that was typed twice, unseen.
fn asked() -> anyhow::Result<String> {
    let ask = |prompt: &str| {
        rpassword::prompt_password(prompt)
            .context("there is no terminal to ask for the password; use --password-file")
    };
    let password = ask("Password: ")?;
    let again = ask("The same again: ")?;
    ensure!(
        password == again,
        "the two are not the same, so nothing was changed"
    );
    Ok(password)
}

fn way(account: &Account) -> &'static str {
    match account.way {
        Way::SignOn => "sign-on",
        Way::Password if account.has_codes => "password+code",
        Way::Password => "password",
    }
}

fn role(code: &str) -> Result<Role, String> {
    Role::from_code(code).ok_or_else(|| "it must be reader, editor or admin".to_owned())
}

fn listed(accounts: &[Account]) -> String {
    let mut out = String::new();
    for account in accounts {
        let state = if account.is_open { "open" } else { "closed" };
        let office = account.office.as_ref().map_or("-", EntryId::as_str);
        let _ = writeln!(
            out,
            "{:<40}  {:<6}  {state:<6}  {:<13}  changed {}  {office}",
            account.name,
            account.role.code(),
            way(account),
            minute(account.changed_at)
        );
    }
    out
}
