//! The settings of signing in at the identity provider of the municipality.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::Secret;

/// `[sign_on]` in `lots.toml`. Without it, staff sign in with a password and nothing else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignOnSettings {
    /// The address of the provider, exactly as it gives it itself.
    pub issuer: String,
    /// What the provider calls lots.
    pub client_id: String,
    /// What shows the provider that it is lots.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub client_secret: Option<Secret>,
    /// What staff call the provider: it stands on the button.
    #[serde(default = "name")]
    pub name: String,
    /// Whom to ask who has no role.
    #[serde(default)]
    pub help: String,
    /// What is asked for besides `openid`.
    #[serde(default = "scopes")]
    pub scopes: Vec<String>,
    /// The claim that says what someone may do; dots lead into a claim that holds others.
    #[serde(default = "role_claim")]
    pub role_claim: String,
    /// The claim that says for which office they work.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub office_claim: Option<String>,
    /// What the claim holds for each role.
    pub roles: RoleValues,
    /// What the claim about the office holds, and the id of the office that it stands for.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub offices: BTreeMap<String, String>,
}

/// What stands in the claim of those who have each role.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct RoleValues {
    /// Of those who read.
    pub reader: Vec<String>,
    /// Of those who answer.
    pub editor: Vec<String>,
    /// Of those who see to accounts.
    pub admin: Vec<String>,
}

impl SignOnSettings {
    /// Puts what the environment says over what was read.
    pub(super) fn overlay(&mut self, environment: impl Fn(&str) -> Option<String>) {
        if let Some(secret) = environment("LOTS_SIGN_ON_SECRET") {
            self.client_secret = Some(Secret::new(secret));
        }
    }

    /// Fails when a value makes no sense, with what to mend.
    pub(super) fn reasonable(&self) -> anyhow::Result<()> {
        for (what, value) in [
            ("client_id", &self.client_id),
            ("name", &self.name),
            ("role_claim", &self.role_claim),
        ] {
            anyhow::ensure!(!value.trim().is_empty(), "sign_on.{what} must not be empty");
        }
        let RoleValues {
            reader,
            editor,
            admin,
        } = &self.roles;
        let mut values: Vec<&String> = [reader, editor, admin].into_iter().flatten().collect();
        anyhow::ensure!(
            !values.is_empty(),
            "sign_on.roles must say what stands in the claim {:?} of those who may sign in, such as \
             editor = [\"lots-editor\"]",
            self.role_claim
        );
        let all = values.len();
        values.sort();
        values.dedup();
        anyhow::ensure!(
            values.len() == all,
            "sign_on.roles must name each value for one role only"
        );
        anyhow::ensure!(
            self.office_claim.is_some() || self.offices.is_empty(),
            "sign_on.offices needs sign_on.office_claim, the claim that says for which office someone works"
        );
        Ok(())
    }
}

fn name() -> String {
    "OpenID Connect".to_owned()
}

fn scopes() -> Vec<String> {
    vec!["profile".to_owned()]
}

fn role_claim() -> String {
    "roles".to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> anyhow::Result<SignOnSettings> {
        let issuer = "issuer = \"https://login.example.se\"\nclient_id = \"lots\"\n";
        let settings: SignOnSettings = toml::from_str(&format!("{issuer}{text}"))?;
        settings.reasonable()?;
        Ok(settings)
    }

    #[test]
    fn what_makes_no_sense_is_refused_with_a_reason() {
        for (text, why) in [
            ("", "roles"),
            ("[roles]", "must say what stands in the claim \"roles\""),
            (
                "role_claim = \" \"\n[roles]\nreader = [\"a\"]",
                "role_claim",
            ),
            (
                "[roles]\nreader = [\"a\"]\nadmin = [\"a\"]",
                "one role only",
            ),
            ("[roles]\nboss = [\"a\"]", "boss"),
            (
                "[roles]\nreader = [\"a\"]\n[offices]\nx = \"offices/x\"",
                "office_claim",
            ),
        ] {
            let error = format!("{:#}", read(text).unwrap_err());
            assert!(error.contains(why), "{text}: {error}");
        }
    }

    #[test]
    fn the_secret_comes_from_the_environment_and_is_never_shown() {
        let mut settings = read("[roles]\neditor = [\"lots\"]").unwrap();
        assert_eq!(
            (settings.role_claim.as_str(), settings.scopes.len()),
            ("roles", 1)
        );
        settings.overlay(|name| (name == "LOTS_SIGN_ON_SECRET").then(|| "hemligt".to_owned()));
        assert_eq!(settings.client_secret.as_ref().unwrap().reveal(), "hemligt");
        let shown = format!("{settings:?}\n{}", toml::to_string(&settings).unwrap());
        assert!(!shown.contains("hemligt"), "{shown}");
    }
}
