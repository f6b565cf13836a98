//! startex
