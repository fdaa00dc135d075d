//! A server for tests: what each path answers, and what was asked of it.

use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;

/// What was asked, in order: the method and the path, as in `GET /robots.txt`.
pub(in crate::outside) type Asked = Arc<Mutex<Vec<String>>>;

/// A server that answers each path, or each method and path, with what is given for it from the status on, and leaves
/// any other without an answer; where it stands, and what it is asked. Fails when there is no port to be had.
pub(in crate::outside) async fn serve(
    pages: &'static [(&'static str, &'static str)],
) -> std::io::Result<(String, Asked)> {
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let at = listener.local_addr()?;
    let asked = Asked::default();
    let log = Arc::clone(&asked);
    tokio::spawn(async move {
        while let Ok((mut stream, _)) = listener.accept().await {
            let log = Arc::clone(&log);
            tokio::spawn(async move {
                let mut head = vec![0; 4096];
                let n = stream.read(&mut head).await.unwrap_or(0);
                let head = String::from_utf8_lossy(&head[..n]).into_owned();
                let line: Vec<&str> = head.split(' ').take(2).collect();
                let [method, path] = line[..] else { return };
                let line = format!("{method} {path}");
                log.lock()
                    .unwrap_or_else(PoisonError::into_inner)
                    .push(line.clone());
                let named = |name: &str| pages.iter().find(|(p, _)| *p == name);
                match named(&line).or(named(path)) {
                    Some((_, answer)) => {
                        let (head, body) = answer.split_once("\r\n\r\n").unwrap_or((answer, ""));
                        let length = body.len();
                        let body = if method == "HEAD" { "" } else { body };
                        let whole = format!(
                            "HTTP/1.1 {head}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
                        );
                        _ = stream.write_all(whole.as_bytes()).await;
                    }
                    None => std::future::pending().await,
                }
            });
        }
    });
    Ok((format!("http://{at}"), asked))
}
