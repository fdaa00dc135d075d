//! The connections: taken one by one, never more than there is room for, and finished when the program ends.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::ServiceExt;

use super::client::Client;
use super::site::Site;
use super::stream::Stream;

/// How long a client may take to send the head of a request, and how long a connection may lie idle.
const HEAD: Duration = Duration::from_secs(15);
/// How long what is under way may take when the program ends.
const ENDING: Duration = Duration::from_secs(8);
/// How many connections are held at once; more wait in the system's queue.
const CONNECTIONS: usize = 4_096;
/// How many of them one client may hold: a school behind one address has room, and nobody fills the house alone.
const OF_ONE_CLIENT: usize = 512;

/// Who is at the other end of a connection: the client, or a proxy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Serves until `shutdown` ends, then finishes what is under way. Whoever comes meanwhile hears that the site is ending.
pub(super) async fn serve(
    listener: TcpListener,
    app: Router,
    site: &Site,
    shutdown: impl Future<Output = ()> + Send,
) -> anyhow::Result<()> {
    let room = Room::new(&site.settings.trusted_proxies);
    let graceful = GracefulShutdown::new();
    tokio::pin!(shutdown);
    loop {
        let (stream, peer, place) = tokio::select! {
            () = &mut shutdown => break,
            accepted = accept(&listener, &room) => accepted,
        };
        let served = connection(stream, peer, app.clone(), true);
        let served = graceful.watch(served);
        tokio::spawn(async move {
            // A client that goes away in the middle is no fault of anyone's.
            _ = served.await;
            drop(place);
        });
    }
    site.end();
    let finished = tokio::time::timeout(ENDING, graceful.shutdown());
    tokio::pin!(finished);
    loop {
        let (stream, peer, place) = tokio::select! {
            outcome = &mut finished => {
                if outcome.is_err() {
                    tracing::warn!("not every request could be finished in time");
                }
                return Ok(());
            }
            accepted = accept(&listener, &room) => accepted,
        };
        let served = connection(stream, peer, app.clone(), false);
        tokio::spawn(async move {
            _ = served.await;
            drop(place);
        });
    }
}

/// The next connection there is room for.
async fn accept(listener: &TcpListener, room: &Arc<Room>) -> (TcpStream, SocketAddr, Place) {
    loop {
        let whole = room.whole().await;
        match listener.accept().await {
            Ok((stream, peer)) => {
                // Who holds too many already is not let in; closing the connection says so.
                if let Some(place) = room.place(whole, peer.ip()) {
                    return (stream, peer, place);
                }
            }
            Err(error) => {
                // Most often too many open files: waiting is all that helps.
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
            }
        }
    }
}

/// A connection that serves requests one after another, or one only.
fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    app: Router,
    keep_alive: bool,
) -> impl hyper_util::server::graceful::GracefulConnection<Error = hyper::Error> {
    // Answers are small and written at once.
    _ = stream.set_nodelay(true);
    let service = app.map_request(move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(Peer(peer));
        request.map(axum::body::Body::new)
    });
    http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD)
        .keep_alive(keep_alive)
        .serve_connection(
            TokioIo::new(Stream::new(stream)),
            TowerToHyperService::new(service),
        )
}

/// The room for connections, and who has how much of it.
#[derive(Debug)]
struct Room {
    whole: Arc<Semaphore>,
    held: Mutex<HashMap<Client, usize>>,
    /// Those that stand for many, and are bounded only by the whole.
    proxies: Vec<IpAddr>,
}

/// A place in the room, which is given back when it is dropped.
#[derive(Debug)]
struct Place {
    room: Arc<Room>,
    client: Option<Client>,
    _whole: Option<OwnedSemaphorePermit>,
}

impl Room {
    fn new(proxies: &[IpAddr]) -> Arc<Room> {
        Arc::new(Room {
            whole: Arc::new(Semaphore::new(CONNECTIONS)),
            held: Mutex::default(),
            proxies: proxies.to_vec(),
        })
    }

    /// Waits until there is room for one more. The room is never closed, so that there is some in the end.
    async fn whole(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.whole).acquire_owned().await.ok()
    }

    /// A place for a connection from an address; `None` when whoever is there holds too many.
    fn place(self: &Arc<Self>, whole: Option<OwnedSemaphorePermit>, peer: IpAddr) -> Option<Place> {
        let client = (!self.proxies.contains(&peer.to_canonical())).then(|| Client::at(peer));
        if let Some(client) = client {
            let mut held = self.held.lock().unwrap_or_else(PoisonError::into_inner);
            let count = held.entry(client).or_default();
            if *count >= OF_ONE_CLIENT {
                return None;
            }
            *count += 1;
        }
        metrics::gauge!("lots_http_connections").increment(1.0);
        Some(Place {
            room: Arc::clone(self),
            client,
            _whole: whole,
        })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        metrics::gauge!("lots_http_connections").decrement(1.0);
        let Some(client) = self.client else { return };
        let mut held = self
            .room
            .held
            .lock()
            .unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = held.get_mut(&client) {
            *count -= 1;
            if *count == 0 {
                held.remove(&client);
            }
        }
    }
}
