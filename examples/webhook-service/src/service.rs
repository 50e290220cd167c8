//! The operations of the document.
