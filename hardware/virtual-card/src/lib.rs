//! chipid-virtual-card
