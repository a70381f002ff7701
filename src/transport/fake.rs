//! A transport for tests: scripted answers and a log of what was sent. Never part of the release bundle.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::future::pending;
use std::rc::Rc;

use super::{Answer, BodyStream, Later, Transport};
use crate::api::error::ApiError;
use crate::api::request::Parts;

/// What the fake server answers.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A status and a body; what is not a success becomes the error it would be.
    Body(u16, String),
    /// A success whose body breaks off after this much.
    Cut(String),
    /// No answer in time.
    Lost,
    /// No answer at all: the request stays on its way.
    Never,
}

/// What was sent: `METHOD /path` and the body.
pub type Sent = (String, Option<String>);

#[derive(Default)]
struct Server {
    script: Vec<(String, VecDeque<Reply>)>,
    log: Vec<Sent>,
}

/// A scripted server: a queue of replies for each `METHOD /path`. The last reply of a queue stays. Copies are the same
/// server.
#[derive(Clone, Default)]
pub struct FakeTransport {
    server: Rc<RefCell<Server>>,
}

impl FakeTransport {
    /// Adds a reply to the queue of `METHOD /path`.
    pub fn reply(&self, request: &str, reply: Reply) {
        let script = &mut self.server.borrow_mut().script;
        if let Some((_, queue)) = script.iter_mut().find(|(known, _)| known == request) {
            queue.push_back(reply);
        } else {
            script.push((request.to_owned(), VecDeque::from([reply])));
        }
    }

    /// Everything that was sent, in order.
    pub fn log(&self) -> Vec<Sent> {
        self.server.borrow().log.clone()
    }

    /// How many times `METHOD /path` was sent.
    pub fn count(&self, request: &str) -> usize {
        self.server
            .borrow()
            .log
            .iter()
            .filter(|(sent, _)| sent == request)
            .count()
    }

    fn take(&self, parts: &Parts) -> Result<Reply, ApiError> {
        let path = parts.path.clone()?;
        let request = [parts.method.as_str(), " ", path.as_str()].concat();
        let mut server = self.server.borrow_mut();
        server.log.push((request.clone(), parts.body.clone()));
        let queue = server.script.iter_mut().find(|(known, _)| *known == request);
        let reply = queue.and_then(|(_, queue)| {
            if queue.len() > 1 {
                queue.pop_front()
            } else {
                queue.front().cloned()
            }
        });
        // What nobody scripted is a mistake of the test, and should look like one.
        Ok(reply.unwrap_or(Reply::Body(501, request)))
    }
}

impl Transport for FakeTransport {
    fn send<'a>(&'a self, parts: &'a Parts) -> Later<'a, Result<Answer, ApiError>> {
        Box::pin(async move {
            match self.take(parts)? {
                Reply::Body(status @ 200..=299, text) => Ok(Answer { status, text }),
                Reply::Body(status, text) => Err(ApiError::from_answer(status, &text)),
                Reply::Cut(_) => Err(ApiError::offline("")),
                Reply::Lost => Err(ApiError::timeout()),
                Reply::Never => pending().await,
            }
        })
    }

    fn open<'a>(&'a self, parts: &'a Parts) -> Later<'a, Result<BodyStream, ApiError>> {
        Box::pin(async move {
            match self.take(parts)? {
                Reply::Body(200..=299, text) => Ok(BodyStream::ready(text.into_bytes(), None)),
                Reply::Body(status, text) => Err(ApiError::from_answer(status, &text)),
                Reply::Cut(text) => Ok(BodyStream::ready(text.into_bytes(), Some(ApiError::offline("")))),
                Reply::Lost => Err(ApiError::timeout()),
                Reply::Never => pending().await,
            }
        })
    }
}
