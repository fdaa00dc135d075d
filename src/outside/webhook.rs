//! Sending to a webhook, signed where the other side is a program that can tell.

use hmac::{Hmac, Mac};
use serde_json::Value;
use sha2::Sha256;

use super::client::{Client, Reply};
use super::undelivered::{Fault, Undelivered};

/// The delivery, the same whenever it is tried.
const DELIVERY: &str = "lots-delivery";
/// When it was signed, in seconds since 1970.
const TIMESTAMP: &str = "lots-timestamp";
/// What shows that it comes from whoever has the secret.
const SIGNATURE: &str = "lots-signature";

/// Sends a body once. `now` is in seconds since 1970. Fails when it is not taken; a redirect is not followed.
pub(in crate::outside) async fn post(
    client: &Client,
    address: &str,
    body: &Value,
    secret: &str,
    (id, now): (&str, i64),
) -> Result<(), Undelivered> {
    let (body, now) = (body.to_string(), now.to_string());
    let signature = signature(secret, &now, &body);
    let mut headers = vec![("content-type", "application/json"), (DELIVERY, id)];
    if let Some(signature) = &signature {
        headers.push((TIMESTAMP, &now));
        headers.push((SIGNATURE, signature));
    }
    taken(&client.post(address, &headers, body.into_bytes()).await?)
}

/// Whether the other side has taken it.
fn taken(reply: &Reply) -> Result<(), Undelivered> {
    let why = match reply.status {
        200..=299 => return Ok(()),
        401 | 403 => Fault::SignIn,
        404 | 410 => Fault::Gone,
        408 | 425 | 429 | 500..=599 => Fault::Busy,
        _ => Fault::Refused,
    };
    Err(Undelivered {
        why,
        // What else it says may be anything, and is shown to nobody.
        detail: reply.status.to_string(),
        wait: reply.retry_after,
    })
}

/// The signature of a body at a time: HMAC-SHA256 of the time, a full stop and the body, in hexadecimal; `None` without a
/// secret.
fn signature(secret: &str, timestamp: &str, body: &str) -> Option<String> {
    if secret.is_empty() {
        return None;
    }
    let mut mac = Hmac::<Sha256>::new_from_slice(secret.as_bytes()).ok()?;
    mac.update(timestamp.as_bytes());
    mac.update(b".");
    mac.update(body.as_bytes());
    let sum = mac.finalize().into_bytes();
    let hex: String = sum.iter().map(|b| format!("{b:02x}")).collect();
    Some(format!("sha256={hex}"))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn a_signature_is_of_the_time_and_the_body() {
        let signed = signature("hemlig", "1795435200", "{}");
        // Worked out with `printf '1795435200.{}' | openssl dgst -sha256 -hmac hemlig`.
        let expected = "sha256=facff871a93dd37226cc5db3d1f65cf0468c4921d142e5ba22bf76e5af0bb3d5";
        assert_eq!(signed.as_deref(), Some(expected));
        assert_ne!(signature("hemlig", "1795435201", "{}"), signed);
        assert_eq!(signature("", "1795435200", "{}"), None);
    }

    #[test]
    fn what_may_pass_is_told_from_what_will_not() {
        let outcome = |status| {
            let wait = Some(Duration::from_secs(5));
            let reply = Reply {
                status,
                retry_after: wait,
                body: Vec::new(),
            };
            taken(&reply).err().map(|e| (e.why, e.why.is_lasting()))
        };
        for status in [200, 202, 204] {
            assert_eq!(outcome(status), None, "{status}");
        }
        for status in [408, 429, 500, 503] {
            assert_eq!(outcome(status), Some((Fault::Busy, false)), "{status}");
        }
        assert_eq!(outcome(404), Some((Fault::Gone, true)));
        assert_eq!(outcome(410), Some((Fault::Gone, true)));
        assert_eq!(outcome(401), Some((Fault::SignIn, true)));
        assert_eq!(outcome(302), Some((Fault::Refused, true)));
        assert_eq!(outcome(400), Some((Fault::Refused, true)));
    }
}
