//! Owns the connections: each can be reset under the answer that would be written to it.

use std::io::{self, IoSlice};
use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::extract::connect_info::Connected;
use axum::serve::{IncomingStream, Listener};
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::{TcpListener, TcpStream};

use crate::errors;

/// Accepts connections that can be reset.
pub struct Wires(pub TcpListener);

/// One connection.
pub struct Wire {
    stream: TcpStream,
    handle: Handle,
}

/// What the calls of a connection know of it.
#[derive(Debug, Clone)]
pub struct Handle {
    /// Who is at the other end.
    pub peer: SocketAddr,
    state: Arc<State>,
}

#[derive(Debug, Default)]
struct State {
    had_a_call: AtomicBool,
    is_to_be_reset: AtomicBool,
}

impl Handle {
    /// Counts a call; says whether there was one before. Browsers repeat a call by themselves, even a write, when such
    /// a connection breaks before anything of the answer came.
    pub fn begin_call(&self) -> bool {
        self.state.had_a_call.swap(true, Ordering::Relaxed)
    }

    /// Breaks the connection as soon as something is to be written to it.
    pub fn reset(&self) {
        self.state.is_to_be_reset.store(true, Ordering::Relaxed);
    }
}

impl Listener for Wires {
    type Io = Wire;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        let (stream, peer) = Listener::accept(&mut self.0).await;
        // Without it the last piece of an answer may wait for the browser's acknowledgement.
        if let Err(error) = stream.set_nodelay(true) {
            errors::report(&error);
        }
        let handle = Handle {
            peer,
            state: Arc::default(),
        };
        (Wire { stream, handle }, peer)
    }

    fn local_addr(&self) -> io::Result<Self::Addr> {
        self.0.local_addr()
    }
}

impl Connected<IncomingStream<'_, Wires>> for Handle {
    fn connect_info(stream: IncomingStream<'_, Wires>) -> Self {
        stream.io().handle.clone()
    }
}

impl Wire {
    /// Fails when the connection is to be reset. The server then drops it, and without lingering that is a reset: what
    /// the other end has not read yet is lost.
    fn check(&self) -> io::Result<()> {
        if !self.handle.state.is_to_be_reset.load(Ordering::Relaxed) {
            return Ok(());
        }
        self.stream.set_zero_linger()?;
        Err(io::ErrorKind::ConnectionReset.into())
    }
}

impl AsyncRead for Wire {
    fn poll_read(mut self: Pin<&mut Self>, cx: &mut Context<'_>, into: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_read(cx, into)
    }
}

impl AsyncWrite for Wire {
    fn poll_write(mut self: Pin<&mut Self>, cx: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write(cx, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        pieces: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_write_vectored(cx, pieces)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.check()?;
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}
