//! Detection of source ids in notes, so that a page can link them.

/// A piece of a note: plain text, or a possible id (lower-case words joined by hyphens).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotePiece<'a> {
    Text(&'a str),
    Id(&'a str),
}

/// Splits a note at possible ids. The caller must check whether a source with that id exists.
pub fn pieces(note: &str) -> Vec<NotePiece<'_>> {
    let in_id = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-';
    let mut pieces = Vec::new();
    let mut rest = note;
    while !rest.is_empty() {
        let cut = rest.find(|c: char| !in_id(c)).unwrap_or(rest.len());
        let (word, tail) = rest.split_at(cut);
        if word.contains('-') && !word.starts_with('-') && !word.ends_with('-') {
            pieces.push(NotePiece::Id(word));
        } else if !word.is_empty() {
            push_text(&mut pieces, word);
        }
        let next = tail.find(in_id).unwrap_or(tail.len());
        if next > 0 {
            push_text(&mut pieces, &tail[..next]);
        }
        rest = &tail[next..];
    }
    pieces
}

/// Possible ids in a note.
pub fn ids(note: &str) -> impl Iterator<Item = &str> {
    pieces(note).into_iter().filter_map(|piece| match piece {
        NotePiece::Id(id) => Some(id),
        NotePiece::Text(_) => None,
    })
}

fn push_text<'a>(pieces: &mut Vec<NotePiece<'a>>, text: &'a str) {
    pieces.push(NotePiece::Text(text));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_found_in_both_languages() {
        let found = |note| ids(note).collect::<Vec<_>>();
        assert_eq!(found("City from whobrands-reelshort (ReelShort entry)."), ["whobrands-reelshort"]);
        assert_eq!(found("不再并表（cfi-col-2024-01-30）。"), ["cfi-col-2024-01-30"]);
        assert_eq!(found("no ids - here, x -y"), [""; 0]);
    }

    #[test]
    fn nothing_is_lost() {
        let note = "a-b，c–d (e-f2) -g";
        let joined: String = pieces(note)
            .iter()
            .map(|piece| match piece {
                NotePiece::Text(text) | NotePiece::Id(text) => *text,
            })
            .collect();
        assert_eq!(joined, note);
    }
}
