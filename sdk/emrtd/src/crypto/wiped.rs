//! What holds a key, or what a key is derived from, wipes it when it is dropped.
//!
//! The crates beneath do so where a feature of theirs is on, which any crate of a build turns on for all. Without one of them this
//! does not compile, whoever builds what: the tests of this workspace alone would not show it.

use aes::{Aes128, Aes192, Aes256};
use cbc::{Decryptor, Encryptor};
use cmac::block_api::CmacCore;
use des::{Des, TdesEde3};
use retail_mac::block_api::RetailMacCore;
use sha1::Sha1;
use sha2::{Sha224, Sha256, Sha384, Sha512};
use zeroize::ZeroizeOnDrop;

const _: () = {
    const fn is_wiped<T: ZeroizeOnDrop>() {}
    is_wiped::<Aes128>();
    is_wiped::<Aes192>();
    is_wiped::<Aes256>();
    is_wiped::<TdesEde3>();
    is_wiped::<Encryptor<Aes256>>();
    is_wiped::<Decryptor<Aes256>>();
    is_wiped::<CmacCore<Aes256>>();
    is_wiped::<RetailMacCore<Des>>();
    is_wiped::<Sha1>();
    is_wiped::<Sha224>();
    is_wiped::<Sha256>();
    is_wiped::<Sha384>();
    is_wiped::<Sha512>();
};
