//! What part a name plays beside a number: the one that the number is about, or one that is only mentioned.

use std::ops::Range;

use super::super::letters::Letters;

/// Part that a name plays in its sentence.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The number may be about it.
    Plain,
    /// It is only mentioned: `unlike X`, `X's rival Y`, `owned by X`, `X旗下Y`.
    Aside,
    /// The number is about something around it, or other than it: `outside X`, `X and its rivals`, `X等应用`.
    Around,
}

/// Words right before a name that is compared, or belongs to another one.
const ASIDE_BEFORE: &str = "unlike, than, versus, vs, vs., compared with, compared to, against, beat, beats, beating, topped, tops, topping, surpassed, \
    surpasses, surpassing, overtook, overtakes, overtaking, passed, outearned, outsold, outperformed, outpaced, outstripped, eclipsed, ahead of, \
    behind, trailing, trails, followed by, chasing, rivalling, rivaling, rivals, not, rather than, instead of, like, as with, similar to, \
    competes with, competing with, competitor of, rival of, rival to, parent of, owner of, maker of, developer of, operator of, creator of, \
    owns, operates, owned by, operated by, developed by, made by, run by, backed by, published by, launched by, backer of, next to, alongside, \
    including, dominated by, led by, as opposed to, in contrast to, second to, only to, \
    不是, 并非, 而非, 非, 不同于, 有别于, 相比, 相比于, 相较于, 相较, 对比, 高于, 低于, 超过, 超越, 赶超, 反超, 领先, 领先于, 落后于, 不及, 仅次于, \
    击败, 胜过, 力压, 包括, 如同";

/// Words right before a name that leave the rest, or make it one of several.
const AROUND_BEFORE: &str = "outside, outside of, beyond, excluding, except, except for, other than, apart from, rest of, such as, apps like, \
    除, 除了, 诸如, 类似";

/// Nouns after `X's` or `X的` that stand for another one than X.
const RELATED: &str = "rival, rivals, competitor, competitors, parent, parent company, owner, maker, developer, operator, publisher, backer, \
    investor, shareholder, subsidiary, affiliate, sister app, peer, peers, predecessor, successor, neighbour, neighbor, neighbours, \
    neighbors, 竞争对手, 对手, 竞品, 母公司, 东家, 股东, 投资方, 子公司, 关联公司, 姊妹应用, 同行, 开发商, 运营商, 邻国, 邻省, 邻市, \
    like, style, type, 式, 报道, 报导, 消息, 消息称, 援引, 转引, citing, quoting";

/// Words right after a name that another one follows.
const OWNS: &str = "旗下, 旗下的, 运营的, 开发的, 推出的, 出品的, 控股的, 投资的, 参股的, 孵化的, owned, backed, run, operated, developed";

/// Words right after a name that add others to it.
const WITH_OTHERS: &str = "and its rivals, and its peers, and its competitors, and rivals, and peers, and others, and other, and similar, or other, \
    and the rest, together with, along with, combined with, plus, et al, 等, 及其他, 和其他, 与其他, 及其竞争对手, 以外, 之外, 除外, 外";

/// Particles around a name that is compared: `与X相比`, `比X`.
const COMPARED: &str = "相比, 相较, 不同, 不一样, 相反, 比较, 比起来, 比";

pub fn role(text: &Letters, range: &Range<usize>) -> Role {
    let after = Around { text, at: range.end };
    let before = Before { text, end: range.start };
    let compared = before.any("与, 和, 跟, 同, 较") && after.begins(COMPARED)
        || before.any("比, 较") && !before.any("占比, 环比, 同比, 对比, 比较");
    if before.any(AROUND_BEFORE) || after.begins(WITH_OTHERS) {
        return Role::Around;
    }
    let possessed = after.genitive();
    if possessed.is_some_and(|after| after.begins(RELATED)) || after.begins(RELATED) {
        return Role::Aside;
    }
    if compared || before.any(ASIDE_BEFORE) || after.begins(OWNS) { Role::Aside } else { Role::Plain }
}

/// The text after a name.
#[derive(Clone, Copy)]
struct Around<'a> {
    text: &'a Letters,
    at: usize,
}

impl<'a> Around<'a> {
    fn begins(self, words: &str) -> bool {
        let at = self.text.skip_spaces(self.at);
        let at = if self.text.get(at) == Some('-') { at + 1 } else { at };
        words
            .split(", ")
            .any(|word| self.text.stands(at, word) && self.text.ends_word(at + word.chars().count()))
    }

    fn genitive(self) -> Option<Around<'a>> {
        let length = ["'s ", "' ", "的"].iter().find(|word| self.text.stands(self.at, word))?.chars().count();
        Some(Around { at: self.at + length, ..self })
    }
}

/// The text before a name.
#[derive(Clone, Copy)]
struct Before<'a> {
    text: &'a Letters,
    end: usize,
}

impl Before<'_> {
    /// Whether one of some words stands right before, or before an article.
    fn any(self, words: &str) -> bool {
        const ARTICLES: [&str; 4] = ["the", "app", "platform", "of"];

        let text = self.text;
        let ends_with = |end: usize, word: &str| {
            let from = end.checked_sub(word.chars().count())?;
            (text.stands(from, word) && text.begins_word(from)).then_some(from)
        };
        let mut end = self.end;
        loop {
            while end > 0 && text.get(end - 1) == Some(' ') {
                end -= 1;
            }
            if words.split(", ").any(|word| ends_with(end, word).is_some()) {
                return true;
            }
            match ARTICLES.iter().find_map(|article| ends_with(end, article)) {
                Some(from) => end = from,
                None => return false,
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Role {
        let letters = Letters::of(text);
        let at = (0..letters.len()).find(|at| letters.stands(*at, "dramabox")).unwrap();
        role(&letters, &(at..at + 8))
    }

    #[test]
    fn a_name_is_what_a_number_is_about_unless_words_beside_it_say_otherwise() {
        for text in [
            "DramaBox earned",
            "of DramaBox in 2025",
            "DramaBox's revenue",
            "DramaBox的收入",
            "中国的DramaBox收入",
        ] {
            assert_eq!(of(text), Role::Plain, "{text}");
        }
        for text in [
            "Unlike DramaBox, ReelShort",
            "DramaBox's rival ReelShort",
            "ReelShort, owned by DramaBox",
            "more than the app DramaBox",
            "与DramaBox不同",
            "相比DramaBox",
            "DramaBox旗下的ReelShort",
            "DramaBox的母公司",
            "比DramaBox高",
        ] {
            assert_eq!(of(text), Role::Aside, "{text}");
        }
        for text in ["outside DramaBox", "DramaBox and other apps", "DramaBox等应用", "DramaBox以外"] {
            assert_eq!(of(text), Role::Around, "{text}");
        }
    }
}
