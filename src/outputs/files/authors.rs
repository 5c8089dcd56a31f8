//! Names of persons, split as reference managers want them.

/// A person named as the author of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Person {
    pub family: String,
    /// Empty for a person of one name.
    pub given: String,
}

/// Family names that stand first: Chinese ones in pinyin, and some in other transcriptions and of Koreans.
const FAMILY_FIRST: &str = " Bai Cai Cao Chan Chang Chen Cheng Cheung Chi Cui Dai Deng Ding Dong Du Duan Fan Fang Feng Fu Gao Ge Gong Gu \
    Guo Han Hao He Hong Hou Hu Huang Ji Jia Jiang Jin Kang Kim Kong Lai Lam Lan Lau Lee Lei Leung Li Lian Liang Liao Lin Liu Long Lu Luo \
    Lyu Ma Mao Meng Miao Mo Ni Niu Pan Park Peng Qi Qian Qiao Qin Qiu Ren Shao Shen Shi Si Song Su Sun Tan Tang Tao Teng Tian Wan Wang \
    Wei Wen Wong Wu Xia Xiang Xiao Xie Xiong Xu Xue Yan Yang Yao Ye Yi Yin Yu Yuan Yue Zeng Zhan Zhang Zhao Zheng Zhong Zhou Zhu Zou ";

impl Person {
    fn of(name: &str) -> Person {
        let person =
            |family: &str, given: &str| Person { family: family.to_owned(), given: given.to_owned() };
        let is_latin = name.chars().any(|c| c.is_ascii_alphabetic());
        if !is_latin && !name.contains(' ') {
            // A family name of one character, as nearly all are; some persons give only a nickname of two.
            let first = name.chars().next().map_or(0, char::len_utf8);
            return person(&name[..first], &name[first..]);
        }
        match (name.split_once(' '), name.rsplit_once(' ')) {
            (Some((first, rest)), _) if FAMILY_FIRST.contains(&format!(" {first} ")) => person(first, rest),
            (_, Some((rest, last))) => person(last, rest),
            _ => person(name, ""),
        }
    }

    /// Formats the name with the family name first: `Zhang, Yushuo`.
    pub fn inverted(&self) -> String {
        match self.given.as_str() {
            "" => self.family.clone(),
            given => format!("{}, {given}", self.family),
        }
    }
}

/// Splits the authors of a page into persons, and tells whether the page has others: `Xu Jinyan; Wang Jiahuan`, `马吉英、陈浩`,
/// `Zhang Dandan et al.`.
pub fn persons(authors: &str) -> (Vec<Person>, bool) {
    let named = authors.trim_end_matches(" et al.").trim_end_matches(" and others");
    let is_latin = named.chars().any(|c| c.is_ascii_alphabetic());
    let separators: &[char] = if is_latin { &[';', '；', '、'] } else { &[';', '；', '、', ' '] };
    let names = named.split(separators).map(str::trim).filter(|name| !name.is_empty());
    (names.map(Person::of).collect(), named != authors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_split_into_persons_family_name_first() {
        for (authors, inverted, others) in [
            ("Zhang Yushuo", vec!["Zhang, Yushuo"], false),
            ("Rui Ma", vec!["Ma, Rui"], false),
            ("Lam Hoi-tung", vec!["Lam, Hoi-tung"], false),
            ("Yassin El Hardouz", vec!["Hardouz, Yassin El"], false),
            ("Ariel", vec!["Ariel"], false),
            ("Xu Jinyan; Wang Jiahuan", vec!["Xu, Jinyan", "Wang, Jiahuan"], false),
            ("Zhang Dandan et al.", vec!["Zhang, Dandan"], true),
            ("Hu Ruozhang and others", vec!["Hu, Ruozhang"], true),
            ("马吉英、陈浩", vec!["马, 吉英", "陈, 浩"], false),
            ("曾桂茵 徐彦文", vec!["曾, 桂茵", "徐, 彦文"], false),
            ("권혜미", vec!["권, 혜미"], false),
        ] {
            let (found, more) = persons(authors);
            let found: Vec<String> = found.iter().map(Person::inverted).collect();
            assert_eq!(
                (found, more),
                (inverted.into_iter().map(str::to_owned).collect(), others),
                "{authors}"
            );
        }
    }
}
