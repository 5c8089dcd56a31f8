//! How the site speaks: one language per page, in text, numbers, money, periods and dates.
//!
//! Promises: nothing here rounds, and nothing here knows a noun of the product. A sentence stands in both
//! languages where it is used ([`Locale::pick`]), so that a translator and a reviewer see them side by side.

pub mod characters;
pub mod date;
pub mod formula;
pub mod html;
pub mod locale;
pub mod name;
pub mod note;
pub mod number;
pub mod period;
pub mod vocabulary;
#[cfg(feature = "ssr")]
pub mod words;

pub use date::PartialDate;
pub use locale::Locale;
pub use name::{Bilingual, Named};
pub use number::{Amount, Unit};
pub use period::{Period, PeriodLength};
