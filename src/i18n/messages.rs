//! What a line of the catalogue becomes: a typed message.
//!
//! `text key(arguments)` is filled by name; `count key(arguments)` chooses its form by a number that `{n}` shows.

macro_rules! message {
    (text $key:ident () $text:literal) => {
        #[doc = $text]
        pub fn $key(&self) -> &'static str {
            self.0.plain(Key::$key as usize)
        }
    };
    (text $key:ident ($($argument:ident),+) $text:literal) => {
        #[doc = $text]
        pub fn $key(&self, $($argument: &str),+) -> String {
            self.0.filled(Key::$key as usize, &[$((stringify!($argument), $argument)),+])
        }
    };
    (count $key:ident ($($argument:ident),*) $text:literal) => {
        #[doc = $text]
        pub fn $key(&self, count: u64 $(, $argument: &str)*) -> String {
            self.0.counted(Key::$key as usize, count, &[$((stringify!($argument), $argument)),*])
        }
    };
}

#[cfg(test)]
macro_rules! arguments {
    (text $($argument:ident),*) => { &[$(stringify!($argument)),*] };
    (count $($argument:ident),*) => { &["n" $(, stringify!($argument))*] };
}

macro_rules! messages {
    ($(#[$about:meta])* $messages:ident: $($kind:ident $key:ident ($($argument:ident),*) = $text:literal;)*) => {
        $(#[$about])*
        #[derive(Debug)]
        pub struct $messages(Table);

        impl Catalog for $messages {
            const KEYS: &[&str] = KEYS;
            const TEXTS: &str = TEXTS;

            #[cfg(test)]
            const ARGUMENTS: &[&[&str]] = &[$(arguments!($kind $($argument),*)),*];

            fn of(table: Table) -> Self {
                Self(table)
            }
        }

        #[allow(non_camel_case_types, clippy::enum_variant_names)]
        #[derive(Clone, Copy)]
        enum Key { $($key),* }

        /// The keys, in the order of [`Key`].
        const KEYS: &[&str] = &[$(stringify!($key)),*];

        /// The English texts in the same order, each ended by a NUL: one text costs less than a table of many.
        const TEXTS: &str = concat!($($text, "\0"),*);

        #[allow(clippy::doc_markdown, reason = "the documentation of a message is its text")]
        impl $messages {
            /// The language's tag (BCP 47), for `lang` and for `Intl`.
            pub fn language(&self) -> &str {
                self.0.language()
            }

            /// A whole number as this language writes it.
            pub fn number(&self, value: u64) -> String {
                self.0.number(value)
            }

            $(message!($kind $key ($($argument),*) $text);)*
        }
    };
}
