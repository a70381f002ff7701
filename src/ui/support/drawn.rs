//! Owns views that are drawn at once: what every component returns.
//!
//! Leptos keeps a view as a typed description until somebody mounts it, and compiles for each type how to build it, how
//! to lay a second one over it, how to move and how to drop it. Here a description is built where it is written, and one
//! concrete type carries the result. A second view of the same place replaces the first instead of being compared
//! with it; what changes inside a view changes by its signals. That keeps a tenth of the program off the wire
//! (`docs/size-budget.md`).

use std::sync::Arc;

use leptos::attr::Attribute;
use leptos::attr::any_attribute::AnyAttribute;
use leptos::children::ToChildren;
use leptos::prelude::*;
use leptos::tachys::hydration::Cursor;
use leptos::tachys::renderer::types::{Element, Node};
use leptos::tachys::view::{Mountable, Position, PositionState};
use send_wrapper::SendWrapper;

/// A view whose elements exist and wait for their place in the document. Its effects belong to the owner it was drawn
/// under.
pub struct Drawn(SendWrapper<Box<dyn Mountable>>);

impl Drawn {
    /// What has been built already, by other means than a description.
    pub fn of(built: impl Mountable + 'static) -> Self {
        Self(SendWrapper::new(Box::new(built)))
    }
}

/// Turns a description into a view.
pub trait Draw {
    /// Builds its elements and starts its effects, now.
    fn draw(self) -> Drawn;
}

impl<T: Render> Draw for T
where
    T::State: 'static,
{
    fn draw(self) -> Drawn {
        Drawn::of(self.build())
    }
}

/// A drawn view in its place.
pub struct Placed(Box<dyn Mountable>);

impl Render for Drawn {
    type State = Placed;

    fn build(self) -> Placed {
        Placed(self.0.take())
    }

    fn rebuild(self, place: &mut Placed) {
        let mut old = std::mem::replace(place, self.build());
        old.insert_before_this(place);
        old.unmount();
    }
}

impl Mountable for Placed {
    fn unmount(&mut self) {
        self.0.unmount();
    }

    fn mount(&mut self, parent: &Element, marker: Option<&Node>) {
        self.0.mount(parent, marker);
    }

    fn insert_before_this(&self, child: &mut dyn Mountable) -> bool {
        self.0.insert_before_this(child)
    }

    fn elements(&self) -> Vec<Element> {
        self.0.elements()
    }
}

// Leptos asks of every view that it can also become text on a server. This console has none: it is text of no length.
impl RenderHtml for Drawn {
    type AsyncOutput = Self;
    type Owned = Self;
    const MIN_LENGTH: usize = 0;

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn to_html_with_buf(self, _: &mut String, _: &mut Position, _: bool, _: bool, _: Vec<AnyAttribute>) {}

    fn hydrate<const FROM_SERVER: bool>(self, _: &Cursor, _: &PositionState) -> Placed {
        self.build()
    }

    fn into_owned(self) -> Self {
        self
    }
}

// Attributes are given to components by name; there is no element left to spread others over.
impl AddAnyAttr for Drawn {
    type Output<Added: Attribute> = Self;

    fn add_any_attr<Added: Attribute>(self, _: Added) -> Self {
        self
    }
}

/// Children that are drawn once, inside the component they are given to.
pub struct Content(Box<dyn FnOnce() -> Drawn + Send>);

impl Content {
    /// Draws them.
    pub fn run(self) -> Drawn {
        (self.0)()
    }
}

impl<F, V> ToChildren<F> for Content
where
    F: FnOnce() -> V + Send + 'static,
    V: Draw,
{
    fn to_children(content: F) -> Self {
        Self(Box::new(move || content().draw()))
    }
}

/// A part of a component that can be drawn again: children of what opens and closes, a foot, a face.
#[derive(Clone)]
pub struct ContentFn(Arc<dyn Fn() -> Drawn + Send + Sync>);

impl ContentFn {
    /// Draws it, anew each time.
    pub fn run(&self) -> Drawn {
        (self.0)()
    }
}

impl<F, V> From<F> for ContentFn
where
    F: Fn() -> V + Send + Sync + 'static,
    V: Draw,
{
    fn from(content: F) -> Self {
        Self(Arc::new(move || content().draw()))
    }
}

impl<F, V> ToChildren<F> for ContentFn
where
    F: Fn() -> V + Send + Sync + 'static,
    V: Draw,
{
    fn to_children(content: F) -> Self {
        Self::from(content)
    }
}
