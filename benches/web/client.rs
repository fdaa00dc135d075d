//! A client that costs next to nothing: what it measures is the server.

use std::net::SocketAddr;

use anyhow::Context;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

/// A connection on which one request follows another.
pub(crate) struct Connection {
    stream: TcpStream,
    buffer: Vec<u8>,
}

impl Connection {
    pub(crate) async fn open(address: SocketAddr) -> anyhow::Result<Connection> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Connection {
            stream,
            buffer: Vec::new(),
        })
    }

    /// Asks for what is always the same.
    pub(crate) async fn constant(&mut self) -> anyhow::Result<()> {
        self.send("GET /healthz HTTP/1.1\r\nHost: lots\r\n\r\n")
            .await?;
        Ok(())
    }

    /// Asks a question as one client of many; the conversation that the answer names.
    pub(crate) async fn ask(
        &mut self,
        who: usize,
        text: &str,
        conversation: Option<&str>,
    ) -> anyhow::Result<String> {
        let mut body = serde_json::json!({ "text": text });
        if let Some(conversation) = conversation {
            body["conversation"] = conversation.into();
        }
        let body = body.to_string();
        let request = format!(
            "POST /api/v1/ask HTTP/1.1\r\nHost: lots\r\nContent-Type: application/json\r\n\
             X-Forwarded-For: 10.{}.{}.{}\r\nContent-Length: {}\r\n\r\n{body}",
            who >> 16 & 255,
            who >> 8 & 255,
            who & 255,
            body.len()
        );
        let answer = self.send(&request).await?;
        let named = answer
            .split_once("\"conversation\":\"")
            .and_then(|(_, rest)| rest.get(..28));
        Ok(named
            .context("the answer names no conversation")?
            .to_owned())
    }

    /// Sends a request and reads the whole of its answer; the body.
    async fn send(&mut self, request: &str) -> anyhow::Result<&str> {
        self.stream.write_all(request.as_bytes()).await?;
        self.buffer.clear();
        let head = loop {
            anyhow::ensure!(
                self.stream.read_buf(&mut self.buffer).await? > 0,
                "it was closed"
            );
            if let Some(end) = self.buffer.windows(4).position(|w| w == b"\r\n\r\n") {
                break end + 4;
            }
        };
        let said = std::str::from_utf8(&self.buffer[..head])?;
        anyhow::ensure!(said.starts_with("HTTP/1.1 200"), "{said}");
        let length = said.lines().find_map(|line| {
            line.to_ascii_lowercase()
                .strip_prefix("content-length: ")?
                .parse()
                .ok()
        });
        let length: usize = length.context("the answer does not say how long it is")?;
        while self.buffer.len() < head + length {
            anyhow::ensure!(
                self.stream.read_buf(&mut self.buffer).await? > 0,
                "it was closed"
            );
        }
        Ok(std::str::from_utf8(&self.buffer[head..])?)
    }
}
