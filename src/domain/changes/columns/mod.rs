//! Columns of the data set in readers' words, by what they describe.

pub mod figures;
pub mod names;
pub mod organizations;
pub mod programs;

use crate::text::{Locale, vocabulary::Word};

/// Puts a word of a vocabulary into a reader's language.
pub fn word<T: Word>(text: &str, locale: Locale) -> Option<String> {
    T::every().into_iter().find(|(known, _)| *known == text).map(|(_, value)| value.label(locale))
}
