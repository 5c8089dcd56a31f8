//! Search terms: parses typed text, builds Postgres queries, and marks matches in texts. Texts are segmented the same way ([`words`]).

use std::{ops::Range, sync::LazyLock};

use crate::text::words::{self, Class, INITIALS, SYLLABLE, Token, WINDOW, WordCut, pinyin};

/// Groups of synonyms. A search for one finds the others.
const SYNONYMS: [&[&str]; 8] = [
    &[
        "micro-drama",
        "micro drama",
        "microdrama",
        "short drama",
        "mini drama",
        "minidrama",
        "微短剧",
        "短剧",
        "微剧",
    ],
    &["headquarters", "hq", "总部"],
    &["subsidy", "补贴", "补助"],
    &["programme", "program", "政策", "措施"],
    &["overseas", "出海", "海外"],
    &["artificial intelligence", "ai", "人工智能"],
    &["pudong", "浦东"],
    &["shanghai", "上海"],
];

/// One of a group of synonyms.
struct Synonym {
    /// As typed, folded.
    typed: Vec<char>,
    form: Form,
}

static GROUPS: LazyLock<Vec<Vec<Synonym>>> = LazyLock::new(|| {
    let letters = |text: &str| words::fold(text).iter().map(|folded| folded.letter).collect();
    let synonym = |text: &&str| Synonym { typed: letters(text), form: Form::of(text).whole() };
    SYNONYMS.iter().map(|group| group.iter().map(synonym).collect()).collect()
});

/// A search query: every term must match, in any of its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms(Vec<Term>);

/// A search term in its alternative forms.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    forms: Vec<Form>,
    /// The typed word, if the term is a single word without synonyms.
    word: Option<String>,
    /// The typed word written as one with the word before it, and with the one after it.
    joined: Vec<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// Consecutive words. A single word matches as a prefix.
    Words(Vec<Word>),
    /// A word that is known to be complete. Prefixes cost time in proportion to the rows that they match.
    Whole(Word),
    /// Consecutive letters of a script without spaces.
    Run(Vec<char>),
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Word {
    text: String,
    stem: String,
}

impl Terms {
    /// Parses typed text. `None` if it contains no search words. Stop words (“the”) count only if there is nothing else.
    pub fn parse(text: &str) -> Option<Terms> {
        let letters: Vec<char> = words::fold(text).iter().map(|folded| folded.letter).collect();
        let mut terms: Vec<Term> = Vec::new();
        let mut at = 0;
        while at < letters.len() {
            if let Some((group, length)) = synonym(&letters, at) {
                let forms = group.iter().map(|synonym| synonym.form.clone()).collect();
                terms.push(Term { forms, word: None, joined: Vec::new() });
                at += length;
                continue;
            }
            let own = words::class(letters[at]);
            let start = at;
            at += 1;
            while at < letters.len() && words::class(letters[at]) == own && synonym(&letters, at).is_none() {
                at += 1;
            }
            if own != Class::Gap {
                let text: String = letters[start..at].iter().collect();
                let forms = vec![Form::of(&text)];
                let word = (own == Class::Word).then_some(text);
                terms.push(Term { forms, word, joined: Vec::new() });
            }
        }
        let mut seen: Vec<Term> = Vec::new();
        terms.retain(|term| {
            let is_new = !seen.contains(term);
            seen.push(term.clone());
            is_new
        });
        let says_something = |term: &Term| !term.word.as_deref().is_some_and(words::is_stop_word);
        if terms.iter().any(says_something) {
            terms.retain(says_something);
        }
        join_neighbours(&mut terms);
        (!terms.is_empty()).then_some(Terms(terms))
    }

    /// Returns the query in the text format of a Postgres `tsquery`.
    pub fn tsquery(&self) -> String {
        let terms = self.0.iter().map(|term| format!("({})", term.tsquery()));
        terms.collect::<Vec<_>>().join(" & ")
    }

    /// Returns one `tsquery` per term, for rows whose text is spread over several tables. Terms beyond the fourth are combined into one
    /// query.
    pub fn parts(&self) -> Vec<String> {
        const MAX: usize = 4;

        let (first, rest) = self.0.split_at(self.0.len().min(MAX));
        let parts =
            first.iter().map(|term| vec![term.clone()]).chain((!rest.is_empty()).then(|| rest.to_vec()));
        parts.map(|part| Terms(part).tsquery()).collect()
    }

    /// Byte ranges of a text that match the terms, in order and without overlap.
    pub fn marks(&self, text: &str) -> Vec<Range<usize>> {
        let cut = WordCut::of(text);
        let forms = self.0.iter().flat_map(|term| &term.forms);
        let forms: Vec<&Form> = forms.collect();
        let mut marks: Vec<Range<usize>> = Vec::new();
        for at in 0..cut.tokens().len() {
            let found = forms.iter().filter_map(|form| form.stands_at(&cut, at)).max_by_key(|mark| mark.end);
            let Some(mark) = found else { continue };
            match marks.last_mut() {
                Some(last) if mark.start < last.end => last.end = last.end.max(mark.end),
                _ => marks.push(mark),
            }
        }
        marks
    }

    /// Forms of each term as they occur in lines of names ([`words::line`]). A line matches a term if it contains one of its forms.
    pub fn needles(&self) -> Vec<Vec<String>> {
        let needle = |form: &Form| match form {
            Form::Words(own) if own.len() == 1 => format!(" {}", own[0].stem),
            Form::Whole(word) => format!(" {}", word.stem),
            Form::Words(own) => {
                format!(" {}", own.iter().map(|word| word.text.as_str()).collect::<Vec<_>>().join(" "))
            }
            Form::Run(letters) => letters.iter().collect(),
        };
        self.0.iter().map(|term| term.forms.iter().map(needle).collect()).collect()
    }

    /// The typed single words, except those with synonyms.
    pub fn typed_words(&self) -> impl Iterator<Item = &str> {
        self.0.iter().filter_map(|term| term.word.as_deref())
    }

    /// Returns the terms without those whose typed word satisfies `left_out`. `None` if no terms remain.
    pub fn without(&self, left_out: impl Fn(&str) -> bool) -> Option<Terms> {
        let terms = self.0.iter().filter(|term| !term.word.as_deref().is_some_and(&left_out));
        let terms: Vec<Term> = terms.cloned().collect();
        (!terms.is_empty()).then_some(Terms(terms))
    }

    pub fn count(&self) -> usize {
        self.0.len()
    }
}

/// Lets two words in a row also match where they are written as one: “reel short” finds ReelShort, “feng ye” what “fengye” finds. Both terms get
/// the joined form: (reel | reelshort) & (short | reelshort) is (reel & short) | reelshort. Words with digits stay apart.
fn join_neighbours(terms: &mut [Term]) {
    let letters = |term: &Term| term.word.clone().filter(|word| word.chars().all(char::is_alphabetic));
    for second in 1..terms.len() {
        let first = second - 1;
        let (Some(left), Some(right)) = (letters(&terms[first]), letters(&terms[second])) else { continue };
        let joined = left + &right;
        let typed: Vec<char> = joined.chars().collect();
        let synonyms = synonym(&typed, 0).filter(|(_, length)| *length == typed.len());
        let forms: Vec<Form> = match synonyms {
            Some((group, _)) => group.iter().map(|synonym| synonym.form.clone()).collect(),
            None => vec![Form::of(&joined)],
        };
        for term in &mut terms[first..=second] {
            term.forms.extend(forms.iter().cloned());
            term.joined.push(joined.clone());
        }
    }
}

/// Finds the group of synonyms of which one begins at this position, and the length of the longest match.
fn synonym(text: &[char], at: usize) -> Option<(&'static [Synonym], usize)> {
    let begins = |form: &[char]| {
        let end = at + form.len();
        let is_word = |c: char| words::class(c) == Class::Word;
        // A word must stand alone: “ai” does not begin in “aid”, nor end in “samurai”.
        let alone = |index: Option<usize>| {
            !form.first().copied().is_some_and(is_word)
                || index.and_then(|index| text.get(index)).is_none_or(|c| !is_word(*c))
        };
        (text.get(at..end) == Some(form) && alone(at.checked_sub(1)) && alone(Some(end)))
            .then_some(form.len())
    };
    let all = GROUPS.iter().flat_map(|group| group.iter().map(move |synonym| (group.as_slice(), synonym)));
    let here = all.filter_map(|(group, synonym)| Some((group, begins(&synonym.typed)?)));
    here.max_by_key(|(_, length)| *length)
}

impl Term {
    fn tsquery(&self) -> String {
        let mut forms: Vec<String> = self.forms.iter().map(Form::tsquery).collect();
        forms.extend(self.word.iter().chain(&self.joined).flat_map(|word| pronounced(word)));
        forms.join(" | ")
    }
}

/// Query forms for names of which a Latin word may be the pinyin or the initials.
fn pronounced(word: &str) -> Vec<String> {
    let mut forms: Vec<String> = pinyin::syllables(word)
        .into_iter()
        .map(|syllables| {
            let last = syllables.len() - 1;
            let own = syllables.iter().enumerate().map(|(at, syllable)| {
                format!("'{SYLLABLE}{syllable}'{}", if at == last { ":*" } else { "" })
            });
            format!("({})", own.collect::<Vec<_>>().join(" <-> "))
        })
        .collect();
    if forms.is_empty() && pinyin::may_be_initials(word) {
        let letters: Vec<char> = word.chars().collect();
        let windows = letters.windows(letters.len().min(WINDOW)).map(|window| {
            let initials: String = window.iter().collect();
            format!("'{INITIALS}{initials}':*")
        });
        forms.push(format!("({})", windows.collect::<Vec<_>>().join(" <-> ")));
    }
    forms
}

impl Form {
    fn of(text: &str) -> Form {
        let cut = WordCut::of(text);
        let mut own = Vec::new();
        let mut letters = Vec::new();
        for token in cut.tokens() {
            match token {
                Token::Word(range) => {
                    let text = cut.word(range);
                    own.push(Word { stem: words::stem(&text), text });
                }
                Token::Letter { at, .. } => letters.push(cut.letter(*at)),
            }
        }
        if own.is_empty() { Form::Run(letters) } else { Form::Words(own) }
    }

    /// The form of a complete word, if it is a single word.
    fn whole(self) -> Form {
        match self {
            Form::Words(mut own) if own.len() == 1 => own.pop().map_or(Form::Words(own), Form::Whole),
            form => form,
        }
    }

    fn tsquery(&self) -> String {
        let phrase = |parts: Vec<String>| match parts.len() {
            1 => parts.concat(),
            _ => format!("({})", parts.join(" <-> ")),
        };
        match self {
            Form::Words(own) if own.len() == 1 => format!("'{}':*", own[0].stem),
            Form::Whole(word) => format!("'{}'", word.stem),
            Form::Words(own) => phrase(own.iter().map(|word| format!("'{}'", word.stem)).collect()),
            // A single letter begins a bigram, or ends a run.
            Form::Run(letters) if letters.len() == 1 => format!("'{}':*", letters[0]),
            Form::Run(letters) => {
                phrase(letters.windows(2).map(|pair| format!("'{}{}'", pair[0], pair[1])).collect())
            }
        }
    }

    /// Returns the byte range of the text that matches this form at a token, if it does.
    fn stands_at(&self, cut: &WordCut, at: usize) -> Option<Range<usize>> {
        let tokens = cut.tokens();
        match self {
            Form::Whole(word) => {
                let Token::Word(letters) = tokens.get(at)? else { return None };
                (words::stem(&cut.word(letters)) == word.stem).then(|| cut.source(letters.clone()))
            }
            Form::Words(own) => {
                let mut mark: Option<Range<usize>> = None;
                for (place, word) in own.iter().enumerate() {
                    let Token::Word(letters) = tokens.get(at + place)? else { return None };
                    // A stem always begins with the same letter as its word.
                    if !word.text.starts_with(cut.letter(letters.start)) {
                        return None;
                    }
                    let text = cut.word(letters);
                    let only_begins = own.len() == 1 && text.starts_with(&word.text);
                    if !only_begins && words::stem(&text) != word.stem {
                        return None;
                    }
                    let length = if only_begins { word.text.chars().count() } else { letters.len() };
                    let source = cut.source(letters.start..letters.start + length);
                    mark = Some(mark.map_or(source.clone(), |mark| mark.start..source.end));
                }
                mark
            }
            Form::Run(letters) => {
                for (place, letter) in letters.iter().enumerate() {
                    let Token::Letter { at, continues } = tokens.get(at + place)? else { return None };
                    let is_last = place + 1 == letters.len();
                    if cut.letter(*at) != *letter || !(*continues || is_last) {
                        return None;
                    }
                }
                let Token::Letter { at: first, .. } = tokens.get(at)? else { return None };
                Some(cut.source(*first..first + letters.len()))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn query(text: &str) -> String {
        Terms::parse(text).map(|terms| terms.tsquery()).unwrap_or_default()
    }

    #[test]
    fn runs_match_by_bigrams_and_words_by_prefix() {
        assert_eq!(query("枫叶互动"), "(('枫叶' <-> '叶互' <-> '互动'))");
        assert_eq!(query("楓葉"), "('枫叶')");
        assert_eq!(query("枫"), "('枫':*)");
        assert_eq!(query("콘진원"), "(('콘진' <-> '진원'))");
        assert_eq!(query("Reel 2025"), "('reel':*) & ('2025':*)");
        assert_eq!(query("ReelShort枫叶"), "('reelshort':*) & ('枫叶')");
        assert_eq!(query("ＡＩ"), query("ai"));
    }

    #[test]
    fn queries_match_names_by_pinyin() {
        assert_eq!(query("fengye"), "('fengy':* | ('~feng' <-> '~ye':*))");
        assert_eq!(query("fyhd"), "('fyhd':* | ('^fyhd':*))");
        assert_eq!(query("fyhds"), "('fyhd':* | ('^fyhd':* <-> '^yhds':*))");
    }

    #[test]
    fn words_also_match_where_they_are_written_as_one() {
        assert!(query("reel short").starts_with("('reel':* | 'reelshort':*) & ('short':* | 'reelshort':*"));
        assert!(query("feng ye").contains("('~feng' <-> '~ye':*)"), "{}", query("feng ye"));
        assert!(query("pu dong").matches("'浦东'").count() == 2, "{}", query("pu dong"));
        assert_eq!(query("the visa rules").matches("thevisa").count(), 0);
        let text = "On ReelShort";
        let marks = Terms::parse("reel short").unwrap().marks(text);
        assert_eq!(marks.into_iter().map(|mark| &text[mark]).collect::<Vec<_>>(), ["ReelShort"]);
    }

    #[test]
    fn synonyms_find_each_other() {
        for text in ["micro-drama", "Short Drama", "微短剧", "短剧", "微短劇"] {
            let query = query(text);
            for form in
                ["('micro' <-> 'drama')", "('short' <-> 'drama')", "('微短' <-> '短剧')", "'microdrama'"]
            {
                assert!(query.contains(form), "{text}: {query}");
            }
        }
        let mixed = query("浦东微短剧visa");
        assert!(
            mixed.contains("'pudong'")
                && mixed.contains("('微短' <-> '短剧')")
                && mixed.ends_with("('visa':*)"),
            "{mixed}"
        );
    }

    #[test]
    fn a_synonym_within_a_word_is_none() {
        assert_eq!(query("samurai"), "('samurai':*)");
        assert_eq!(query("aid"), "('aid':*)");
    }

    #[test]
    fn stop_words_count_only_alone() {
        assert_eq!(query("the visa"), "('visa':*)");
        assert_eq!(query("it"), "('it':*)");
    }

    #[test]
    fn a_text_without_words_has_no_terms() {
        assert_eq!(Terms::parse(" ,;!()&|<->:*\u{200b} "), None);
    }

    #[test]
    fn matches_are_marked_as_written() {
        let marked = |query: &str, text: &str| -> Vec<String> {
            let marks = Terms::parse(query).unwrap().marks(text);
            marks.into_iter().map(|mark| text[mark].to_owned()).collect()
        };
        assert_eq!(marked("micro drama", "Micro-Drama rules"), ["Micro-Drama"]);
        assert_eq!(marked("微短剧", "浦东微短劇出海"), ["微短劇"]);
        assert_eq!(marked("ai", "Aid for AI, samurai"), ["AI"]);
        assert_eq!(marked("vis", "A visa for VISITORS"), ["vis", "VIS"]);
        assert_eq!(marked("subsidies", "A subsidy of the year"), ["subsidy"]);
        assert_eq!(marked("societe", "La Société ＡＢＣ"), ["Société"]);
        assert_eq!(marked("abc 콘진", "ＡＢＣ影业 콘진원"), ["ＡＢＣ", "콘진"]);
    }

    proptest! {
        /// The query sent to Postgres contains no operator from the typed text.
        #[test]
        fn no_typed_character_becomes_an_operator(text in "\\PC{0,40}") {
            if let Some(terms) = Terms::parse(&text) {
                let query = terms.tsquery();
                let parts: Vec<&str> = query.split('\'').collect();
                prop_assert!(parts.len() % 2 == 1, "{}", query);
                for (at, part) in parts.into_iter().enumerate() {
                    let allowed = if at % 2 == 0 { " ()|&:*<->" } else { "~^" };
                    let fits = |c: char| if at % 2 == 0 { allowed.contains(c) } else { words::class(c) != Class::Gap || allowed.contains(c) };
                    prop_assert!(part.chars().all(fits), "{}", query);
                }
                terms.marks(&text);
            }
        }
    }
}
