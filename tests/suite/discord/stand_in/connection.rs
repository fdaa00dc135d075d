//! One connection to the gateway: frames in and out of a websocket.

use std::sync::Arc;
use std::time::Duration;

use axum::extract::ws::{CloseFrame, Message, WebSocket};
use serde_json::Value;
use tokio::sync::mpsc;

use super::gateway::Outgoing;
use super::serving::Shared;

/// How long a client that was told of the end gets to say goodbye.
const GOODBYE: Duration = Duration::from_secs(1);

/// Carries frames until either side ends the connection.
pub(super) async fn carry(shared: Arc<Shared>, mut socket: WebSocket) {
    let (outlet, mut outgoing) = mpsc::unbounded_channel();
    let number = shared.change(|world| world.connect(outlet));
    let code = loop {
        tokio::select! {
            frame = socket.recv() => match frame {
                Some(Ok(Message::Text(text))) => {
                    // What is no JSON is for the gateway to complain of.
                    let frame = serde_json::from_str(&text).unwrap_or(Value::Null);
                    shared.change(|world| world.received(number, &frame));
                }
                Some(Ok(Message::Close(frame))) => {
                    read_out(&mut socket).await;
                    break frame.map(|frame| frame.code);
                }
                Some(Ok(_)) => {}
                Some(Err(_)) | None => break None,
            },
            next = outgoing.recv() => match next {
                Some(Outgoing::Frame(frame)) => {
                    if socket.send(Message::text(frame.to_string())).await.is_err() {
                        break None;
                    }
                }
                Some(Outgoing::Close(code)) => {
                    shared.change(|world| world.gateway.closed.push(code));
                    say_goodbye(&mut socket, code).await;
                    break None;
                }
                Some(Outgoing::Break) | None => break None,
            },
        }
    };
    shared.change(|world| world.disconnected(number, code));
}

/// Closes with a code.
async fn say_goodbye(socket: &mut WebSocket, code: u16) {
    let reason = "".into();
    let frame = CloseFrame { code, reason };
    if socket.send(Message::Close(Some(frame))).await.is_ok() {
        read_out(socket).await;
    }
}

/// Reads until the client has gone. An answer to its goodbye is sent only while reading, and what is left unread would
/// reset the connection before the client has seen ours.
async fn read_out(socket: &mut WebSocket) {
    let rest = async { while let Some(Ok(_)) = socket.recv().await {} };
    _ = tokio::time::timeout(GOODBYE, rest).await;
}
