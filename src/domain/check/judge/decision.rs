//! A verdict with its reasons.

use super::{
    super::{model::Verdict, reasons::Reason},
    compared::Compared,
};

/// A verdict, why, and the figures that decided it.
pub type Decision<'a> = (Verdict, Vec<Reason>, Vec<&'a Compared<'a>>);
