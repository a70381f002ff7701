//! A transport for tests: scripted answers and a log of what was sent. Never part of the release bundle.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::rc::Rc;

use super::{Answer, BodyStream, Later, Transport};
use crate::api::error::ApiError;
use crate::api::request::Parts;

/// What the fake server answers.
#[derive(Clone, Debug)]
pub enum Reply {
    /// A status and a body; what is not a success becomes the error it would be.
    Body(u16, String),
    /// No answer.
    Lost,
}

/// A scripted server: a queue of replies for each `METHOD /path`. The last reply of a queue stays.
#[derive(Clone, Default)]
pub struct FakeTransport {
    script: Rc<RefCell<Vec<(String, VecDeque<Reply>)>>>,
    log: Rc<RefCell<Vec<(String, Option<String>)>>>,
}

impl FakeTransport {
    /// Adds a reply to the queue of `METHOD /path`.
    pub fn reply(&self, request: &str, reply: Reply) {
        let mut script = self.script.borrow_mut();
        if let Some((_, queue)) = script.iter_mut().find(|(known, _)| known == request) {
            queue.push_back(reply);
        } else {
            script.push((request.to_owned(), VecDeque::from([reply])));
        }
    }

    /// Everything that was sent: `METHOD /path` and the body.
    pub fn log(&self) -> Vec<(String, Option<String>)> {
        self.log.borrow().clone()
    }

    /// How many times `METHOD /path` was sent.
    pub fn count(&self, request: &str) -> usize {
        self.log.borrow().iter().filter(|(sent, _)| sent == request).count()
    }

    fn answer(&self, parts: &Parts) -> Result<Answer, ApiError> {
        let path = parts.path.clone()?;
        let request = [parts.method.as_str(), " ", path.as_str()].concat();
        self.log.borrow_mut().push((request.clone(), parts.body.clone()));
        let mut script = self.script.borrow_mut();
        let queue = script
            .iter_mut()
            .find(|(known, _)| *known == request)
            .map(|(_, queue)| queue);
        let reply = queue.and_then(|queue| {
            if queue.len() > 1 {
                queue.pop_front()
            } else {
                queue.front().cloned()
            }
        });
        match reply {
            Some(Reply::Body(status @ 200..=299, text)) => Ok(Answer { status, text }),
            Some(Reply::Body(status, text)) => Err(ApiError::from_answer(status, &text)),
            Some(Reply::Lost) => Err(ApiError::timeout()),
            None => Err(ApiError::from_answer(501, &request)),
        }
    }
}

impl Transport for FakeTransport {
    fn send<'a>(&'a self, parts: &'a Parts) -> Later<'a, Result<Answer, ApiError>> {
        Box::pin(async move { self.answer(parts) })
    }

    fn open<'a>(&'a self, parts: &'a Parts) -> Later<'a, Result<BodyStream, ApiError>> {
        Box::pin(async move { Ok(BodyStream::ready(self.answer(parts)?.text.into_bytes(), None)) })
    }
}
