//! Excerpts: the part of a text around the search terms, with the terms marked.

use super::model::Piece;
use crate::domain::text_search::terms::Terms;

/// Number of characters before the first match, and length of an excerpt in characters.
const BEFORE: usize = 40;
const LENGTH: usize = 170;

/// Returns an excerpt around the first match, with every match marked. Without a match, returns the beginning of the text.
pub fn excerpt(text: &str, terms: &Terms) -> Vec<Piece> {
    let marks = terms.marks(text);
    let letters: Vec<(usize, char)> = text.char_indices().collect();
    let first = marks.first().map_or(0, |mark| letters.partition_point(|(at, _)| *at < mark.start));
    let start = word_start(&letters, first.saturating_sub(BEFORE));
    let end = (start + LENGTH).min(letters.len());
    let byte = |place: usize| letters.get(place).map_or(text.len(), |(at, _)| *at);
    let shown = byte(start)..byte(end);
    let mut pieces: Vec<Piece> = Vec::new();
    let mut push = |text: &str, hit: bool| match pieces.last_mut() {
        _ if text.is_empty() => {}
        Some(last) if last.hit == hit => last.text.push_str(text),
        _ => pieces.push(Piece { text: text.to_owned(), hit }),
    };
    push(if start > 0 { "…" } else { "" }, false);
    let mut at = shown.start;
    for mark in marks.iter().filter(|mark| mark.start >= shown.start && mark.start < shown.end) {
        push(&text[at..mark.start], false);
        push(&text[mark.clone()], true);
        at = mark.end;
    }
    // A mark may extend beyond the end of the excerpt.
    push(text.get(at..shown.end).unwrap_or_default(), false);
    push(if at.max(shown.end) < text.len() { "…" } else { "" }, false);
    pieces
}

/// Moves a position to the start of a word, if a space is nearby.
fn word_start(letters: &[(usize, char)], at: usize) -> usize {
    if at == 0 {
        return 0;
    }
    let near = letters[at..].iter().take(15).position(|(_, c)| c.is_whitespace());
    near.map_or(at, |blank| at + blank + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(text: &str, query: &str) -> String {
        let pieces = excerpt(text, &Terms::parse(query).unwrap());
        pieces
            .into_iter()
            .map(|piece| if piece.hit { format!("[{}]", piece.text) } else { piece.text })
            .collect()
    }

    #[test]
    fn words_are_marked_as_they_stand() {
        assert_eq!(marked("Micro-Drama rules", "micro drama"), "[Micro-Drama] rules");
        assert_eq!(marked("浦东微短剧出海", "微短劇"), "浦东[微短剧]出海");
        assert_eq!(marked("Visas", "vis"), "[Vis]as", "the beginning of a word is found");
        assert_eq!(marked("Aid for AI", "ai"), "Aid for [AI]", "a word with synonyms is complete");
        assert_eq!(marked("samurai", "ai"), "samurai");
        assert_eq!(marked("nothing here", "x"), "nothing here");
        assert_eq!(marked("", "x"), "");
    }

    #[test]
    fn a_long_text_is_cut_around_what_was_found() {
        let text = format!("{} Pudong {}", "word ".repeat(60), "more ".repeat(60));
        let shown = marked(&text, "pudong");
        assert!(shown.starts_with("…word") && shown.contains("[Pudong]") && shown.ends_with('…'), "{shown}");
        assert!(shown.chars().count() < LENGTH + 10);
        let run = "剧".repeat(400);
        assert!(marked(&run, "剧剧").chars().count() <= 410);
    }

    proptest::proptest! {
        #[test]
        fn an_excerpt_is_a_part_of_its_text(text in "\\PC{0,300}", query in "\\PC{1,10}") {
            if let Some(terms) = Terms::parse(&query) {
                let shown: String = excerpt(&text, &terms).into_iter().map(|piece| piece.text).collect();
                proptest::prop_assert!(text.contains(shown.trim_start_matches('…').trim_end_matches('…')));
            }
        }
    }
}
