//! Source ids in notes, so that a page can link them.
//!
//! Version 2 of the data set marks a link as `[[id]]`. In version 1 a note contains the bare id.

/// A piece of a note: plain text, or a possible id (lower-case words joined by hyphens, or the content of a link).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotePiece<'a> {
    Text(&'a str),
    Id(&'a str),
}

/// Splits a note at links and at possible ids. The caller must check whether a source with that id exists.
pub fn pieces(note: &str) -> Vec<NotePiece<'_>> {
    let mut pieces = Vec::new();
    let mut rest = note;
    while let Some((before, id, after)) = first_link(rest) {
        push_words(&mut pieces, before);
        pieces.push(NotePiece::Id(id));
        rest = after;
    }
    push_words(&mut pieces, rest);
    pieces
}

/// Returns a text with its links as plain ids, for where nothing can be linked.
pub fn plain(text: &str) -> String {
    text.replace("[[", "").replace("]]", "")
}

/// Returns a text without its links and the spaces before them, for a cell that leads to where they are given.
pub fn without_links(text: &str) -> String {
    let mut kept = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, _, after)) = first_link(rest) {
        kept.push_str(before.trim_end());
        rest = after;
    }
    kept.push_str(rest);
    kept
}

/// Returns the ids of the links in a text.
pub fn links(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        let (_, id, after) = first_link(rest)?;
        rest = after;
        Some(id)
    })
}

/// Possible ids in a note.
pub fn ids(note: &str) -> impl Iterator<Item = &str> {
    pieces(note).into_iter().filter_map(|piece| match piece {
        NotePiece::Id(id) => Some(id),
        NotePiece::Text(_) => None,
    })
}

/// Returns the text before the first link, the id in the link, and the text after it.
fn first_link(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("[[")?;
    let (id, after) = rest.split_once("]]")?;
    Some((before, id, after))
}

/// Splits a text without links at possible ids.
fn push_words<'a>(pieces: &mut Vec<NotePiece<'a>>, text: &'a str) {
    let in_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let mut rest = text;
    while !rest.is_empty() {
        let cut = rest.find(|c: char| !in_id(c)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(cut);
        if word.contains('-') && !word.starts_with('-') && !word.ends_with('-') {
            pieces.push(NotePiece::Id(word));
        } else if !word.is_empty() {
            pieces.push(NotePiece::Text(word));
        }
        let next = tail.find(in_id).unwrap_or(tail.len());
        if next > 0 {
            pieces.push(NotePiece::Text(&tail[..next]));
        }
        rest = &tail[next..];
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_its_links_has_no_gaps() {
        assert_eq!(without_links("half up front [[a-1]]; then [[b]]."), "half up front; then.");
        assert_eq!(without_links("到账[[a-1]]、[[c"), "到账、[[c");
    }

    #[test]
    fn ids_are_found_in_both_languages() {
        let found = |note| ids(note).collect::<Vec<_>>();
        assert_eq!(found("City from whobrands-reelshort (ReelShort entry)."), ["whobrands-reelshort"]);
        assert_eq!(found("不再并表（cfi-col-2024-01-30）。"), ["cfi-col-2024-01-30"]);
        assert_eq!(found("no ids - here, x -y"), [""; 0]);
        assert_eq!(found("see [[yicai]] and a-b, [[36kr-2025]]"), ["yicai", "a-b", "36kr-2025"]);
    }

    #[test]
    fn links_are_ids_between_double_brackets() {
        assert_eq!(links("到账[[a-1]]、[[b]]；[[c").collect::<Vec<_>>(), ["a-1", "b"]);
        assert_eq!(
            pieces("x [[a]]."),
            [NotePiece::Text("x"), NotePiece::Text(" "), NotePiece::Id("a"), NotePiece::Text(".")]
        );
    }

    #[test]
    fn nothing_is_lost() {
        let note = "a-b，c–d (e-f2) -g [[ h";
        let joined: String = pieces(note)
            .iter()
            .map(|piece| match piece {
                NotePiece::Text(text) | NotePiece::Id(text) => *text,
            })
            .collect();
        assert_eq!(joined, note);
    }
}
