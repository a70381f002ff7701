//! Generic components that know nothing of the product.
