//! Names of entities and producers, as texts write them.

use std::ops::Range;

use super::letters::{Letters, Phrases};
use crate::text::Named;

/// What a name stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// Id of a place.
    Place(String),
    /// Id of an app, an organization, a work or a group.
    Subject(String),
    Producer(String),
    /// A name that contains another one but means something else.
    Nothing,
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WrittenName {
    pub range: Range<usize>,
    pub meanings: Vec<Meaning>,
    /// Whether words beside the name say that it is where the figure comes from.
    pub is_attribution: bool,
}

/// Names that texts use for places, companies and producers beside those in the data set, by id.
const ALIASES: [(&str, &[&str]); 62] = [
    (
        "china",
        &[
            "chinese",
            "mainland",
            "domestic",
            "domestically",
            "nationwide",
            "national",
            "我国",
            "全国",
            "国内",
            "内地",
            "境内",
            "中国大陆",
            "prc",
        ],
    ),
    (
        "overseas",
        &[
            "abroad",
            "outside china",
            "outside mainland china",
            "outside the mainland",
            "foreign markets",
            "international",
            "internationally",
            "overseas markets",
            "出海",
            "境外",
            "国外",
            "海外市场",
            "overseas",
        ],
    ),
    ("global", &["worldwide", "global", "globally", "the world", "全世界"]),
    ("us", &["us", "u.s.", "usa", "u.s", "america", "american", "united states", "美国市场"]),
    ("uk", &["britain", "british", "u.k."]),
    ("japan", &["japanese"]),
    ("india", &["indian"]),
    ("indonesia", &["indonesian", "印尼"]),
    ("thailand", &["thai"]),
    ("south-korea", &["korea", "korean", "south korean"]),
    ("southeast-asia", &["southeast asian", "south east asia"]),
    ("latin-america", &["latin american", "拉美"]),
    ("europe", &["european"]),
    ("brazil", &["brazilian"]),
    ("mexico", &["mexican"]),
    ("germany", &["german"]),
    ("france", &["french"]),
    ("philippines", &["philippine", "the philippines"]),
    ("shanghai-pudong", &["pudong", "浦东"]),
    ("dongyang-hengdian", &["hengdian", "横店"]),
    ("xian", &["xi an"]),
    ("kunlun-tech", &["kunlun", "昆仑"]),
    ("col-group", &["col", "col digital"]),
    ("ireader", &["ireader", "zhangyue", "掌阅"]),
    ("china-literature", &["阅文", "yuewen"]),
    ("crazy-maple-studio", &["crazy maple", "枫叶"]),
    ("dianzhong", &["dianzhong", "点众"]),
    ("kuaishou", &["kuaishou", "快手"]),
    ("kuaishou-app", &["kuaishou app", "快手app", "快手应用"]),
    ("linmon-media", &["linmon", "柠萌"]),
    ("hongguo", &["hongguo", "red fruit", "红果", "红果短剧"]),
    ("hema", &["hema", "河马"]),
    ("bilibili-app", &["bilibili", "b站", "哔哩哔哩"]),
    ("storymatrix-dramabox", &["storymatrix"]),
    ("malt-media", &["malt media", "maiya", "麦芽"]),
    ("heard-island", &["heard island", "tinghuadao"]),
    ("zhangjiang-publishing-base", &["zhangjiang", "张江"]),
    ("waigaoqiao-trade-base", &["waigaoqiao", "外高桥"]),
    ("sharehouse-2", &["sharehouse 2"]),
    ("iimedia", &["iimedia", "艾媒", "艾媒咨询"]),
    ("iresearch", &["iresearch", "艾瑞"]),
    ("dataeye", &["dataeye"]),
    ("cnsa", &["cnsa", "netcasting services association", "网络视听协会", "中国网络视听协会"]),
    ("cnnic", &["cnnic"]),
    ("nrta", &["nrta", "广电总局", "national radio and television administration", "broadcasting regulator"]),
    ("china-film-administration", &["film administration", "film office", "电影局"]),
    (
        "pku-nsd",
        &["peking university", "national school of development", "北大", "北京大学", "北大国发院", "国发院"],
    ),
    ("media-partners-asia", &["mpa"]),
    ("federal-reserve", &["federal reserve", "the fed", "美联储"]),
    ("cfets", &["cfets", "foreign exchange trade system", "外汇交易中心"]),
    ("google-temasek-bain", &["temasek", "bain", "e conomy sea", "淡马锡", "贝恩"]),
    (
        "sh-culture-tourism",
        &[
            "shanghai municipal administration of culture and tourism",
            "shanghai culture and tourism",
            "上海市文旅局",
            "上海文旅局",
        ],
    ),
    ("pudong-government", &["pudong government", "pudong authorities", "浦东新区政府", "浦东政府"]),
    ("shanghai-government", &["shanghai government", "上海市政府"]),
    ("owl-and-co", &["owl and co"]),
    ("ent-group", &["entgroup", "艺恩"]),
    ("weizhuo", &["weizhuo", "维卓"]),
    ("diandian-data", &["diandian", "点点数据"]),
    ("duanju-zixishi", &["短剧自习室"]),
    ("kaiyuan-securities", &["kaiyuan", "开源证券"]),
    ("miaozhen-systems", &["miaozhen", "秒针"]),
    (
        "wuzhen-summit",
        &["wuzhen summit", "world internet conference", "wuzhen", "乌镇峰会", "世界互联网大会"],
    ),
];

/// Names that contain names of the data set and mean something else.
const OTHERS: [&str; 14] = [
    "us$",
    "us dollar",
    "u.s. dollar",
    "google play",
    "amazon appstore",
    "federal reserve notes",
    "china mobile",
    "中国移动",
    "based in",
    "world first",
    "reel ai",
    "apple app store",
    "international workers",
    "us based",
];

/// All names of a data set.
pub struct Names {
    phrases: Phrases<Meaning>,
}

impl Names {
    /// Names of places, of other entities, of producers, and further names of any of them by id.
    pub fn new<'a>(
        places: impl Iterator<Item = &'a Named>,
        subjects: impl Iterator<Item = &'a Named>,
        producers: impl Iterator<Item = &'a Named>,
        aliases: &[(String, Vec<String>)],
    ) -> Names {
        let mut all: Vec<(String, Meaning)> =
            OTHERS.iter().map(|name| ((*name).to_owned(), Meaning::Nothing)).collect();
        let mut add = |named: &Named, meaning: &dyn Fn(String) -> Meaning| {
            let is_place = matches!(meaning(String::new()), Meaning::Place(_));
            let more = ALIASES.iter().filter(|(id, _)| *id == named.id).flat_map(|(_, names)| *names);
            let own =
                aliases.iter().filter(|(id, _)| *id == named.id).flat_map(|(_, names)| names.iter().cloned());
            let mut names: Vec<String> = forms(named, is_place)
                .into_iter()
                .chain(own)
                .chain(more.map(|name| (*name).to_owned()))
                .collect();
            names.sort();
            names.dedup();
            names.retain(|name| name.chars().count() > 1);
            all.extend(names.into_iter().map(|name| (name, meaning(named.id.clone()))));
        };
        places.for_each(|named| add(named, &Meaning::Place));
        subjects.for_each(|named| add(named, &Meaning::Subject));
        producers
            .filter(|named| named.id != "unattributed" && named.id != "derived")
            .for_each(|named| add(named, &Meaning::Producer));
        Names { phrases: Phrases::new(all) }
    }

    /// Finds every name in a text.
    pub fn find(&self, text: &Letters) -> Vec<WrittenName> {
        let found = self.phrases.find(text, 0..text.len());
        let named = found.into_iter().filter(|(_, meanings)| !meanings.contains(&Meaning::Nothing));
        named
            .filter(|(range, _)| !is_based(text, range.end))
            .map(|(range, meanings)| WrittenName {
                is_attribution: is_attribution(text, &range),
                range,
                meanings,
            })
            .collect()
    }
}

/// Forms of a name: both languages, without what stands in parentheses and that alone, without the kind of place or company.
fn forms(named: &Named, is_place: bool) -> Vec<String> {
    const KINDS: [&str; 12] = [
        " District",
        " New Area",
        " Technology",
        " Group",
        " Research",
        " Studio",
        " Data",
        "市",
        "省",
        "区",
        "新区",
        "县",
    ];
    let mut forms = Vec::new();
    for name in [Some(&named.en), named.zh.as_ref()].into_iter().flatten() {
        forms.push(name.clone());
        if let Some((before, rest)) = name.split_once(['(', '（']) {
            forms.push(before.trim().to_owned());
            let inner = rest.split([')', '）']).next().unwrap_or_default().trim();
            let is_name = inner.len() > 3
                && inner.starts_with(|c: char| c.is_ascii_uppercase())
                && !inner.contains(' ');
            if is_name && !is_place && before.split(' ').count() < 4 {
                forms.push(inner.to_owned());
            }
        }
        forms.push(name.replace('&', "and"));
    }
    let mut shorter: Vec<String> = Vec::new();
    for form in &forms {
        // A short rest may be another word: `Linmon Media` keeps its kind.
        let stripped =
            KINDS.iter().filter_map(|kind| form.strip_suffix(kind)).filter(|rest| rest.chars().count() > 1);
        shorter.extend(stripped.filter(|rest| !matches!(*rest, "COL" | "Sensor")).map(str::to_owned));
    }
    forms.extend(shorter);
    forms
}

/// `Beijing-based`: where a company sits, not what is measured.
fn is_based(text: &Letters, end: usize) -> bool {
    text.stands(end, " based") || text.stands(end, "-based")
}

fn is_attribution(text: &Letters, range: &Range<usize>) -> bool {
    const BEFORE: [&str; 16] = [
        "according to",
        "data from",
        "figures from",
        "estimates from",
        "by",
        "from",
        "citing",
        "says",
        "per",
        "estimates by",
        "据",
        "根据",
        "来自",
        "援引",
        "引用",
        "按",
    ];
    const AFTER: [&str; 38] = [
        "data",
        "figures",
        "estimate",
        "estimates",
        "estimated",
        "said",
        "says",
        "report",
        "reported",
        "reports",
        "puts",
        "put",
        "forecast",
        "forecasts",
        "expects",
        "expected",
        "predicts",
        "predicted",
        "projects",
        "projected",
        "counted",
        "counts",
        "research",
        "showed",
        "shows",
        "数据",
        "统计",
        "估算",
        "显示",
        "发布",
        "报告",
        "表示",
        "预计",
        "测算",
        "预测",
        "称",
        "指出",
        "研究院",
    ];
    let mut from = range.start;
    while from > 0 && text.get(from - 1) == Some(' ') {
        from -= 1;
    }
    if from >= 4 && text.stands(from - 4, " the") {
        from -= 4;
    }
    let before = BEFORE.iter().any(|word| {
        from.checked_sub(word.chars().count()).is_some_and(|at| text.stands(at, word) && text.begins_word(at))
    });
    let next = text.skip_spaces(if text.stands(range.end, "'s") { range.end + 2 } else { range.end });
    let next = if matches!(text.get(next), Some('的')) { next + 1 } else { next };
    before || AFTER.iter().any(|word| text.stands(next, word) && text.ends_word(next + word.chars().count()))
}
