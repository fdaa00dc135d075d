//! An identity provider that says what a test has it say: it speaks OpenID Connect over a real connection, signs with a
//! real key, and holds lots to PKCE, to its secret and to using a code once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::extract::{Form, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use lots::desk::{Role, SignOnRules};
use lots::outside::{Registration, SignOn};
use reqwest::Url;
use ring::signature::{Ed25519KeyPair, KeyPair};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

const CLIENT: &str = "lots";
const SECRET: &str = "mellan oss";

/// A provider that is served until it is dropped.
pub(crate) struct Provider {
    shared: Arc<Shared>,
    serving: JoinHandle<()>,
}

struct Shared {
    address: String,
    says: Mutex<Says>,
}

/// What it says when it is asked.
pub(crate) struct Says {
    /// Whether it answers at all.
    pub(crate) is_away: bool,
    /// What it says of itself besides the usual.
    pub(crate) metadata: Value,
    /// What stands in the ID token besides, or instead of, what should.
    pub(crate) claims: Value,
    /// What it says of someone when it is asked again.
    pub(crate) userinfo: Value,
    /// From which seed it makes the key that it signs with, and the one that it says it has.
    pub(crate) seeds: (u8, u8),
    /// How often it was asked about itself.
    pub(crate) discoveries: usize,
    /// Those who are to get tokens, by code: the challenge and the nonce.
    codes: HashMap<String, (String, String)>,
}

impl Provider {
    pub(crate) async fn open() -> Provider {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let says = Says {
            is_away: false,
            metadata: json!({}),
            claims: json!({ "sub": "4711", "preferred_username": "kim@provby.example", "roles": ["Editors"] }),
            userinfo: json!({}),
            seeds: (1, 1),
            discoveries: 0,
            codes: HashMap::new(),
        };
        let shared = Arc::new(Shared {
            address,
            says: Mutex::new(says),
        });
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(itself))
            .route("/keys", get(keys))
            .route("/token", post(token))
            .route("/userinfo", get(userinfo))
            .with_state(Arc::clone(&shared));
        let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
        Provider { shared, serving }
    }

    /// How lots is told of it. It leads back to Provby's own address.
    pub(crate) fn rules(&self) -> SignOnRules {
        let registration = Registration {
            issuer: self.shared.address.clone(),
            client_id: CLIENT.to_owned(),
            client_secret: Some(SECRET.to_owned()),
            scopes: vec!["profile".to_owned()],
            redirect: "http://127.0.0.1:8080/sign-on".to_owned(),
            after: "http://127.0.0.1:8080/sign-on/out".to_owned(),
            role_claim: "roles".to_owned(),
            office_claim: Some("department".to_owned()),
        };
        let roles = [
            ("Readers", Role::Reader),
            ("Editors", Role::Editor),
            ("Admins", Role::Admin),
        ];
        SignOnRules {
            provider: SignOn::new(registration).unwrap(),
            name: "Provby-id".to_owned(),
            help: "Provbys kundtjänst".to_owned(),
            roles: roles.map(|(value, role)| (value.to_owned(), role)).to_vec(),
            offices: vec![("Bygg".to_owned(), "offices/byggkontoret".to_owned())],
            decides_office: true,
        }
    }

    /// Its own address.
    pub(crate) fn issuer(&self) -> &str {
        &self.shared.address
    }

    /// What it says from now on.
    pub(crate) fn says(&self, change: impl FnOnce(&mut Says)) {
        change(&mut self.shared.says.lock().unwrap());
    }

    /// How often it was asked about itself.
    pub(crate) fn discoveries(&self) -> usize {
        self.shared.says.lock().unwrap().discoveries
    }

    /// Lets in whoever was led here; what their browser brings back, as the query of an address.
    #[track_caller]
    pub(crate) fn lets_in(&self, address: &str) -> Vec<(String, String)> {
        let asked = query(address);
        assert!(
            address.starts_with(&format!("{}/sign-in?", self.issuer())),
            "{address}"
        );
        assert_eq!(asked["response_type"], "code");
        assert_eq!(asked["client_id"], CLIENT);
        assert_eq!(asked["code_challenge_method"], "S256");
        assert_eq!(asked["scope"], "openid profile");
        let code = format!("code-{}", &asked["nonce"][..16]);
        let kept = (asked["code_challenge"].clone(), asked["nonce"].clone());
        self.says(|says| _ = says.codes.insert(code.clone(), kept));
        vec![
            ("state".to_owned(), asked["state"].clone()),
            ("code".to_owned(), code),
            ("iss".to_owned(), self.issuer().to_owned()),
        ]
    }
}

impl Drop for Provider {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

/// What stands in the query of an address.
pub(crate) fn query(address: &str) -> HashMap<String, String> {
    Url::parse(address)
        .unwrap()
        .query_pairs()
        .into_owned()
        .collect()
}

async fn itself(State(shared): State<Arc<Shared>>) -> Response {
    let mut says = shared.says.lock().unwrap();
    says.discoveries += 1;
    if says.is_away {
        return StatusCode::BAD_GATEWAY.into_response();
    }
    let at = |path: &str| format!("{}{path}", shared.address);
    let usual = json!({
        "issuer": shared.address,
        "authorization_endpoint": at("/sign-in"),
        "token_endpoint": at("/token"),
        "userinfo_endpoint": at("/userinfo"),
        "end_session_endpoint": at("/sign-out"),
        "jwks_uri": at("/keys"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["EdDSA"],
        "authorization_response_iss_parameter_supported": true,
    });
    Json(laid_over(usual, &says.metadata)).into_response()
}

async fn keys(State(shared): State<Arc<Shared>>) -> Json<Value> {
    let seed = shared.says.lock().unwrap().seeds.1;
    let x = base64(key(seed).public_key().as_ref());
    Json(json!({ "keys": [
        { "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": format!("key-{seed}"), "x": x },
    ] }))
}

async fn token(
    State(shared): State<Arc<Shared>>,
    headers: HeaderMap,
    Form(sent): Form<HashMap<String, String>>,
) -> Response {
    let refuse =
        |why: &str| (StatusCode::BAD_REQUEST, Json(json!({ "error": why }))).into_response();
    // The name and the secret, each as in the query of an address.
    let expected = format!("Basic {}", base64_padded(b"lots:mellan+oss"));
    if headers
        .get("authorization")
        .is_none_or(|sent| *sent != *expected)
    {
        return refuse("invalid_client");
    }
    let mut says = shared.says.lock().unwrap();
    let Some((challenge, nonce)) = says.codes.remove(&sent["code"]) else {
        return refuse("invalid_grant");
    };
    let shown = base64(&Sha256::digest(&sent["code_verifier"]));
    if shown != challenge || sent["redirect_uri"] != "http://127.0.0.1:8080/sign-on" {
        return refuse("invalid_grant");
    }
    let now = jiff::Timestamp::now().as_second();
    let usual = json!({ "iss": shared.address, "aud": CLIENT, "nonce": nonce, "iat": now, "exp": now + 60 });
    let id_token = signed(says.seeds.0, &laid_over(usual, &says.claims));
    Json(json!({ "access_token": "for userinfo", "token_type": "Bearer", "id_token": id_token }))
        .into_response()
}

async fn userinfo(State(shared): State<Arc<Shared>>, headers: HeaderMap) -> Response {
    if headers["authorization"] != "Bearer for userinfo" {
        return StatusCode::UNAUTHORIZED.into_response();
    }
    let says = shared.says.lock().unwrap();
    Json(laid_over(
        json!({ "sub": says.claims["sub"] }),
        &says.userinfo,
    ))
    .into_response()
}

/// An object with what stands in another over it; what is null there is taken out.
fn laid_over(usual: Value, over: &Value) -> Value {
    let mut all = usual.as_object().unwrap().clone();
    for (name, value) in over.as_object().unwrap() {
        match value {
            Value::Null => _ = all.remove(name),
            value => _ = all.insert(name.clone(), value.clone()),
        }
    }
    Value::Object(all)
}

/// Claims as a signed token.
fn signed(seed: u8, claims: &Value) -> String {
    let head = json!({ "alg": "EdDSA", "typ": "JWT", "kid": format!("key-{seed}") });
    let text = format!(
        "{}.{}",
        base64(head.to_string().as_bytes()),
        base64(claims.to_string().as_bytes())
    );
    let signature = key(seed).sign(text.as_bytes());
    format!("{text}.{}", base64(signature.as_ref()))
}

fn key(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).unwrap()
}

/// Base 64 as in tokens: with - and _, and nothing at its end.
fn base64(bytes: &[u8]) -> String {
    let text = base64_padded(bytes).replace('+', "-").replace('/', "_");
    text.trim_end_matches('=').to_owned()
}

fn base64_padded(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let group = |bytes: &[u8]| {
        let at = |i: usize| u32::from(bytes.get(i).copied().unwrap_or_default());
        let all = at(0) << 16 | at(1) << 8 | at(2);
        let sign = |i: usize| match bytes.len() >= i {
            true => char::from(SIGNS[(all >> (18 - 6 * i) & 63) as usize]),
            false => '=',
        };
        [0, 1, 2, 3].map(sign)
    };
    bytes.chunks(3).flat_map(group).collect()
}
