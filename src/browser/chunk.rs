//! Parts of the program that are downloaded when they are first needed.
//!
//! In a release `wasm-split` cuts the program at the functions that [`chunk!`] declares (`scripts/split.mjs`); all that
//! only they reach goes into a file of its own. Everywhere else they are ordinary functions. `docs/size-budget.md` has
//! the reasons.

use std::future::Future;
use std::pin::Pin;

/// Work that waits for its part and then goes on in it.
pub type Working<T> = Pin<Box<dyn Future<Output = T>>>;

/// The part could not be downloaded: no connection, or a new version has taken its place. A further try may work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotLoaded;

#[cfg(split)]
impl From<leptos::wasm_split::SplitLoaderError> for NotLoaded {
    fn from(_: leptos::wasm_split::SplitLoaderError) -> Self {
        Self
    }
}

/// Declares a function that lives in a part of its own: `chunk!(part, load: fn name(argument: Type) -> Output { … })`.
///
/// Both `load()` and `name(…)` are asynchronous and say [`NotLoaded`] when the part cannot be had. After `load()` the
/// function answers at once: that of the function itself, each has its own. Functions of the same part travel together.
/// Without `load` it is for work that is waited for in any case.
macro_rules! chunk {
    ($part:ident $(, $load:ident)?: fn $name:ident($($argument:ident: $kind:ty),* $(,)?) -> $output:ty $body:block) => {
        #[cfg(split)]
        #[leptos::wasm_split::wasm_split($part, wasm_split_path = ::leptos::wasm_split, $(preload($load),)? fallible)]
        fn $name($($argument: $kind),*) -> Result<$output, $crate::browser::chunk::NotLoaded> {
            Ok($body)
        }

        #[cfg(not(split))]
        #[allow(clippy::unused_async, reason = "a release downloads the part here")]
        async fn $name($($argument: $kind),*) -> Result<$output, $crate::browser::chunk::NotLoaded> {
            Ok($body)
        }

        $(
            #[cfg(not(split))]
            #[allow(clippy::unused_async, reason = "a release downloads the part here")]
            async fn $load() -> Result<(), $crate::browser::chunk::NotLoaded> {
                Ok(())
            }
        )?
    };
}
pub(crate) use chunk;
