//! The receiving side of a delivery.
