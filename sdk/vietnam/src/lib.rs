//! chipid-vietnam
