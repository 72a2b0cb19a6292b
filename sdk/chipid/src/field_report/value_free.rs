//! What may stand in a field report: numbers, truths, and words that are this program's own.
//!
//! A type is [`ValueFree`] where nothing that a chip says can get into it as text or bytes. The macro [`facts!`] makes the
//! report's structures, and demands of each field that its type is: a `String` or a `Vec<u8>` does not compile.

use std::collections::BTreeMap;

/// A type that holds no text and no bytes of a chip's.
pub(super) trait ValueFree {}

/// Words of the program itself: the only text there is.
impl ValueFree for &'static str {}
impl ValueFree for bool {}
impl ValueFree for u16 {}
impl ValueFree for u32 {}
impl<T: ValueFree> ValueFree for Option<T> {}
/// No `Vec<u8>`: `u8` is not value-free.
impl<T: ValueFree> ValueFree for Vec<T> {}
impl<K: ValueFree, V: ValueFree> ValueFree for BTreeMap<K, V> {}

/// Structures of the report: public fields, written as JSON in their order, each of a value-free type.
macro_rules! facts {
    ($(
        $(#[$about:meta])*
        pub struct $name:ident {
            $($(#[$field_about:meta])* pub $field:ident: $kind:ty,)*
        }
    )*) => {$(
        $(#[$about])*
        #[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
        #[non_exhaustive]
        pub struct $name {
            $($(#[$field_about])* pub $field: $kind,)*
        }

        impl $crate::field_report::value_free::ValueFree for $name {}

        const _: () = {
            const fn demanded<T: $crate::field_report::value_free::ValueFree>() {}
            $(demanded::<$kind>();)*
        };
    )*};
}

pub(super) use facts;
