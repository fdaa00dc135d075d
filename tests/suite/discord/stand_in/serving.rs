//! The servers: plain for who comes through the proxy's address, and with TLS for who believes to be calling Discord.

use std::net::SocketAddr;
use std::ops::{Deref, DerefMut};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use axum::Router;
use axum::extract::{self, FromRequestParts, State, WebSocketUpgrade};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Json, Response};
use axum::serve::Listener;
use serde_json::Value;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio_rustls::server::TlsStream;

use super::connection;
use super::faults::{self, Fault};
use super::routes::NO_JSON;
use super::world::{Request, World};

/// The largest body that is read.
const LARGEST_BODY: usize = 1 << 20;

/// The memory, and word of every change to it.
#[derive(Debug)]
pub(super) struct Shared {
    world: Mutex<World>,
    changed: watch::Sender<()>,
}

impl Shared {
    pub(super) fn new(world: World) -> Shared {
        Shared {
            world: Mutex::new(world),
            changed: watch::Sender::new(()),
        }
    }

    pub(super) fn look<T>(&self, look: impl FnOnce(&World) -> T) -> T {
        look(&self.world.lock().unwrap_or_else(PoisonError::into_inner))
    }

    pub(super) fn change<T>(&self, change: impl FnOnce(&mut World) -> T) -> T {
        change(&mut self.open())
    }

    /// Opens the memory for change. Whoever waits hears of it when it is closed again.
    pub(super) fn open(&self) -> Open<'_> {
        Open {
            world: self.world.lock().unwrap_or_else(PoisonError::into_inner),
            changed: &self.changed,
        }
    }

    /// Sees every change from now on.
    pub(super) fn changes(&self) -> watch::Receiver<()> {
        self.changed.subscribe()
    }
}

/// The memory, open for change.
pub(super) struct Open<'a> {
    world: MutexGuard<'a, World>,
    changed: &'a watch::Sender<()>,
}

impl Deref for Open<'_> {
    type Target = World;

    fn deref(&self) -> &World {
        &self.world
    }
}

impl DerefMut for Open<'_> {
    fn deref_mut(&mut self) -> &mut World {
        &mut self.world
    }
}

impl Drop for Open<'_> {
    fn drop(&mut self) {
        self.changed.send_replace(());
    }
}

/// Serves on a listener until word comes to stop.
pub(super) fn serve<L>(shared: Arc<Shared>, listener: L, mut stop: watch::Receiver<bool>)
where
    L: Listener<Addr = SocketAddr>,
{
    let router = Router::new().fallback(answer).with_state(shared);
    let stopped = async move { _ = stop.wait_for(|stop| *stop).await };
    let serving = axum::serve(listener, router).with_graceful_shutdown(stopped);
    tokio::spawn(async { serving.await });
}

/// A plain listener on loopback, without the delay that small answers would otherwise meet.
pub(super) struct Plain(TcpListener);

impl Plain {
    /// Listens on a free port.
    pub(super) async fn open() -> (Plain, SocketAddr) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        (Plain(listener), address)
    }
}

impl Listener for Plain {
    type Io = TcpStream;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TcpStream, SocketAddr) {
        loop {
            if let Ok((stream, from)) = self.0.accept().await
                && stream.set_nodelay(true).is_ok()
            {
                return (stream, from);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.0.local_addr()
    }
}

/// A listener that shows a certificate for Discord's name.
pub(super) struct Tls {
    plain: Plain,
    acceptor: TlsAcceptor,
}

impl Tls {
    /// Listens on a free port; its address, and the certificate to trust.
    pub(super) async fn open() -> (Tls, SocketAddr, Vec<u8>) {
        let named = rcgen::generate_simple_self_signed(["discord.com".to_owned()]).unwrap();
        let certificate = named.cert.der().to_vec();
        let key = PrivateKeyDer::try_from(named.signing_key.serialize_der()).unwrap();
        let config = ServerConfig::builder()
            .with_no_client_auth()
            .with_single_cert(vec![CertificateDer::from(certificate.clone())], key)
            .unwrap();
        let (plain, address) = Plain::open().await;
        let acceptor = TlsAcceptor::from(Arc::new(config));
        (Tls { plain, acceptor }, address, certificate)
    }
}

impl Listener for Tls {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (TlsStream<TcpStream>, SocketAddr) {
        loop {
            let (stream, from) = self.plain.accept().await;
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, from);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<SocketAddr> {
        self.plain.local_addr()
    }
}

/// Answers any request: it is noted, meets the fault that was planned for it, and is done.
async fn answer(State(shared): State<Arc<Shared>>, request: extract::Request) -> Response {
    let (request, upgrade) = read(request).await;
    let (number, fault) = shared.change(|world| {
        world.requests.push(request.clone());
        (world.requests.len() - 1, world.meet_fault(&request))
    });
    let response = match fault {
        Some(Fault::RouteLimit(wait)) => faults::limited(wait, false, true),
        Some(Fault::GlobalLimit(wait)) => faults::limited(wait, true, true),
        Some(Fault::BareLimit(wait)) => faults::limited(wait, false, false),
        Some(Fault::Broken(status)) => faults::broken(status),
        Some(Fault::Lost(status)) => {
            _ = act(&shared, &request, upgrade);
            faults::broken(status)
        }
        Some(Fault::Slow(wait)) => {
            tokio::time::sleep(wait).await;
            act(&shared, &request, upgrade)
        }
        None => act(&shared, &request, upgrade),
    };
    shared.change(|world| world.requests[number].status = Some(response.status().as_u16()));
    response
}

/// Does what a request asks for: opens the gateway, or what the routes say.
fn act(shared: &Arc<Shared>, request: &Request, upgrade: Option<WebSocketUpgrade>) -> Response {
    if let Some(upgrade) = upgrade {
        let shared = Arc::clone(shared);
        return upgrade.on_upgrade(|socket| connection::carry(shared, socket));
    }
    match shared.change(|world| world.answer(request)) {
        Ok((status, Value::Null)) => StatusCode::from_u16(status).unwrap().into_response(),
        Ok((status, body)) => (StatusCode::from_u16(status).unwrap(), Json(body)).into_response(),
        Err(refusal) => {
            let status = StatusCode::from_u16(refusal.status).unwrap();
            (status, Json(refusal.body())).into_response()
        }
    }
}

/// Reads a request, and the wish to make a websocket of it.
async fn read(request: extract::Request) -> (Request, Option<WebSocketUpgrade>) {
    let (mut parts, body) = request.into_parts();
    let at = Instant::now();
    let upgrade = WebSocketUpgrade::from_request_parts(&mut parts, &())
        .await
        .ok();
    let body = axum::body::to_bytes(body, LARGEST_BODY)
        .await
        .unwrap_or_default();
    let body = match serde_json::from_slice(&body) {
        _ if body.is_empty() => Value::Null,
        Ok(body) => body,
        Err(_) => Value::String(NO_JSON.to_owned()),
    };
    let authorization = parts.headers.get("authorization");
    let path = parts.uri.path();
    let request = Request {
        method: parts.method.to_string(),
        path: path.strip_prefix("/api/v10").unwrap_or(path).to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        body,
        at,
        status: None,
        authorization: authorization
            .and_then(|v| v.to_str().ok())
            .map(str::to_owned),
    };
    (request, upgrade)
}
