//! The connections: taken one by one, never more than there is room for, and finished when the program ends.

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tower::ServiceExt;

/// How long a client may take to send the head of a request, and how long a connection may lie idle.
const HEAD: Duration = Duration::from_secs(15);
/// How long what is under way may take when the program ends.
const ENDING: Duration = Duration::from_secs(8);
/// How many connections are held at once; more wait in the system's queue.
const CONNECTIONS: usize = 4_096;

/// Who is at the other end of a connection: the client, or a proxy.
#[derive(Clone, Copy, Debug)]
pub(super) struct Peer(pub(super) SocketAddr);

/// Serves until `shutdown` ends, then finishes what is under way.
pub(super) async fn serve(
    listener: TcpListener,
    app: Router,
    shutdown: impl Future<Output = ()> + Send,
) -> anyhow::Result<()> {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    let graceful = GracefulShutdown::new();
    tokio::pin!(shutdown);
    loop {
        let accepted = async {
            let place = Arc::clone(&room).acquire_owned().await;
            (place, listener.accept().await)
        };
        let (place, accepted) = tokio::select! {
            () = &mut shutdown => break,
            accepted = accepted => accepted,
        };
        let (stream, peer) = match accepted {
            Ok(connection) => connection,
            Err(error) => {
                // Most often too many open files: waiting is all that helps.
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(Duration::from_millis(100)).await;
                continue;
            }
        };
        let connection = graceful.watch(connection(stream, peer, app.clone()));
        tokio::spawn(async move {
            // A client that goes away in the middle is no fault of anyone's.
            _ = connection.await;
            drop(place);
        });
    }
    drop(listener);
    if tokio::time::timeout(ENDING, graceful.shutdown())
        .await
        .is_err()
    {
        tracing::warn!("not every request could be finished in time");
    }
    Ok(())
}

/// A connection that serves requests one after another.
fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    app: Router,
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
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service))
}
