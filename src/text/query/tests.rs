//! Tests of query strings.

use super::*;

#[test]
fn a_removed_parameter_does_not_reappear_behind_question_marks() {
    assert_eq!(Query::decode("??as_of=1").all("as_of"), ["1"]);
    assert!(Query::decode(&without("??as_of=1&q=a", "as_of")).all("as_of").is_empty());
}

#[test]
fn empty_fields_of_a_form_count_as_absent() {
    let query = Query::decode("?q=&topic=apps");
    assert_eq!(query.one("q").unwrap(), None);
    assert_eq!(query.one("topic").unwrap(), Some("apps"));
}

#[test]
fn a_text_is_what_is_left_without_its_outer_spaces() {
    let text = |raw| Query::decode(raw).text("q").unwrap();
    assert_eq!(text("q=+a+b+").as_deref(), Some("a b"));
    assert_eq!(text("q=++"), None);
    assert_eq!(text("q=a%00b").as_deref(), Some("a\u{FFFD}b"));
    assert_eq!(text("q=a%EF%BF%BF").as_deref(), Some("a\u{FFFD}"));
    assert_eq!(text("q=a%0D%0Ab").as_deref(), Some("a b"));
    assert_eq!(text("q=%E2%80%8B%E2%80%AE"), None);
}

#[test]
fn a_year_has_four_digits_and_is_written_with_them() {
    let year = |raw| Query::decode(raw).year("year").map_err(|error| error.problem);
    assert_eq!(year("year=2025"), Ok(Some(2025)));
    for wrong in ["year=0000", "year=0999", "year=25", "year=%2B202", "year=20255"] {
        assert_eq!(year(wrong), Err(QueryProblem::NotAYear), "{wrong}");
    }
}

#[test]
fn unknown_and_repeated_parameters_are_refused_by_name() {
    let query = Query::decode("topic=apps&topic=users&x=1");
    assert_eq!(query.only(&["topic"]).unwrap_err().parameter, "x");
    assert_eq!(query.one("topic").unwrap_err().problem, QueryProblem::Repeated);
    assert_eq!(query.all("topic"), ["apps", "users"]);
}

#[test]
fn a_word_outside_the_list_says_what_is_allowed() {
    let error = Query::decode("rows=most").word("rows", &[("all", 1), ("headline", 2)]).unwrap_err();
    assert_eq!(error.problem, QueryProblem::NotAllowed { allowed: vec!["all".into(), "headline".into()] });
}

#[test]
fn days_and_years_have_one_form() {
    assert_eq!(Query::decode("on=2025-12-05").day("on").unwrap(), NaiveDate::from_ymd_opt(2025, 12, 5));
    for wrong in ["2025-12", "2025-1-5", "2025-02-30", "today"] {
        let error = Query::decode(&format!("on={wrong}")).day("on").unwrap_err();
        assert_eq!(error.problem, QueryProblem::NotADay, "{wrong}");
    }
}

#[test]
fn a_month_has_one_form() {
    let month = |raw: &str| Query::decode(raw).month("since");
    assert_eq!(month("since=2025-12").unwrap(), "2025-12".parse().ok());
    for wrong in ["2025", "2025-13", "2025-1", "2025-12-05", "december"] {
        let error = month(&format!("since={wrong}")).unwrap_err();
        assert_eq!(error.problem, QueryProblem::NotAMonth, "{wrong}");
    }
}

#[test]
fn ids_keep_their_order_and_their_number() {
    let query = Query::decode("program=b&program=a&program=b");
    assert_eq!(query.ids("program", 2).unwrap(), ["b", "a"]);
    assert_eq!(query.ids("program", 1).unwrap_err().problem, QueryProblem::TooMany { most: 1 });
}

#[test]
fn a_parameter_is_taken_off_and_put_on() {
    assert_eq!(without("?q=a+b&as_of=1&x=%E7%9F%AD", AS_OF), "q=a+b&x=%E7%9F%AD");
    assert_eq!(without("q=a%20b", AS_OF), "q=a%20b");
    assert_eq!(with("/en/x?q=1#y", AS_OF, "2"), "/en/x?q=1&as_of=2#y");
    assert_eq!(with("/en/x", AS_OF, "2026-11-25"), "/en/x?as_of=2026-11-25");
}

#[test]
fn addresses_are_encoded() {
    assert_eq!(
        href("/en/sources", [("q", "短剧 & co".to_owned())]),
        "/en/sources?q=%E7%9F%AD%E5%89%A7+%26+co"
    );
    assert_eq!(href("/en/sources", []), "/en/sources");
}
