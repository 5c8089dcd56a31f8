//! Names and texts in both languages.

use serde::{Deserialize, Serialize};

use super::Locale;

/// Id and names of an item. Without a Chinese name, its Latin name is used in both languages.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Named {
    pub id: String,
    pub en: String,
    pub zh: Option<String>,
}

impl Named {
    pub fn new(id: String, en: String, zh: Option<String>) -> Self {
        Named { id, en, zh }
    }

    /// Builds a name from the columns of an outer join. `None` if the join matched no row.
    pub fn joined(id: Option<String>, en: Option<String>, zh: Option<String>) -> Option<Self> {
        Some(Named { id: id?, en: en?, zh })
    }

    pub fn name(&self, locale: Locale) -> &str {
        locale.pick(&self.en, self.zh.as_ref().unwrap_or(&self.en))
    }

    /// `lang` attribute for the name on a page of this language. A Latin name on a Chinese page is marked as English.
    pub fn lang(&self, locale: Locale) -> Option<&'static str> {
        (locale == Locale::Zh && self.zh.is_none()).then_some("en")
    }
}

/// A text in both languages. Either both are present or neither.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bilingual {
    pub en: Option<String>,
    pub zh: Option<String>,
}

impl Bilingual {
    pub fn new(en: Option<String>, zh: Option<String>) -> Self {
        Bilingual { en, zh }
    }

    pub fn get(&self, locale: Locale) -> Option<&str> {
        locale.pick(&self.en, &self.zh).as_deref()
    }
}
