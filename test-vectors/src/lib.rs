//! chipid-test-vectors
