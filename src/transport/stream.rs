//! A body as it comes, in pieces of at most 32 kB in one reused buffer.

use js_sys::{Reflect, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::{ReadableStream, ReadableStreamDefaultReader};

use crate::api::error::ApiError;
use crate::browser::abort::Attempt;

/// Large pieces are cut: the decoder's buffer grows with them and wasm memory never shrinks.
const PIECE: u32 = 32 * 1024;

/// The body of an answer. Dropping it gives the rest up.
pub struct BodyStream {
    source: Source,
    buffer: Vec<u8>,
}

enum Source {
    Network {
        reader: ReadableStreamDefaultReader,
        attempt: Attempt,
        /// What the browser gave and what of it was not handed on yet.
        chunk: Option<(Uint8Array, u32)>,
    },
    /// A body that is there already, for tests.
    Ready {
        bytes: Vec<u8>,
        at: usize,
        end: Option<ApiError>,
    },
}

impl BodyStream {
    /// Reads from a fetched body; every piece gets the attempt's whole time.
    ///
    /// # Errors
    /// The answer has no body that can be read.
    pub fn new(body: Option<ReadableStream>, attempt: Attempt) -> Result<Self, ApiError> {
        let reader = body
            .map(|body| ReadableStreamDefaultReader::new(&body))
            .ok_or_else(|| ApiError::decode_message("no body"))?
            .map_err(|_| ApiError::decode_message("the body cannot be read"))?;
        Ok(Self {
            source: Source::Network {
                reader,
                attempt,
                chunk: None,
            },
            buffer: Vec::new(),
        })
    }

    /// A body that is there already and ends with `end`.
    pub fn ready(bytes: Vec<u8>, end: Option<ApiError>) -> Self {
        Self {
            source: Source::Ready { bytes, at: 0, end },
            buffer: Vec::new(),
        }
    }

    /// The next piece; `None` at the end.
    ///
    /// # Errors
    /// The connection broke, or nothing came for too long.
    pub async fn next(&mut self) -> Result<Option<&[u8]>, ApiError> {
        match &mut self.source {
            Source::Ready { bytes, at, end } => {
                let rest = bytes.get(*at..).unwrap_or_default();
                if rest.is_empty() {
                    return end.take().map_or(Ok(None), Err);
                }
                let piece = rest.get(..PIECE as usize).unwrap_or(rest);
                *at += piece.len();
                self.buffer.clear();
                self.buffer.extend_from_slice(piece);
            }
            Source::Network { reader, attempt, chunk } => {
                let (array, from) = match chunk.take() {
                    Some(rest) => rest,
                    None => match read(reader, attempt).await? {
                        Some(array) => (array, 0),
                        None => return Ok(None),
                    },
                };
                let to = array.length().min(from.saturating_add(PIECE));
                self.buffer.resize((to - from) as usize, 0);
                array.subarray(from, to).copy_to(&mut self.buffer);
                if to < array.length() {
                    *chunk = Some((array, to));
                }
            }
        }
        Ok(Some(&self.buffer))
    }
}

async fn read(reader: &ReadableStreamDefaultReader, attempt: &mut Attempt) -> Result<Option<Uint8Array>, ApiError> {
    attempt.restart();
    let result = JsFuture::from(reader.read()).await;
    let answer = result.map_err(|_| {
        if attempt.is_over_time() {
            ApiError::timeout()
        } else {
            ApiError::offline("")
        }
    })?;
    let field = |name: &str| Reflect::get(&answer, &JsValue::from_str(name)).unwrap_or(JsValue::UNDEFINED);
    if field("done").is_truthy() {
        return Ok(None);
    }
    field("value")
        .dyn_into::<Uint8Array>()
        .map(Some)
        .map_err(|_| ApiError::decode_message("no bytes in the body"))
}
