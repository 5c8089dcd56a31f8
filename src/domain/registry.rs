//! Registry of the site: every noun with pages of its own, and the pages that stand for no noun.
//!
//! A floor that needs something of each noun (titles, views, files, indexes) has one `match` over [`Noun`] without a catch-all arm, so the
//! program does not compile while a noun is missing there. Lists of nouns are read from here.

use crate::vocabulary;

vocabulary! {
    /// A noun with a list, and with a page for each row. Its word is the path segment, its name the label in the menu; the order is that
    /// of the menu.
    pub enum Noun {
        Indicators = "indicators", "Indicators", "指标";
        Programs = "programs", "Programmes", "政策";
        Subsidies = "subsidies", "Subsidies", "补贴";
        Organizations = "organizations", "Companies", "企业";
        Events = "events", "Events", "事件";
        Places = "places", "Places", "地区";
        Sources = "sources", "Sources", "来源";
    }
}

impl Noun {
    /// Returns every noun, in the order of the menu.
    pub fn all() -> impl Iterator<Item = Noun> {
        Noun::WORDS.iter().map(|(_, noun)| *noun)
    }

    /// Returns the database table of the rows. Places share it with all other entities.
    pub fn table(self) -> &'static str {
        match self {
            Noun::Indicators => "indicator",
            Noun::Programs => "program",
            Noun::Subsidies => "subsidy",
            Noun::Organizations => "organization",
            Noun::Events => "event",
            Noun::Places => "entity",
            Noun::Sources => "source",
        }
    }

    /// Returns the noun whose rows are all rows of a table.
    pub fn of_table(table: &str) -> Option<Noun> {
        Noun::all().find(|noun| *noun != Noun::Places && noun.table() == table)
    }
}

vocabulary! {
    /// A page that exists once and shows rows, and so has files, a frame and a download page as the pages of nouns have. Its word is the
    /// path below the language.
    pub enum SinglePage {
        Home = "", "Overview", "概览";
        Explore = "explore", "Explore", "探索";
        Disagreements = "disagreements", "Disagreements", "分歧";
        Compare = "programs/compare", "Compare", "对比";
        Match = "programs/match", "Match", "匹配";
        Screen = "organizations/screen", "Screen", "筛选";
        Deals = "deals", "Deals", "投资与上市";
        Map = "map", "Map", "地图";
        Check = "check", "Check a figure", "核对数据";
        Search = "search", "Search", "搜索";
        Changes = "changes", "What changed", "变更记录";
    }
}

impl SinglePage {
    pub fn all() -> impl Iterator<Item = SinglePage> {
        SinglePage::WORDS.iter().map(|(_, page)| *page)
    }

    /// Returns the page with these path segments below the language.
    pub fn at(path: &[&str]) -> Option<SinglePage> {
        SinglePage::all().find(|page| page.segments().eq(path.iter().copied()))
    }

    /// Whether the page has a feed.
    pub fn has_feed(self) -> bool {
        match self {
            SinglePage::Home | SinglePage::Deals | SinglePage::Screen | SinglePage::Changes => true,
            SinglePage::Explore
            | SinglePage::Disagreements
            | SinglePage::Compare
            | SinglePage::Match
            | SinglePage::Map
            | SinglePage::Check
            | SinglePage::Search => false,
        }
    }

    /// Returns the path below the language: `/explore`; empty for the front page.
    pub fn path(self) -> String {
        self.segments().map(|segment| format!("/{segment}")).collect()
    }

    fn segments(self) -> impl Iterator<Item = &'static str> {
        self.word().split('/').filter(|segment| !segment.is_empty())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_found_by_its_segments() {
        for page in SinglePage::all() {
            let path = page.path();
            let segments: Vec<&str> = path.split('/').skip(1).collect();
            assert_eq!(SinglePage::at(&segments), Some(page), "{path}");
        }
        assert_eq!(SinglePage::at(&["programs/match"]), None);
        assert_eq!(SinglePage::at(&[""]), None);
    }

    #[test]
    fn a_table_belongs_to_one_noun() {
        assert_eq!(Noun::of_table("program"), Some(Noun::Programs));
        assert_eq!(Noun::of_table("entity"), None);
        assert_eq!(Noun::of_table("revision"), None);
    }
}
