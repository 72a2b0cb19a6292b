//! chipid-face
