//! The body of `GET /users`, decoded while it arrives, one element at a time.

use std::ops::ControlFlow;

use crate::error::{DecodeError, EXCERPT_BYTES};
use crate::user::UserRef;

/// No element may be longer than this. A user with 10,000 groups has a quarter of a megabyte; what is longer is not a user,
/// and waiting for its end would fill the memory.
pub const MAX_ELEMENT_BYTES: usize = 4 * 1024 * 1024;

/// Up to this many bytes an unfinished element is tried again with every piece; beyond it only when it has doubled, so
/// that a long element costs a few times its length and not its square.
const RETRY_BYTES: usize = 64 * 1024;

/// Takes the elements of a list as they are decoded.
pub trait Sink {
    /// Takes one element; breaks if it wants no more.
    fn take(&mut self, user: &UserRef<'_>) -> ControlFlow<()>;
}

/// What a [`Decoder::step`] ended with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// As many rows as were asked for; there may be more in what was pushed.
    Full,
    /// What was pushed is used up: push the next piece, or finish.
    Hungry,
    /// The sink wants no more.
    Stopped,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum State {
    /// Before the opening bracket.
    Start,
    /// Before an element, or before the closing bracket if the list is empty.
    First,
    /// Before an element, after a comma.
    Element,
    /// Between an element and the comma or closing bracket.
    After,
    /// After the closing bracket.
    End,
    Failed(DecodeError),
}

/// A decoder for one body. Push a piece (32 kB are good), step until [`Step::Hungry`], push the next piece, finish:
///
/// ```
/// use roost_list::{Decoder, Step, Store};
///
/// let mut store = Store::new();
/// let mut decoder = Decoder::new();
/// for piece in [r#"[{"id":"1","name":"Ada"},{"id"#, r#"":"2"}]"#] {
///     decoder.push(piece.as_bytes());
///     while decoder.step(&mut store, 40)? == Step::Full {
///         // look at the clock, draw, go on
///     }
/// }
/// decoder.finish(&mut store)?;
/// assert_eq!(store.len(), 2);
/// # Ok::<(), roost_list::DecodeError>(())
/// ```
///
/// An error ends the decoding: every later call answers the same error. The rows before it are in the sink.
#[derive(Debug)]
pub struct Decoder {
    buffer: Vec<u8>,
    /// Bytes of `buffer` that are used up.
    used: usize,
    /// Length of the unfinished element at which it is worth trying again.
    retry_at: usize,
    state: State,
    rows: usize,
}

impl Default for Decoder {
    fn default() -> Self {
        Self::new()
    }
}

impl Decoder {
    /// A decoder before the first byte.
    pub fn new() -> Self {
        Self {
            buffer: Vec::new(),
            used: 0,
            retry_at: 0,
            state: State::Start,
            rows: 0,
        }
    }

    /// Elements decoded so far.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Whether the closing bracket has come: every row is there.
    pub fn has_ended(&self) -> bool {
        self.state == State::End
    }

    /// Adds the next bytes of the body. They are copied: the caller may reuse its buffer.
    pub fn push(&mut self, piece: &[u8]) {
        // What is used up goes first, so the buffer never holds more than one element and one piece.
        self.buffer.drain(..self.used.min(self.buffer.len()));
        self.used = 0;
        self.buffer.extend_from_slice(piece);
    }

    /// Decodes at most `max_rows` elements into `sink`.
    ///
    /// # Errors
    /// The body is not a list of users; see [`DecodeError`].
    pub fn step(&mut self, sink: &mut dyn Sink, max_rows: usize) -> Result<Step, DecodeError> {
        for _ in 0..max_rows {
            match self.advance(sink, false) {
                Ok(None) => {}
                Ok(Some(step)) => return Ok(step),
                Err(error) => return Err(self.fail(error)),
            }
        }
        Ok(Step::Full)
    }

    /// Decodes what is left and says whether the list was complete.
    ///
    /// # Errors
    /// The body is not a list of users, or it ends before the list does.
    pub fn finish(&mut self, sink: &mut dyn Sink) -> Result<(), DecodeError> {
        loop {
            match self.advance(sink, true) {
                Ok(None) => {}
                Ok(Some(Step::Stopped)) => return Ok(()),
                Ok(Some(_)) => break,
                Err(error) => return Err(self.fail(error)),
            }
        }
        match self.state {
            State::End => Ok(()),
            State::Start if self.pending().is_empty() => Err(self.fail(DecodeError::Empty)),
            State::Start => Err(self.fail(DecodeError::not_a_list(self.pending()))),
            _ => Err(self.fail(DecodeError::Incomplete { rows: self.rows })),
        }
    }

    /// Goes on to the end of the next element. `None` = one was taken; else why not.
    fn advance(&mut self, sink: &mut dyn Sink, last: bool) -> Result<Option<Step>, DecodeError> {
        loop {
            let blank = self
                .pending()
                .iter()
                .take_while(|byte| b" \t\r\n".contains(byte))
                .count();
            self.used += blank;
            let Some(&next) = self.pending().first() else {
                return if let State::Failed(error) = &self.state {
                    Err(error.clone())
                } else {
                    Ok(Some(Step::Hungry))
                };
            };
            self.state = match (&self.state, next) {
                (State::Failed(error), _) => return Err(error.clone()),
                (State::Start, b'[') => State::First,
                (State::Start, _) => return self.start_without_bracket(last),
                (State::First | State::After, b']') => State::End,
                (State::First | State::Element, _) => return self.element(sink, last),
                (State::After, b',') => State::Element,
                (State::After, _) => return Err(DecodeError::Separator { number: self.rows }),
                (State::End, _) => return Err(DecodeError::Trailing),
            };
            self.used += 1;
        }
    }

    /// `null` is what Go writes for a list that was never made; anything else is not a list.
    fn start_without_bracket(&mut self, last: bool) -> Result<Option<Step>, DecodeError> {
        let pending = self.pending();
        if pending.starts_with(b"null") {
            self.used += 4;
            self.state = State::End;
            // The bytes after it are looked at with the next call; there is no row in them.
            Ok(None)
        } else if b"null".starts_with(pending) || (pending.len() < EXCERPT_BYTES && !last) {
            // Wait for enough to show, so that the error does not depend on how the body was cut.
            Ok(Some(Step::Hungry))
        } else {
            Err(DecodeError::not_a_list(pending))
        }
    }

    fn element(&mut self, sink: &mut dyn Sink, last: bool) -> Result<Option<Step>, DecodeError> {
        let pending = self.buffer.get(self.used..).unwrap_or_default();
        if pending.len() < self.retry_at && !last {
            return Ok(Some(Step::Hungry));
        }
        let number = self.rows + 1;
        let mut elements = serde_json::Deserializer::from_slice(pending).into_iter::<UserRef<'_>>();
        match elements.next() {
            Some(Ok(user)) => {
                let wish = sink.take(&user);
                self.used += elements.byte_offset();
                self.retry_at = 0;
                self.rows = number;
                self.state = State::After;
                Ok(wish.is_break().then_some(Step::Stopped))
            }
            Some(Err(error)) if !error.is_eof() => Err(DecodeError::element(number, &error)),
            _ if pending.len() > MAX_ELEMENT_BYTES => Err(DecodeError::ElementTooLong { number }),
            _ => {
                self.retry_at = if pending.len() > RETRY_BYTES {
                    pending.len() * 2
                } else {
                    0
                };
                Ok(Some(Step::Hungry))
            }
        }
    }

    fn pending(&self) -> &[u8] {
        self.buffer.get(self.used..).unwrap_or_default()
    }

    fn fail(&mut self, error: DecodeError) -> DecodeError {
        self.state = State::Failed(error.clone());
        error
    }
}
