//! How the site speaks: one language per page, in text, numbers, money, periods and dates.
//!
//! Promises: nothing here rounds, and nothing here knows a noun of the product. A sentence stands in both
//! languages where it is used ([`Locale::pick`]), so that a translator and a reviewer see them side by side.

#[cfg(feature = "ssr")]
pub mod characters;
#[cfg(feature = "ssr")]
pub mod date;
#[cfg(feature = "ssr")]
pub mod formula;
#[cfg(feature = "ssr")]
pub mod html;
pub mod locale;
#[cfg(feature = "ssr")]
pub mod name;
#[cfg(feature = "ssr")]
pub mod note;
#[cfg(feature = "ssr")]
pub mod number;
#[cfg(feature = "ssr")]
pub mod period;
#[cfg(feature = "ssr")]
pub mod query;
#[cfg(feature = "ssr")]
pub mod tracking;
#[cfg(feature = "ssr")]
pub mod vocabulary;
#[cfg(feature = "ssr")]
pub mod words;

#[cfg(feature = "ssr")]
pub use date::PartialDate;
pub use locale::Locale;
#[cfg(feature = "ssr")]
pub use name::{Bilingual, Named};
#[cfg(feature = "ssr")]
pub use number::{Amount, Unit};
#[cfg(feature = "ssr")]
pub use period::{Period, PeriodLength};
