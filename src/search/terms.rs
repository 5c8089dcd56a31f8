//! From what a reader types to what Postgres looks for. `migrations/0011_search.sql` cuts the texts in the same way.

/// Words that mean the same, as typed in lower case: whoever looks for one finds the others.
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

/// What is looked for: every term must be found, in any of its forms.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Terms(Vec<Term>);

/// The forms of a term.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Term(Vec<Form>);

#[derive(Clone, Debug, PartialEq, Eq)]
enum Form {
    /// Latin words that follow each other; of a single one the beginning is enough.
    Words(Vec<String>),
    /// A run of hanzi.
    Hanzi(String),
}

/// The characters that are searched by pairs: the basic block and its extension A.
fn is_hanzi(c: char) -> bool {
    ('\u{3400}'..='\u{9FFF}').contains(&c)
}

impl Terms {
    /// Reads what was typed; none if there is nothing in it to look for.
    pub fn parse(text: &str) -> Option<Terms> {
        let text: Vec<char> = text.to_lowercase().chars().collect();
        let mut terms: Vec<Term> = Vec::new();
        let mut at = 0;
        while at < text.len() {
            if let Some((group, length)) = synonym(&text, at) {
                terms.push(Term(group.iter().map(|form| Form::of(form)).collect()));
                at += length;
                continue;
            }
            let start = at;
            let same = |c: char| {
                if is_hanzi(text[start]) { is_hanzi(c) } else { c.is_alphanumeric() && !is_hanzi(c) }
            };
            if !text[start].is_alphanumeric() {
                at += 1;
                continue;
            }
            at += 1;
            while at < text.len() && same(text[at]) && synonym(&text, at).is_none() {
                at += 1;
            }
            terms.push(Term(vec![Form::of(&text[start..at].iter().collect::<String>())]));
        }
        terms.dedup();
        (!terms.is_empty()).then_some(Terms(terms))
    }

    /// What Postgres' `to_tsquery` reads.
    pub fn tsquery(&self) -> String {
        let terms = self.0.iter().map(|Term(forms)| {
            let forms: Vec<String> = forms.iter().map(Form::tsquery).collect();
            format!("({})", forms.join(" | "))
        });
        terms.collect::<Vec<_>>().join(" & ")
    }

    /// What each term is looked for by: for rows whose words stand in several tables. More terms than anyone types are looked for together.
    pub fn parts(&self) -> Vec<String> {
        const MOST: usize = 4;

        let (first, rest) = self.0.split_at(self.0.len().min(MOST));
        let parts =
            first.iter().map(|term| vec![term.clone()]).chain((!rest.is_empty()).then(|| rest.to_vec()));
        parts.map(|part| Terms(part).tsquery()).collect()
    }

    /// All forms, for marking them in a text; the longest first.
    pub fn forms(&self) -> Vec<String> {
        let mut forms: Vec<String> = self.0.iter().flat_map(|Term(forms)| forms).map(Form::text).collect();
        forms.sort_by_key(|form| std::cmp::Reverse(form.chars().count()));
        forms.dedup();
        forms
    }
}

/// The group of synonyms one of which begins here, and how long that one is; the longest counts.
fn synonym(text: &[char], at: usize) -> Option<(&'static [&'static str], usize)> {
    let begins = |form: &str| {
        let form: Vec<char> = form.chars().collect();
        let end = at + form.len();
        let latin = !is_hanzi(form[0]);
        // A Latin word must stand alone: “ai” does not begin in “aid”, nor end in “samurai”.
        let alone = |index: Option<usize>| {
            !latin
                || index
                    .and_then(|index| text.get(index))
                    .is_none_or(|c| !c.is_alphanumeric() || is_hanzi(*c))
        };
        (text.get(at..end) == Some(&form[..]) && alone(at.checked_sub(1)) && alone(Some(end)))
            .then_some(form.len())
    };
    let groups = SYNONYMS.iter().flat_map(|group| group.iter().map(move |form| (*group, *form)));
    groups.filter_map(|(group, form)| Some((group, begins(form)?))).max_by_key(|(_, length)| *length)
}

impl Form {
    fn of(text: &str) -> Form {
        if text.chars().next().is_some_and(is_hanzi) {
            Form::Hanzi(text.to_owned())
        } else {
            let words = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            Form::Words(words.map(str::to_owned).collect())
        }
    }

    fn text(&self) -> String {
        match self {
            Form::Words(words) => words.join(" "),
            Form::Hanzi(run) => run.clone(),
        }
    }

    fn tsquery(&self) -> String {
        match self {
            Form::Words(words) if words.len() == 1 => format!("{}:*", words[0]),
            Form::Words(words) => format!("({})", words.join(" <-> ")),
            Form::Hanzi(run) => {
                let hanzi: Vec<char> = run.chars().collect();
                match hanzi.as_slice() {
                    // One alone begins a pair, or stands alone.
                    [one] => format!("{one}:*"),
                    _ => {
                        let pairs: Vec<String> = hanzi.windows(2).map(String::from_iter).collect();
                        format!("({})", pairs.join(" <-> "))
                    }
                }
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
    fn chinese_is_looked_for_by_pairs_and_latin_by_its_beginning() {
        assert_eq!(query("枫叶互动"), "((枫叶 <-> 叶互 <-> 互动))");
        assert_eq!(query("枫"), "(枫:*)");
        assert_eq!(query("Reel 2025"), "(reel:*) & (2025:*)");
        assert_eq!(query("ReelShort枫叶"), "(reelshort:*) & ((枫叶))");
    }

    #[test]
    fn synonyms_find_each_other() {
        for text in ["micro-drama", "Short Drama", "微短剧", "短剧"] {
            let query = query(text);
            for form in ["(micro <-> drama)", "(short <-> drama)", "(微短 <-> 短剧)", "microdrama:*"] {
                assert!(query.contains(form), "{text}: {query}");
            }
        }
        let mixed = query("浦东微短剧visa");
        assert!(
            mixed.contains("pudong:*") && mixed.contains("(微短 <-> 短剧)") && mixed.ends_with("(visa:*)"),
            "{mixed}"
        );
    }

    #[test]
    fn a_synonym_within_a_word_is_none() {
        assert_eq!(query("samurai aid"), "(samurai:*) & (aid:*)");
    }

    #[test]
    fn nothing_to_look_for_is_none() {
        assert_eq!(Terms::parse(" ,;!()&|<->:* "), None);
    }

    proptest! {
        /// Whatever is typed, what reaches Postgres has no operator in it that we did not write.
        #[test]
        fn no_typed_character_becomes_an_operator(text in "\\PC{0,40}") {
            if let Some(terms) = Terms::parse(&text) {
                let query = terms.tsquery();
                prop_assert!(query.chars().all(|c| c.is_alphanumeric() || " ()|&:*<->".contains(c)), "{}", query);
            }
        }
    }
}
