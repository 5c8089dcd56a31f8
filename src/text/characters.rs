//! Permitted characters of a text: which are refused, which are removed because they are invisible, and their names.
//!
//! Data are checked against these rules before publication ([`fault`], [`visible`]). Text typed or pasted by visitors is normalised to the
//! same form ([`typed`]). File writers may therefore rely on texts being free of such characters. Writers of formats that a single
//! character would break still use [`printable`].

use std::borrow::Cow;

use icu_properties::{CodePointSetData, props::DefaultIgnorableCodePoint};

/// Reason why a character is not permitted in any text of the site.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// C0, DEL or C1, including line breaks and tabs.
    Control,
    /// A line or paragraph separator: a line break that many programs do not expect.
    LineBreak,
    /// Changes the direction of the surrounding text, so that it reads as something else.
    Direction,
    /// A tag (U+E0000 to U+E007F): carries invisible text.
    Tag,
    /// A code point that no version of Unicode assigns to a character. XML forbids some of them.
    Noncharacter,
    /// Assigned to no character but by private agreement: readers see a box, or another program's sign.
    PrivateUse,
    /// Replacement character, written by a program in place of bytes that it could not decode.
    Replacement,
}

impl Fault {
    /// Description of the fault, for editors of a data set.
    pub fn what(self) -> &'static str {
        match self {
            Fault::Control => "a control character",
            Fault::LineBreak => "a line break",
            Fault::Direction => "a character that changes the direction of text",
            Fault::Tag => "an invisible tag character",
            Fault::Noncharacter => "a noncharacter code point",
            Fault::PrivateUse => "a private-use character, which has no meaning elsewhere",
            Fault::Replacement => "a character that a wrong conversion left",
        }
    }
}

/// Returns the fault of a character. `None` if it is permitted.
pub fn fault(c: char) -> Option<Fault> {
    match c {
        ' '..='~' => None,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' => Some(Fault::Control),
        '\u{2028}' | '\u{2029}' => Some(Fault::LineBreak),
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {
            Some(Fault::Direction)
        }
        '\u{e0000}'..='\u{e007f}' => Some(Fault::Tag),
        '\u{fdd0}'..='\u{fdef}' => Some(Fault::Noncharacter),
        '\u{fffd}' => Some(Fault::Replacement),
        // The last two code points of each plane.
        _ if c as u32 & 0xfffe == 0xfffe => Some(Fault::Noncharacter),
        // The area of the first plane, and planes 15 and 16.
        '\u{e000}'..='\u{f8ff}' | '\u{f0000}'..='\u{10ffff}' => Some(Fault::PrivateUse),
        _ => None,
    }
}

/// Whether Unicode calls a code point default-ignorable: zero-width characters, soft hyphens, fillers, direction marks and variation
/// selectors.
/// <https://www.unicode.org/Public/UCD/latest/ucd/DerivedCoreProperties.txt>
pub fn is_default_ignorable(c: char) -> bool {
    CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

/// Whether a character is invisible by itself: Unicode's default-ignorable characters, and a few that are drawn blank. Excludes characters
/// that [`fault`] refuses.
pub fn is_invisible(c: char) -> bool {
    (is_default_ignorable(c) || matches!(c, '\u{2800}' | '\u{fff9}'..='\u{fffb}')) && fault(c).is_none()
}

/// Whether an invisible character changes how its two neighbours are read. This holds for a joiner between emoji, for joiners and
/// non-joiners between letters of the scripts from Arabic to Mongolian, and for a variation selector after a symbol or an emoji. Anywhere
/// else it is there by mistake. Variants of single hanzi are not preserved: they do not distinguish names.
fn has_meaning(before: Option<char>, c: char, after: Option<char>) -> bool {
    let joining = |c: char| matches!(c, '\u{600}'..='\u{dff}' | '\u{f00}'..='\u{109f}' | '\u{1780}'..='\u{18af}' | '\u{a800}'..='\u{abff}');
    let emoji = |c: char| matches!(c, '\u{203c}'..='\u{2bff}' | '\u{fe0f}' | '\u{1f000}'..='\u{1faff}');
    let both = |is: &dyn Fn(char) -> bool| before.is_some_and(is) && after.is_some_and(is);
    match c {
        '\u{200c}' => both(&joining),
        '\u{200d}' => both(&joining) || both(&emoji),
        '\u{fe0e}' | '\u{fe0f}' => {
            before.is_some_and(|c| emoji(c) || matches!(c, '0'..='9' | '#' | '*' | '©' | '®'))
        }
        _ => false,
    }
}

/// Removes invisible characters, and returns the text with the removed characters in order. Keeps invisible characters that have a meaning
/// in their position.
pub fn visible(text: &str) -> (Cow<'_, str>, Vec<char>) {
    if text.is_ascii() || !text.chars().any(is_invisible) {
        return (text.into(), Vec::new());
    }
    let (mut left, mut removed) = (String::with_capacity(text.len()), Vec::new());
    let mut rest = text.chars().peekable();
    while let Some(c) = rest.next() {
        if is_invisible(c) && !has_meaning(left.chars().next_back(), c, rest.peek().copied()) {
            removed.push(c);
        } else {
            left.push(c);
        }
    }
    (left.into(), removed)
}

/// Normalises typed or pasted text to one line in the form of the data. Line breaks and tabs become spaces, and invisible characters are
/// removed. Any other character that is not permitted becomes U+FFFD, which occurs in no name.
pub fn typed(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| fault(c).is_none() && !is_invisible(c)) {
        return text.into();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match fault(c) {
            None => out.push(c),
            Some(_) if is_break(c) => {
                if !out.ends_with(' ') {
                    out.push(' ');
                }
            }
            Some(Fault::Direction | Fault::Tag) => {}
            Some(_) => out.push('\u{fffd}'),
        }
    }
    visible(&out).0.into_owned().into()
}

/// Makes text safe for formats in which a forbidden character would break the file or a line break would begin a new entry. Control
/// characters and line breaks that [`fault`] refuses become spaces, all others U+FFFD.
pub fn printable(text: &str) -> Cow<'_, str> {
    if text.chars().all(|c| fault(c).is_none()) {
        return text.into();
    }
    let printed = |c| match fault(c) {
        None => c,
        Some(Fault::Control | Fault::LineBreak) => ' ',
        Some(_) => '\u{fffd}',
    };
    text.chars().map(printed).collect::<String>().into()
}

/// Whether a character is a tab or ends a line or a page.
fn is_break(c: char) -> bool {
    matches!(c, '\t'..='\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Describes a character by its code point, and by its name if it is refused or removed: `U+200B ZERO WIDTH SPACE`.
pub fn described(c: char) -> String {
    match name(c) {
        "" => format!("U+{:04X}", c as u32),
        name => format!("U+{:04X} {name}", c as u32),
    }
}

/// Name of a character or its range in the Unicode Character Database. Empty for a visible character.
fn name(c: char) -> &'static str {
    const C0: [&str; 32] = [
        "NULL",
        "START OF HEADING",
        "START OF TEXT",
        "END OF TEXT",
        "END OF TRANSMISSION",
        "ENQUIRY",
        "ACKNOWLEDGE",
        "BELL",
        "BACKSPACE",
        "CHARACTER TABULATION",
        "LINE FEED",
        "LINE TABULATION",
        "FORM FEED",
        "CARRIAGE RETURN",
        "SHIFT OUT",
        "SHIFT IN",
        "DATA LINK ESCAPE",
        "DEVICE CONTROL ONE",
        "DEVICE CONTROL TWO",
        "DEVICE CONTROL THREE",
        "DEVICE CONTROL FOUR",
        "NEGATIVE ACKNOWLEDGE",
        "SYNCHRONOUS IDLE",
        "END OF TRANSMISSION BLOCK",
        "CANCEL",
        "END OF MEDIUM",
        "SUBSTITUTE",
        "ESCAPE",
        "INFORMATION SEPARATOR FOUR",
        "INFORMATION SEPARATOR THREE",
        "INFORMATION SEPARATOR TWO",
        "INFORMATION SEPARATOR ONE",
    ];
    match c {
        '\0'..='\u{1f}' => C0[c as usize],
        '\u{7f}' => "DELETE",
        '\u{85}' => "NEXT LINE",
        '\u{80}'..='\u{9f}' => "C1 CONTROL",
        '\u{ad}' => "SOFT HYPHEN",
        '\u{34f}' => "COMBINING GRAPHEME JOINER",
        '\u{61c}' => "ARABIC LETTER MARK",
        '\u{115f}' => "HANGUL CHOSEONG FILLER",
        '\u{1160}' => "HANGUL JUNGSEONG FILLER",
        '\u{17b4}' | '\u{17b5}' => "KHMER INHERENT VOWEL",
        '\u{180b}'..='\u{180d}' | '\u{180f}' => "MONGOLIAN FREE VARIATION SELECTOR",
        '\u{180e}' => "MONGOLIAN VOWEL SEPARATOR",
        '\u{200b}' => "ZERO WIDTH SPACE",
        '\u{200c}' => "ZERO WIDTH NON-JOINER",
        '\u{200d}' => "ZERO WIDTH JOINER",
        '\u{200e}' => "LEFT-TO-RIGHT MARK",
        '\u{200f}' => "RIGHT-TO-LEFT MARK",
        '\u{2028}' => "LINE SEPARATOR",
        '\u{2029}' => "PARAGRAPH SEPARATOR",
        '\u{202a}' => "LEFT-TO-RIGHT EMBEDDING",
        '\u{202b}' => "RIGHT-TO-LEFT EMBEDDING",
        '\u{202c}' => "POP DIRECTIONAL FORMATTING",
        '\u{202d}' => "LEFT-TO-RIGHT OVERRIDE",
        '\u{202e}' => "RIGHT-TO-LEFT OVERRIDE",
        '\u{2060}' => "WORD JOINER",
        '\u{2061}' => "FUNCTION APPLICATION",
        '\u{2062}' => "INVISIBLE TIMES",
        '\u{2063}' => "INVISIBLE SEPARATOR",
        '\u{2064}' => "INVISIBLE PLUS",
        '\u{2066}' => "LEFT-TO-RIGHT ISOLATE",
        '\u{2067}' => "RIGHT-TO-LEFT ISOLATE",
        '\u{2068}' => "FIRST STRONG ISOLATE",
        '\u{2069}' => "POP DIRECTIONAL ISOLATE",
        '\u{206a}'..='\u{206f}' => "DEPRECATED FORMAT CHARACTER",
        '\u{2800}' => "BRAILLE PATTERN BLANK",
        '\u{3164}' => "HANGUL FILLER",
        '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' => "VARIATION SELECTOR",
        '\u{feff}' => "ZERO WIDTH NO-BREAK SPACE",
        '\u{ffa0}' => "HALFWIDTH HANGUL FILLER",
        '\u{fff9}'..='\u{fffb}' => "INTERLINEAR ANNOTATION",
        '\u{fffd}' => "REPLACEMENT CHARACTER",
        '\u{1bca0}'..='\u{1bca3}' => "SHORTHAND FORMAT",
        '\u{1d173}'..='\u{1d17a}' => "MUSICAL SYMBOL FORMAT",
        _ => match fault(c) {
            Some(Fault::Tag) => "TAG CHARACTER",
            Some(Fault::Noncharacter) => "NONCHARACTER",
            Some(Fault::PrivateUse) => "PRIVATE USE",
            _ if is_invisible(c) => "DEFAULT IGNORABLE",
            _ => "",
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_people_write_has_no_fault() {
        let texts = "Société “Việt” 浦东微短剧（2025） 콘진원 キャッシュバック ＡＢＣ ⼤⽂ €₩ \u{a0} 🎬";
        assert_eq!(texts.chars().find(|c| fault(*c).is_some()), None);
    }

    #[test]
    fn every_kind_of_fault_is_found() {
        for (range, expected) in [
            ('\0'..='\u{1f}', Fault::Control),
            ('\u{7f}'..='\u{9f}', Fault::Control),
            ('\u{2028}'..='\u{2029}', Fault::LineBreak),
            ('\u{e000}'..='\u{f8ff}', Fault::PrivateUse),
            ('\u{f0000}'..='\u{f0005}', Fault::PrivateUse),
            ('\u{10fffa}'..='\u{10fffd}', Fault::PrivateUse),
            ('\u{200e}'..='\u{200f}', Fault::Direction),
            ('\u{202a}'..='\u{202e}', Fault::Direction),
            ('\u{2066}'..='\u{2069}', Fault::Direction),
            ('\u{61c}'..='\u{61c}', Fault::Direction),
            ('\u{e0000}'..='\u{e007f}', Fault::Tag),
            ('\u{fdd0}'..='\u{fdef}', Fault::Noncharacter),
            ('\u{fffe}'..='\u{ffff}', Fault::Noncharacter),
            ('\u{1fffe}'..='\u{1ffff}', Fault::Noncharacter),
            ('\u{10fffe}'..='\u{10ffff}', Fault::Noncharacter),
            ('\u{fffd}'..='\u{fffd}', Fault::Replacement),
        ] {
            for c in range {
                assert_eq!(fault(c), Some(expected), "U+{:04X}", c as u32);
                assert!(!name(c).is_empty() && !is_invisible(c), "U+{:04X}", c as u32);
            }
        }
    }

    #[test]
    fn invisible_characters_are_removed_and_named() {
        for c in [
            '\u{ad}',
            '\u{34f}',
            '\u{115f}',
            '\u{1160}',
            '\u{180e}',
            '\u{200b}',
            '\u{200c}',
            '\u{200d}',
            '\u{2060}',
            '\u{2063}',
            '\u{206a}',
            '\u{2800}',
            '\u{3164}',
            '\u{fe0f}',
            '\u{feff}',
            '\u{ffa0}',
            '\u{fffa}',
            '\u{1d173}',
            '\u{e0100}',
            '\u{e0fff}',
        ] {
            for text in [format!("点{c}铄"), format!("{c}点铄"), format!("点铄{c}"), format!("点{c}{c}铄")]
            {
                let (left, removed) = visible(&text);
                assert_eq!(left, "点铄", "{text:?}");
                assert!(removed.iter().all(|each| *each == c) && !removed.is_empty());
            }
            assert!(!name(c).is_empty(), "U+{:04X}", c as u32);
        }
        assert_eq!(described('\u{200b}'), "U+200B ZERO WIDTH SPACE");
        assert_eq!(described('鑫'), "U+946B");
    }

    #[test]
    fn invisible_characters_with_a_meaning_are_left() {
        for text in [
            "می\u{200c}خواهم",
            "क्\u{200d}ष",
            "👩\u{200d}🎬",
            "❤\u{fe0f}",
            "1\u{fe0f}\u{20e3}",
            "👁\u{fe0f}\u{200d}🗨\u{fe0f}",
        ] {
            assert_eq!(visible(text), (text.into(), Vec::new()), "{text:?}");
        }
    }

    #[test]
    fn what_is_typed_is_brought_into_the_form_of_the_data() {
        for (given, read) in [
            ("出海 10", "出海 10"),
            ("a\r\nb\tc", "a b c"),
            ("a\u{2028}\u{85}b", "a b"),
            ("a\0b\u{1b}c", "a\u{fffd}b\u{fffd}c"),
            ("\u{ffff}\u{fdd0}", "\u{fffd}\u{fffd}"),
            ("\u{200e}Crazy\u{202e} Maple\u{200b}", "Crazy Maple"),
            ("a\u{e0041}\u{feff}b", "ab"),
        ] {
            assert_eq!(typed(given), read, "{given:?}");
            assert_eq!(typed(read), read, "normalisation is idempotent");
        }
    }

    #[test]
    fn printable_text_has_no_fault_left_but_the_replacement() {
        assert_eq!(printable("a\r\nER  - \u{ffff}\u{202e}b"), "a  ER  - \u{fffd}\u{fffd}b");
        assert_eq!(printable("微短剧"), "微短剧");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_readable_after_it_was_read(text: String) {
            let read = typed(&text);
            proptest::prop_assert!(read.chars().all(|c| matches!(fault(c), None | Some(Fault::Replacement))));
            proptest::prop_assert_eq!(visible(&read).1, Vec::<char>::new());
            proptest::prop_assert_eq!(typed(&read), read.clone());
        }
    }
}
