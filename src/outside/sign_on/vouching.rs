//! Whom an ID token is for, once it has been verified, and what it says of them.

use std::collections::BTreeSet;

use openidconnect::core::CoreGenderClaim;
use openidconnect::{
    AccessTokenHash, ClaimsVerificationError, Nonce, OAuth2TokenResponse,
    SignatureVerificationError, TokenResponse,
};
use serde_json::{Map, Value};

use super::kinds::{Claims, Tokens};
use super::{Provider, Secrets, SignOn, SignOnError, Vouched, told};

/// What a provider says of someone.
struct Said {
    names: Vec<String>,
    claims: Map<String, Value>,
}

impl Said {
    fn says(&self, claim: &str) -> bool {
        held(&self.claims, claim).is_some()
    }
}

impl SignOn {
    /// Whom the tokens are for, once they have been verified.
    pub(super) async fn vouched(
        &self,
        provider: &Provider,
        tokens: &Tokens,
        secrets: &Secrets,
    ) -> Result<Vouched, SignOnError> {
        let unproven = |why: String| SignOnError::Unproven(why);
        let id_token = tokens.id_token();
        let id_token = id_token.ok_or_else(|| unproven("there is no ID token".to_owned()))?;
        let nonce = Nonce::new(secrets.nonce.clone());
        let client = self.client(provider);
        let newer;
        let mut verifier = client.id_token_verifier();
        let claims = match id_token.claims(&verifier, &nonce) {
            Err(ClaimsVerificationError::SignatureVerification(
                SignatureVerificationError::NoMatchingKey,
            )) => {
                // The provider has changed its keys since it was last asked for them.
                newer = self.client(&*self.provider(true).await?);
                verifier = newer.id_token_verifier();
                id_token.claims(&verifier, &nonce)
            }
            verified => verified,
        };
        let claims = claims.map_err(|error| unproven(told(&error)))?;
        if let Some(expected) = claims.access_token_hash() {
            let algorithm = id_token.signing_alg().map_err(|e| unproven(told(&e)))?;
            let key = id_token.signing_key(&verifier);
            let key = key.map_err(|e| unproven(told(&e)))?;
            let hash = AccessTokenHash::from_token(tokens.access_token(), algorithm, key);
            if hash.map_err(|e| unproven(told(&e)))? != *expected {
                let why = "the access token is not the one of the ID token";
                return Err(unproven(why.to_owned()));
            }
        }
        let mut said = Said {
            names: names(
                claims.preferred_username().map(|name| name.as_str()),
                claims.email().map(|address| address.as_str()),
            ),
            claims: claims.additional_claims().all.clone(),
        };
        let subject = claims.subject().clone();
        let registration = &self.registration;
        let is_all = !said.names.is_empty()
            && said.says(&registration.role_claim)
            && registration
                .office_claim
                .as_deref()
                .is_none_or(|claim| said.says(claim));
        if !is_all
            && let Ok(request) =
                client.user_info(tokens.access_token().clone(), Some(subject.clone()))
        {
            let more = request.request_async::<Claims, _, CoreGenderClaim>(&self.http);
            match more.await {
                Ok(more) => {
                    said.names.extend(names(
                        more.preferred_username().map(|name| name.as_str()),
                        more.email().map(|address| address.as_str()),
                    ));
                    for (claim, value) in &more.additional_claims().all {
                        // What is signed counts before what is not.
                        said.claims.entry(claim).or_insert_with(|| value.clone());
                    }
                }
                Err(error) if !said.says(&registration.role_claim) => {
                    return Err(SignOnError::Away(told(&error)));
                }
                Err(_) => {}
            }
        }
        Ok(Vouched {
            issuer: self.issuer.as_str().to_owned(),
            subject: subject.as_str().to_owned(),
            roles: values(&said.claims, &registration.role_claim),
            offices: match &registration.office_claim {
                Some(claim) => values(&said.claims, claim),
                None => BTreeSet::new(),
            },
            id_token: id_token.to_string(),
            names: said.names,
        })
    }
}

/// What someone may be called.
fn names(user: Option<&str>, address: Option<&str>) -> Vec<String> {
    let all = [user, address].into_iter().flatten();
    all.map(str::to_owned).collect()
}

/// A claim by its name, or within others, as in `realm_access.roles`.
fn held<'a>(claims: &'a Map<String, Value>, claim: &str) -> Option<&'a Value> {
    if let Some(value) = claims.get(claim) {
        return Some(value);
    }
    let (outer, inner) = claim.split_once('.')?;
    held(claims.get(outer)?.as_object()?, inner)
}

/// What a claim holds: one text or several, or the names of what it holds.
fn values(claims: &Map<String, Value>, claim: &str) -> BTreeSet<String> {
    match held(claims, claim) {
        Some(Value::String(text)) => BTreeSet::from([text.clone()]),
        Some(Value::Array(all)) => {
            let texts = all.iter().filter_map(Value::as_str);
            texts.map(str::to_owned).collect()
        }
        Some(Value::Object(all)) => all.keys().cloned().collect(),
        Some(Value::Null | Value::Bool(_) | Value::Number(_)) | None => BTreeSet::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_role_is_found_however_a_provider_writes_it() {
        let claims = serde_json::json!({
            "roles": ["Lots.Reader", "Lots.Editor", 7],
            "department": "Bygg",
            "realm_access": { "roles": ["staff"] },
            "https://example.se/roles": { "admin": { "org": "x" } },
            "a.b": "itself",
            "a": { "b": "within" },
            "none": null,
        });
        let claims = claims.as_object().unwrap();
        for (claim, expected) in [
            ("roles", &["Lots.Editor", "Lots.Reader"][..]),
            ("department", &["Bygg"]),
            ("realm_access.roles", &["staff"]),
            ("https://example.se/roles", &["admin"]),
            ("a.b", &["itself"]),
            ("none", &[]),
            ("nowhere.at.all", &[]),
            ("department.of", &[]),
        ] {
            let found: Vec<String> = values(claims, claim).into_iter().collect();
            assert_eq!(found, expected, "{claim}");
        }
    }
}
