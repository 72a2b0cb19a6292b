//! chipid-transport
