//! Reactive state that outlives a page.
