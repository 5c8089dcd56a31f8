//! Closed vocabularies: each value has a word for files, tables and URLs, and a name in both languages.

use crate::text::Locale;

/// A word that is not in its vocabulary.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("“{0}” is not a {1}")]
pub struct UnknownWord(pub String, pub &'static str);

/// A value of a closed list.
pub trait Word: Copy + PartialEq + 'static {
    /// Every value with its word, in display order.
    fn every() -> Vec<(&'static str, Self)>;

    /// Name of the value for readers.
    fn label(self, locale: Locale) -> String;
}

/// Declares an enum with one line per value: `Variant = "word", "English name", "中文名";`.
///
/// Generates `WORDS` (in declaration order, which is the display order), `word` and `name`, [`Word`], and conversions to and from the word,
/// also for serde.
#[macro_export]
macro_rules! vocabulary {
    ($(#[$meta:meta])* pub enum $name:ident { $($(#[$vmeta:meta])* $variant:ident = $word:literal, $en:literal, $zh:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        #[serde(into = "&'static str", try_from = "String")]
        pub enum $name { $($(#[$vmeta])* $variant,)+ }

        impl $name {
            /// Every value with its word, in display order.
            pub const WORDS: &'static [(&'static str, Self)] = &[$(($word, Self::$variant)),+];

            /// Word of the value in files, tables and URLs.
            pub fn word(self) -> &'static str {
                match self { $(Self::$variant => $word,)+ }
            }

            /// Name of the value for readers.
            pub fn name(self, locale: $crate::text::Locale) -> &'static str {
                match self { $(Self::$variant => locale.pick($en, $zh),)+ }
            }
        }

        impl $crate::text::vocabulary::Word for $name {
            fn every() -> Vec<(&'static str, Self)> {
                Self::WORDS.to_vec()
            }

            fn label(self, locale: $crate::text::Locale) -> String {
                self.name(locale).to_owned()
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::text::vocabulary::UnknownWord;

            fn from_str(word: &str) -> Result<Self, Self::Err> {
                Self::WORDS
                    .iter()
                    .find(|(known, _)| *known == word)
                    .map(|(_, value)| *value)
                    .ok_or_else(|| $crate::text::vocabulary::UnknownWord(word.to_owned(), stringify!($name)))
            }
        }

        impl TryFrom<String> for $name {
            type Error = $crate::text::vocabulary::UnknownWord;

            fn try_from(word: String) -> Result<Self, Self::Error> {
                word.parse()
            }
        }

        impl From<$name> for &'static str {
            fn from(value: $name) -> &'static str {
                value.word()
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use crate::text::Locale;

    vocabulary! {
        pub enum Fruit {
            Apple = "apple", "Apple", "苹果";
            BlackBerry = "black-berry", "Blackberry", "黑莓";
        }
    }

    #[test]
    fn a_value_is_read_and_written_by_its_word() {
        assert_eq!("black-berry".parse(), Ok(Fruit::BlackBerry));
        assert_eq!(Fruit::Apple.word(), "apple");
        assert_eq!(Fruit::Apple.name(Locale::Zh), "苹果");
        assert_eq!(serde_json::to_string(&Fruit::BlackBerry).unwrap(), "\"black-berry\"");
        assert_eq!("pear".parse::<Fruit>().unwrap_err().to_string(), "“pear” is not a Fruit");
    }
}
