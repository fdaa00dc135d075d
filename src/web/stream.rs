//! A connection whose other end has to take in what it asked for, so that nobody holds one by reading slowly.

use std::io::{Error, ErrorKind, IoSlice, Result};
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::time::{Instant, Sleep, sleep};

/// How long the other end may take in nothing.
const GRACE: Duration = Duration::from_secs(15);
/// How much longer it may take for each byte that it does take in: a thousand a second is slower than any line.
const A_BYTE: Duration = Duration::from_millis(1);

/// A stream that fails when what is written to it is taken in too slowly.
#[derive(Debug)]
pub(super) struct Stream<S> {
    inner: S,
    grace: Duration,
    /// Runs while something waits to be taken in.
    patience: Option<Pin<Box<Sleep>>>,
}

impl<S> Stream<S> {
    pub(super) fn new(inner: S) -> Stream<S> {
        Stream::with_grace(inner, GRACE)
    }

    fn with_grace(inner: S, grace: Duration) -> Stream<S> {
        Stream {
            inner,
            grace,
            patience: None,
        }
    }

    /// What became of a write, unless it has been waited for too long.
    fn watch(&mut self, cx: &mut Context<'_>, written: Poll<Result<usize>>) -> Poll<Result<usize>> {
        match written {
            Poll::Ready(Ok(bytes)) => {
                if let Some(patience) = &mut self.patience {
                    let bytes = u32::try_from(bytes).unwrap_or(u32::MAX);
                    // Never more than a fresh start: what was taken in fast is no leave to stop now.
                    let until = patience.deadline() + A_BYTE.saturating_mul(bytes);
                    patience
                        .as_mut()
                        .reset(until.min(Instant::now() + self.grace));
                }
                Poll::Ready(Ok(bytes))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => {
                let grace = self.grace;
                let patience = self.patience.get_or_insert_with(|| Box::pin(sleep(grace)));
                ready!(patience.as_mut().poll(cx));
                Poll::Ready(Err(Error::new(
                    ErrorKind::TimedOut,
                    "the other end takes in too little",
                )))
            }
        }
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for Stream<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<Result<()>> {
        Pin::new(&mut self.inner).poll_read(cx, buffer)
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for Stream<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write(cx, bytes);
        self.watch(cx, written)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[IoSlice<'_>],
    ) -> Poll<Result<usize>> {
        let written = Pin::new(&mut self.inner).poll_write_vectored(cx, slices);
        self.watch(cx, written)
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    /// What is to be flushed has all been written: nothing waits any longer.
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        let flushed = Pin::new(&mut self.inner).poll_flush(cx);
        if flushed.is_ready() {
            self.patience = None;
        }
        flushed
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt, duplex};

    const SHORT: Duration = Duration::from_millis(100);

    #[tokio::test]
    async fn whoever_takes_in_nothing_is_given_up() {
        let (ours, _theirs) = duplex(1_000);
        let mut stream = Stream::with_grace(ours, SHORT);
        let written = stream.write_all(&[0; 5_000]).await;
        assert_eq!(written.unwrap_err().kind(), ErrorKind::TimedOut);
    }

    #[tokio::test]
    async fn so_is_whoever_takes_in_a_little_now_and_then() {
        let (ours, mut theirs) = duplex(1_000);
        let reading = tokio::spawn(async move {
            while theirs.read_u8().await.is_ok() {
                sleep(SHORT / 3).await;
            }
        });
        let mut stream = Stream::with_grace(ours, SHORT);
        let written = stream.write_all(&[0; 50_000]).await;
        assert_eq!(written.unwrap_err().kind(), ErrorKind::TimedOut);
        reading.abort();
    }

    #[tokio::test]
    async fn a_slow_line_gets_all_of_a_long_answer() {
        let (ours, mut theirs) = duplex(1_000);
        let reading = tokio::spawn(async move {
            let (mut buffer, mut all) = ([0; 2_000], 0);
            while let Ok(read @ 1..) = theirs.read(&mut buffer).await {
                all += read;
                sleep(Duration::from_millis(1)).await;
            }
            all
        });
        let mut stream = Stream::new(ours);
        stream.write_all(&[0; 200_000]).await.unwrap();
        stream.flush().await.unwrap();
        drop(stream);
        assert_eq!(reading.await.unwrap(), 200_000);
    }
}
