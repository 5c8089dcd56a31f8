//! Tests of the query string of explore.

use super::*;

const STATE: &str = "series=a.china.x&series=b.china.y.4&every=year&how=end&currency=USD&units=index&base=2023&formula=%28a%2Bb%29%2Fb&start=2020&end=2025\
                         &kind=panels&axis=log&panels=free&mark=program&mark=policy&place=shanghai&focus=4&sort=-2&find=apps&browse=users&about=china";

#[test]
fn a_state_reads_back_as_it_was_written() {
    let query = ExploreQuery::parse(STATE).unwrap();
    assert_eq!(query.href(Locale::En), format!("/en/explore?{STATE}"));
    assert_eq!(query.series[1].slot, 3);
    assert_eq!(ExploreQuery::parse("units=level&kind=lines&sort=period").unwrap(), ExploreQuery::default());
}

#[test]
fn a_preset_is_changed_by_the_choices_beside_it() {
    let preset = || ExploreQuery::parse("series=a.b.c&units=index&base=2020&axis=log").unwrap();
    let over = |raw: &str| {
        let asked = ExploreQuery::parse(raw).unwrap();
        assert_eq!(asked.href(Locale::En), format!("/en/explore?{raw}"));
        (asked.is_plain_preset(), asked.over_preset(preset()).map(|query| query.href(Locale::En)))
    };
    let plain = "/en/explore?series=a.b.c&units=index&base=2020&axis=log";
    assert_eq!(over("preset=x&sort=-1"), (true, Ok(format!("{plain}&sort=-1"))));
    let change = over("preset=x&units=change&axis=linear");
    assert_eq!(change, (false, Ok("/en/explore?series=a.b.c&units=change&base=2020".into())));
    let level = over("preset=x&units=level&kind=bars");
    assert_eq!(level, (false, Ok("/en/explore?series=a.b.c&base=2020&kind=bars&axis=log".into())));
    assert_eq!(over("preset=x&focus=2").1.unwrap_err().parameter, "focus");
}

#[test]
fn a_series_keeps_its_colour_when_others_go_and_come() {
    let key = |name: &str| SeriesKey { indicator: name.into(), entity: "e".into(), producer: "p".into() };
    let query = ExploreQuery::of_series(["a", "b", "c"].map(key));
    let query = query.without_series(0);
    assert_eq!(query.href(Locale::En), "/en/explore?series=b.e.p.2&series=c.e.p.3");
    let query = query.with_series(&key("d"));
    assert_eq!(query.series.iter().map(|chosen| chosen.slot).collect::<Vec<_>>(), [1, 2, 0]);
    assert_eq!(query.with_earlier(2).series[1].key.indicator, "d");
}

#[test]
fn what_is_wrong_is_named() {
    for (raw, parameter) in [
        ("series=a.b", "series"),
        ("series=a.b.c&series=a.b.c.3", "series"),
        ("series=a.b.c.13", "series"),
        ("units=growth", "units"),
        ("base=2023-Q5", "base"),
        ("start=2025&end=2020", "end"),
        ("focus=2&series=a.b.c", "focus"),
        ("focus=01&series=a.b.c", "focus"),
        ("sort=0", "sort"),
        ("formula=a/", "formula"),
        ("how=sum", "how"),
        ("y=1", "y"),
    ] {
        assert_eq!(ExploreQuery::parse(raw).unwrap_err().parameter, parameter, "{raw}");
    }
    let many: Vec<String> = (0..13).map(|n| format!("series=a{n}.b.c")).collect();
    assert_eq!(ExploreQuery::parse(&many.join("&")).unwrap_err().problem, QueryProblem::TooMany { most: 12 });
}
