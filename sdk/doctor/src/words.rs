//! Permanent words: each set of them is an enum whose names stand in JSON and in the catalogues of programs.

macro_rules! words {
    ($(#[$about:meta])* $kind:ident { $($(#[$of_word:meta])* $word:ident = $name:literal,)* }) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[non_exhaustive]
        pub enum $kind { $($(#[$of_word])* $word,)* }

        impl $kind {
            /// All of them, in the order in which they are shown.
            pub const ALL: &[Self] = &[$(Self::$word),*];

            /// The permanent name.
            #[must_use]
            pub const fn name(self) -> &'static str {
                match self { $(Self::$word => $name,)* }
            }
        }
    };
}
pub(crate) use words;
