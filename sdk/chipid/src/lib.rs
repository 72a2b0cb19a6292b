//! chipid
