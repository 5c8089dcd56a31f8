//! The part of a text in which the words looked for stand, with the words marked.

use super::model::Piece;

/// How many characters of the text stand before the first word found, and how many in all.
const BEFORE: usize = 40;
const LENGTH: usize = 170;

/// An excerpt around the first of `forms` in the text, every one of them marked; the beginning of the text where none stands in it.
/// `forms` are in lower case, the longest first.
pub fn excerpt(text: &str, forms: &[String]) -> Vec<Piece> {
    let letters: Vec<char> = text.chars().collect();
    // Letter by letter, so that places in both are the same; the few letters that grow in lower case keep their first.
    let lower: Vec<char> = letters.iter().map(|c| c.to_lowercase().next().unwrap_or(*c)).collect();
    let forms: Vec<Vec<char>> = forms.iter().map(|form| form.chars().collect()).collect();
    let found = |at: usize| forms.iter().find(|form| matches_at(&lower, at, form)).map(Vec::len);
    let first = (0..letters.len()).find(|at| found(*at).is_some()).unwrap_or(0);
    let start = word_start(&letters, first.saturating_sub(BEFORE));
    let end = (start + LENGTH).min(letters.len());
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |text: String, hit: bool| match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.hit == hit => last.text.push_str(&text),
        _ => pieces.push(Piece { text, hit }),
    };
    push(if start > 0 { "…".to_owned() } else { String::new() }, false);
    let mut at = start;
    while at < end {
        match found(at) {
            Some(length) => {
                push(letters[at..(at + length).min(letters.len())].iter().collect(), true);
                at += length;
            }
            None => {
                push(letters[at].to_string(), false);
                at += 1;
            }
        }
    }
    push(if at < letters.len() { "…".to_owned() } else { String::new() }, false);
    pieces
}

/// A form stands here if its letters do; a hyphen is as good as a blank, and a Latin word must begin here.
fn matches_at(text: &[char], at: usize, form: &[char]) -> bool {
    let begins = |c: char| !c.is_ascii_alphanumeric();
    let latin = form.first().is_some_and(char::is_ascii);
    let alike = |(a, b): (&char, &char)| a == b || (*b == ' ' && *a == '-');
    text.len() >= at + form.len()
        && !form.is_empty()
        && text[at..].iter().zip(form).all(alike)
        && (!latin || at == 0 || begins(text[at - 1]))
}

/// Not within a word, if a blank is near.
fn word_start(letters: &[char], at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let near = letters[at..].iter().take(15).position(|c| c.is_whitespace());
    near.map_or(at, |blank| at + blank + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, forms: &[&str]) -> String {
        let forms: Vec<String> = forms.iter().map(|form| (*form).to_owned()).collect();
        let pieces = excerpt(text, &forms);
        pieces
            .into_iter()
            .map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text })
            .collect()
    }

    #[test]
    fn words_are_marked_as_they_stand() {
        assert_eq!(marked("Micro-Drama rules", &["micro drama"]), "[Micro-Drama] rules");
        assert_eq!(marked("浦东微短剧出海", &["微短剧"]), "浦东[微短剧]出海");
        assert_eq!(
            marked("Aid for AI", &["ai"]),
            "[Ai]d for [AI]",
            "the beginning of a word is found, as by the search"
        );
        assert_eq!(marked("samurai", &["ai"]), "samurai");
        assert_eq!(marked("nothing here", &["x"]), "nothing here");
    }

    #[test]
    fn a_long_text_is_cut_around_what_was_found() {
        let text = format!("{} Pudong {}", "word ".repeat(60), "more ".repeat(60));
        let shown = marked(&text, &["pudong"]);
        assert!(shown.starts_with("…word") && shown.contains("[Pudong]") && shown.ends_with('…'), "{shown}");
        assert!(shown.chars().count() < LENGTH + 10);
    }
}
