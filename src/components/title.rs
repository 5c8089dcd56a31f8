//! Window titles: page, selected values, and section of the site. No two pages share a title.

use super::list::FacetGroup;
use crate::text::{
    Locale,
    query::{self, Query},
};

/// Name of a parameter, in English and Chinese.
pub type ParameterLabel = (&'static str, &'static str);

/// Returns the labels of the parameters of lists. A context of the pages, which know the lists.
#[derive(Clone, Copy, Debug)]
pub struct ListLabels(pub fn(&str) -> Option<ParameterLabel>);

/// Parameters of pages other than lists, with their labels. Facets of the page are labelled by their own groups instead.
const PARAMETERS: [(&str, &str, &str); 34] = [
    ("about", "about", "对象"),
    ("add", "added", "加入"),
    ("amount", "amount", "金额"),
    ("as_of", "as of", "截至"),
    ("axis", "axis", "坐标轴"),
    ("base", "base", "基准"),
    ("browse", "browse", "浏览"),
    ("currency", "currency", "币种"),
    ("does", "does", "业务"),
    ("entity", "of", "对象"),
    ("end", "until", "至"),
    ("every", "every", "频率"),
    ("find", "find", "查找"),
    ("focus", "focus", "突出"),
    ("formula", "formula", "公式"),
    ("group", "group", "分组"),
    ("how", "not summed", "不可加总"),
    ("indicator", "indicator", "指标"),
    ("kind", "kind", "类型"),
    ("known_on", "as known on", "所知截至"),
    ("mark", "marks", "标注"),
    ("needs", "needs", "需求"),
    ("of", "estimates of", "估算对象"),
    ("panels", "panels", "分图"),
    ("place", "place", "地区"),
    ("preset", "ready-made chart", "预设图表"),
    ("producer", "by", "数据方"),
    ("program", "programme", "政策"),
    ("rows", "figures", "数据范围"),
    ("series", "series", "序列"),
    ("sort", "sorted by", "排序"),
    ("start", "from", "自"),
    ("topic", "topic", "主题"),
    ("units", "shown as", "显示为"),
];

/// Returns the window title of a page, from its heading and query string.
pub fn of_window(
    locale: Locale,
    heading: &str,
    search: &str,
    choices: &[FacetGroup],
    // Distinguishes it from other pages with the same heading.
    detail: Option<&str>,
    // Section of the site that contains it.
    section: Option<&str>,
    of_list: impl Fn(&str) -> Option<ParameterLabel>,
) -> String {
    let site = locale.pick("Micro-Drama Observatory", "微短剧观察");
    let mut words: Vec<String> = detail.map(str::to_owned).into_iter().collect();
    // The `detail` already names the series of a chart.
    let named: &[&str] = if detail.is_some() { &["series"] } else { &[] };
    words.extend(state(locale, &Query::decode(search), choices, named, of_list));
    let page = match words.is_empty() {
        true => heading.to_owned(),
        false => locale
            .pick(format!("{heading} ({})", words.join("; ")), format!("{heading}（{}）", words.join("；"))),
    };
    [Some(page.as_str()), section, Some(site)].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// Describes the selected values in words.
fn state(
    locale: Locale,
    query: &Query,
    choices: &[FacetGroup],
    named: &[&str],
    of_list: impl Fn(&str) -> Option<ParameterLabel>,
) -> Vec<String> {
    let colon = locale.pick(": ", "：");
    let mut words = Vec::new();
    let mut covered: Vec<&str> = named.to_vec();
    for group in choices {
        let [first, others @ ..] = group.choices.as_slice() else { continue };
        let Some(chosen) = others.iter().find(|choice| choice.chosen) else { continue };
        words.push(format!("{}{colon}{}", group.title, chosen.label));
        // The first value links to the page without the facet's parameter, which reveals the parameter's name.
        let without = Query::decode(first.href.split_once('?').map_or("", |(_, search)| search));
        let own = |name: &&str| without.all(name).is_empty() && !query::STATE.contains(name);
        covered.extend(query.pairs().map(|(name, _)| name).filter(own));
    }
    for (name, value) in query.pairs() {
        let own = PARAMETERS.iter().find(|(parameter, ..)| *parameter == name).map(|(_, en, zh)| (*en, *zh));
        let label = own.or_else(|| of_list(name)).map_or(name, |(en, zh)| locale.pick(en, zh));
        words.push(match name {
            "q" => locale.pick(format!("“{value}”"), format!("“{value}”")),
            "after" => locale.pick(format!("after {value}"), format!("{value}之后")),
            query::AS_OF if value.parse::<u32>().is_ok() => {
                locale.pick(format!("revision {value}"), format!("数据版本{value}"))
            }
            _ if covered.contains(&name) => continue,
            _ => format!("{label}{colon}{value}"),
        });
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::components::list::FacetValue;

    fn level(chosen: Option<&'static str>, rest: &str) -> FacetGroup {
        let values = [FacetValue::new("city", "City", 3), FacetValue::new("district", "District", 2)];
        let href = |value: Option<&&str>| {
            let own = value.map(|value| format!("&level={value}")).unwrap_or_default();
            format!("/en/programs?{rest}{own}")
        };
        FacetGroup::facet(Locale::En, "Level", 5, values, chosen.as_ref(), href)
    }

    #[test]
    fn a_title_says_what_was_chosen() {
        let title = |locale, search: &str, choices: &[FacetGroup]| {
            of_window(locale, "Programmes", search, choices, None, None, |_| None)
        };
        let en = |search, choices: &[FacetGroup]| title(Locale::En, search, choices);
        assert_eq!(en("", &[]), "Programmes · Micro-Drama Observatory");
        assert_eq!(en("", &[level(None, "")]), en("", &[]));
        assert_eq!(
            en("?level=city&q=AI&after=x&as_of=2", &[level(Some("city"), "q=AI")]),
            "Programmes (Level: City; “AI”; after x; revision 2) · Micro-Drama Observatory"
        );
        assert_eq!(
            title(Locale::Zh, "?start=2024&as_of=2026-11-25&new=1", &[]),
            "Programmes（自：2024；截至：2026-11-25；new：1） · 微短剧观察"
        );
    }

    #[test]
    fn one_name_in_two_places_is_two_titles() {
        let title = |section| of_window(Locale::En, "ReelShort", "", &[], None, section, |_| None);
        assert_eq!(title(Some("Events")), "ReelShort · Events · Micro-Drama Observatory");
        assert_ne!(title(Some("Companies")), title(Some("Events")));
        assert_eq!(
            of_window(Locale::Zh, "短剧", "", &[], Some("第一财经，2025-12-08"), Some("来源"), |_| None),
            "短剧（第一财经，2025-12-08） · 来源 · 微短剧观察"
        );
    }
}
