//! What staff are told outside the console: it gets there once, whatever the other side does, and holds up nobody.

mod sending;
mod telling;

use std::collections::VecDeque;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use hmac::{Hmac, Mac};
use lots::answering::Decision;
use lots::desk::{
    AuditFilter, Console, Courier, Delivery, DeliveryKind, DeliveryState, Desk, Pace, ReviewError,
    Role, SubscriptionForm, Wanted,
};
use lots::knowledge::{BestTime, Language};
use lots::outside::Couriers;
use serde_json::Value;
use sha2::Sha256;
use sqlx::{AssertSqlSafe, ConnectOptions, Executor};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

use crate::stage::{
    KNOWN, ROUTED, UNKNOWN, ask, becomes, bytes_of, desk_of, holds, on_postgres, provby, sqlite,
};

const PATIENCE: Duration = Duration::from_secs(20);
const SECRET: &str = "en hemlig nyckel";
const NUMBER: &str = "070-174 06 05";

/// A program that takes webhooks: it answers with these statuses first, and then that it has taken what came.
pub(super) struct Receiver {
    address: String,
    taken: Arc<Mutex<Vec<(HeaderMap, String)>>>,
    _serving: Ends,
}

pub(super) type Taken = (
    Arc<Mutex<Vec<(HeaderMap, String)>>>,
    Arc<Mutex<VecDeque<u16>>>,
);

impl Receiver {
    pub(super) async fn open(answers: &[u16]) -> Receiver {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = format!("http://{}/hemligt", listener.local_addr().unwrap());
        let taken = Arc::new(Mutex::new(Vec::new()));
        let answers = Arc::new(Mutex::new(VecDeque::from(answers.to_vec())));
        let take =
            async |State((taken, answers)): State<Taken>, headers: HeaderMap, body: String| {
                taken.lock().unwrap().push((headers, body));
                let answer = answers.lock().unwrap().pop_front().unwrap_or(202);
                StatusCode::from_u16(answer).unwrap()
            };
        let app = Router::new()
            .route("/hemligt", axum::routing::post(take))
            .with_state((Arc::clone(&taken), answers));
        let serving = tokio::spawn(async move { _ = axum::serve(listener, app).await });
        Receiver {
            address,
            taken,
            _serving: Ends(serving),
        }
    }

    pub(super) fn taken(&self) -> Vec<(HeaderMap, String)> {
        self.taken.lock().unwrap().clone()
    }

    /// What has it told every day.
    pub(super) fn form(&self) -> SubscriptionForm {
        SubscriptionForm {
            courier: "json".to_owned(),
            address: self.address.clone(),
            secret: SECRET.to_owned(),
            rhythm: "weekdays".to_owned(),
            hour: "8".to_owned(),
            office: String::new(),
            language: "sv".to_owned(),
            calls: false,
        }
    }
}

/// What ends when it is dropped.
pub(super) struct Ends(JoinHandle<()>);

impl Drop for Ends {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// A desk that sends, until what comes with it is dropped.
pub(super) async fn town(url: &str) -> (Arc<Desk>, Ends) {
    let desk = desk_of(provby(), url).await;
    let desk = Arc::new(
        desk.sending_by(couriers(), Some(console()))
            .sending_at(quick()),
    );
    let sending = send(&desk);
    (desk, sending)
}

pub(super) fn send(desk: &Arc<Desk>) -> Ends {
    let desk = Arc::clone(desk);
    Ends(tokio::spawn(async move { desk.deliver().await }))
}

pub(super) fn couriers() -> Couriers {
    Couriers::new(None, &["127.0.0.1"], "lots-test").unwrap()
}

pub(super) fn console() -> Console {
    Console {
        address: "https://lots.provby.example/".to_owned(),
        home: lots::web::console,
    }
}

pub(super) fn quick() -> Pace {
    Pace {
        first: Duration::from_millis(50),
        longest: Duration::from_millis(200),
        whole: PATIENCE,
        look: Duration::from_millis(50),
    }
}

pub(super) async fn subscribe(desk: &Desk, form: &SubscriptionForm) -> String {
    desk.review(&Desk::command_line())
        .subscribe(form)
        .await
        .unwrap()
}

pub(super) async fn subscribed_next(desk: &Desk) -> i64 {
    let all = desk
        .review(&Desk::command_line())
        .subscriptions()
        .await
        .unwrap();
    all[0].next_at
}

pub(super) async fn deliveries(desk: &Desk) -> Vec<Delivery> {
    desk.review(&Desk::command_line())
        .deliveries("")
        .await
        .unwrap()
}

/// How far the latest has come.
pub(super) async fn state_of(desk: &Desk) -> Option<DeliveryState> {
    deliveries(desk)
        .await
        .first()
        .map(|delivery| delivery.state)
}

/// Runs a statement past the store.
pub(super) async fn run(folder: &Path, statement: &str) {
    let options: sqlx::sqlite::SqliteConnectOptions = sqlite(folder).parse().unwrap();
    let mut connection = options.connect().await.unwrap();
    connection
        .execute(AssertSqlSafe(statement.to_owned()))
        .await
        .unwrap();
}
