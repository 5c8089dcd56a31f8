//! Detection of texts that a spreadsheet would evaluate as formulas.

/// Characters that may begin a formula. Some programs skip a line break or a tab first, and accept the full-width signs of input methods as
/// equivalent.
pub const BEGINNINGS: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\n', '＝', '＋', '－', '＠'];

/// Whether a spreadsheet would evaluate a text as a formula, ignoring leading spaces.
pub fn is_formula(text: &str) -> bool {
    text.trim_start_matches([' ', '\u{a0}', '\u{3000}']).starts_with(BEGINNINGS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_told_by_their_beginning() {
        for text in ["=1", "+1", "-1", "@a", "\t=1", "\r1", "\n1", "＝1", "－1", " =1", "\u{3000}＋1"] {
            assert!(is_formula(text), "{text:?}");
        }
        for text in ["", "a=1", "'=1", "1-1", "短剧", "“=1”"] {
            assert!(!is_formula(text), "{text:?}");
        }
    }
}
