//! One cell of a workbook as the text that a CSV file would have.

use std::fmt;

use calamine::{DataRef, ExcelDateTime};

use crate::{
    import::{problem::quoted, spec::CellKind},
    text::spreadsheet::shortest,
};

/// Number from which a whole number in a column of dates is a day counted by the spreadsheet, not a year.
const FIRST_SERIAL: f64 = 10_000.0;
/// 31 December 9999, the last day that spreadsheets count.
const LAST_SERIAL: f64 = 2_958_465.0;

/// Content of a cell.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    Blank,
    Text(String),
    Number(f64),
    /// A number that is shown as a percentage: 0.349 is shown as 34.9 %.
    Percentage(f64),
    Logical(bool),
    /// A number that is formatted as a date.
    Date(ExcelDateTime),
    /// An error value, such as `#REF!`.
    Error(String),
}

/// What a cell is read as.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    pub text: String,
    pub finding: Option<Finding>,
}

/// What the reader of a workbook has to say of a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// The cell cannot be read for certain.
    Problem(String),
    /// The cell was read, but its author should know how.
    Warning(String),
}

impl Value {
    pub fn of(cell: DataRef<'_>) -> Value {
        match cell {
            DataRef::Empty => Value::Blank,
            DataRef::Int(number) => Value::Number(number as f64),
            DataRef::Float(number) => Value::Number(number),
            DataRef::String(text) => Value::Text(text),
            DataRef::SharedString(text) => Value::Text(text.to_owned()),
            DataRef::Bool(yes) => Value::Logical(yes),
            DataRef::DateTime(date) => Value::Date(date),
            DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Value::Text(text),
            DataRef::Error(error) => Value::Error(error.to_string()),
        }
    }

    pub fn is_blank(&self) -> bool {
        match self {
            Value::Blank => true,
            Value::Text(text) => text.trim().is_empty(),
            _ => false,
        }
    }

    /// Reads the cell as a cell of a kind. `has_formula` tells that the value is the stored result of a formula; `epoch_1904` that the
    /// workbook counts days from 1904.
    pub fn read(&self, kind: CellKind, has_formula: bool, epoch_1904: bool) -> Reading {
        let reading = match self {
            value if value.is_blank() => Reading::default(),
            Value::Blank => Reading::default(),
            Value::Text(text) => of_text(text),
            Value::Number(number) => of_number(*number, kind, epoch_1904),
            Value::Percentage(number) => of_percentage(*number),
            Value::Logical(yes) => of_logical(*yes, kind),
            Value::Date(date) => of_date(*date, kind),
            Value::Error(error) => {
                Reading::problem(error, format!("is the error {error}; write the value instead"))
            }
        };
        if !has_formula || matches!(reading.finding, Some(Finding::Problem(_))) {
            return reading;
        }
        if reading.text.is_empty() {
            let what = "is a formula without a stored result; open the workbook in a spreadsheet and save it, or write the value instead";
            return Reading::problem("", what);
        }
        let what = format!("is a formula; its stored result {} was taken", quoted(&reading.text));
        Reading { finding: Some(Finding::Warning(what)), ..reading }
    }
}

impl Reading {
    fn right(text: impl Into<String>) -> Reading {
        Reading { text: text.into(), finding: None }
    }

    fn problem(text: impl Into<String>, what: impl Into<String>) -> Reading {
        Reading { text: text.into(), finding: Some(Finding::Problem(what.into())) }
    }

    fn warning(text: impl Into<String>, what: impl Into<String>) -> Reading {
        Reading { text: text.into(), finding: Some(Finding::Warning(what.into())) }
    }
}

fn of_text(text: &str) -> Reading {
    if text.contains(['\n', '\r']) {
        let one_line = text.split(['\n', '\r']).filter(|line| !line.is_empty()).collect::<Vec<_>>().join(" ");
        return Reading::problem(one_line, "has a line break; write the text in one line");
    }
    Reading::right(text)
}

fn of_number(number: f64, kind: CellKind, epoch_1904: bool) -> Reading {
    let text = match shortest(number) {
        Ok(text) => text,
        Err(text) => {
            let what = format!(
                "is {text}, with more digits than a spreadsheet keeps; a calculation has left a rounding error, so write the figure itself"
            );
            return Reading::problem(text, what);
        }
    };
    let is_serial = number.fract() == 0.0 && (FIRST_SERIAL..=LAST_SERIAL).contains(&number);
    match kind {
        CellKind::Date | CellKind::Day if is_serial => {
            let date = ExcelDateTime::new(number, calamine::ExcelDateTimeType::DateTime, epoch_1904);
            match of_date(date, kind) {
                Reading { text: day, finding: None } => {
                    let what = format!(
                        "is the number {text}, which is how spreadsheets store {day}; read as that day"
                    );
                    Reading::warning(day, what)
                }
                reading => reading,
            }
        }
        CellKind::Number | CellKind::Date | CellKind::Day => Reading::right(text),
        _ => {
            let what = format!(
                "is a number where a text is expected, read as {}; a spreadsheet drops leading zeros, so compare it with the source \
                 and format the cell as text",
                quoted(&text)
            );
            Reading::warning(text, what)
        }
    }
}

/// A spreadsheet keeps the hundredth of what it shows and of what was typed.
fn of_percentage(number: f64) -> Reading {
    let text = shortest(number).unwrap_or_else(|text| text);
    let what = format!(
        "holds {text} and is shown as a percentage, a hundred times as much; format the cell as a number and write what is meant"
    );
    Reading::problem(text, what)
}

fn of_logical(yes: bool, kind: CellKind) -> Reading {
    match (kind, yes) {
        (CellKind::YesNo | CellKind::Yes, true) => Reading::right("yes"),
        (CellKind::YesNo, false) => Reading::right("no"),
        (CellKind::Yes, false) => Reading::right(""),
        _ => {
            let text = if yes { "TRUE" } else { "FALSE" };
            Reading::problem(
                text,
                format!("is the logical value {text}; format the cell as text and write it again"),
            )
        }
    }
}

fn of_date(date: ExcelDateTime, kind: CellKind) -> Reading {
    let (year, month, day, hour, minute, second, milli) = date.to_ymd_hms_milli();
    let text = format!("{year:04}-{month:02}-{day:02}");
    if date.is_duration() || (hour, minute, second, milli) != (0, 0, 0, 0) {
        return Reading::problem(text, "is a time of day or a duration; write YYYY-MM-DD");
    }
    match kind {
        CellKind::Day => Reading::right(text),
        // `2025-12` typed into a cell that is not formatted as text becomes 1 December.
        CellKind::Date if day == 1 => {
            let what = format!(
                "is the date {text}, which a spreadsheet also makes of {}; format the cell as text and write the one that is meant",
                &text[..7]
            );
            Reading::problem(text, what)
        }
        CellKind::Date => Reading::right(text),
        _ => {
            let what = format!(
                "is the date {text}; a spreadsheet may have made it of something else, so format the cell as text and write it again"
            );
            Reading::problem(text, what)
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Finding::Problem(what) | Finding::Warning(what) => f.write_str(what),
        }
    }
}

#[cfg(test)]
mod tests {
    use calamine::ExcelDateTimeType::{DateTime, TimeDelta};

    use super::*;
    use crate::import::spec::Name;

    fn date(serial: f64) -> Value {
        Value::Date(ExcelDateTime::new(serial, DateTime, false))
    }

    fn right(value: &Value, kind: CellKind) -> String {
        let reading = value.read(kind, false, false);
        assert_eq!(reading.finding, None, "{value:?}");
        reading.text
    }

    fn problem(value: &Value, kind: CellKind) -> String {
        match value.read(kind, false, false).finding {
            Some(Finding::Problem(what)) => what,
            other => panic!("{value:?}: {other:?}"),
        }
    }

    fn warning(value: &Value, kind: CellKind) -> (String, String) {
        match value.read(kind, false, false) {
            Reading { text, finding: Some(Finding::Warning(what)) } => (text, what),
            other => panic!("{value:?}: {other:?}"),
        }
    }

    #[test]
    fn numbers_are_the_shortest_decimals() {
        assert_eq!(right(&Value::Number("1.1000000000000001".parse().unwrap()), CellKind::Number), "1.1");
        assert_eq!(right(&Value::Number(5e10), CellKind::Number), "50000000000");
        assert!(problem(&Value::Number(0.1 + 0.2), CellKind::Number).contains("0.30000000000000004"));
    }

    #[test]
    fn dates_are_days_of_the_calendar() {
        assert_eq!(right(&date(45_992.0), CellKind::Day), "2025-12-01");
        assert_eq!(right(&date(45_999.0), CellKind::Date), "2025-12-08");
        assert!(problem(&date(45_992.0), CellKind::Date).contains("also makes of 2025-12"));
        assert!(problem(&date(45_992.5), CellKind::Day).contains("time of day"));
        assert!(problem(&date(45_992.0), CellKind::Number).contains("something else"));
        let duration = Value::Date(ExcelDateTime::new(1.0, TimeDelta, false));
        assert!(problem(&duration, CellKind::Day).contains("duration"));
    }

    #[test]
    fn a_day_that_lost_its_format_is_read_as_the_day() {
        let (text, what) = warning(&Value::Number(45_999.0), CellKind::Day);
        assert_eq!(text, "2025-12-08");
        assert!(what.contains("45999"), "{what}");
        // Spreadsheets of early Macintoshes count from 1904.
        let reading = Value::Number(44_537.0).read(CellKind::Day, false, true);
        assert_eq!(reading.text, "2025-12-08");
        assert_eq!(right(&Value::Number(2025.0), CellKind::Date), "2025");
    }

    #[test]
    fn logical_values_are_yes_and_no_where_those_are_asked() {
        assert_eq!(right(&Value::Logical(true), CellKind::YesNo), "yes");
        assert_eq!(right(&Value::Logical(false), CellKind::YesNo), "no");
        assert_eq!(right(&Value::Logical(true), CellKind::Yes), "yes");
        assert_eq!(right(&Value::Logical(false), CellKind::Yes), "");
        assert!(problem(&Value::Logical(true), CellKind::Text).contains("TRUE"));
    }

    #[test]
    fn numbers_among_texts_may_have_lost_zeros() {
        let (text, what) = warning(&Value::Number(700.0), CellKind::Text);
        assert_eq!(text, "700");
        assert!(what.contains("leading zeros"), "{what}");
        assert_eq!(warning(&Value::Number(2025.0), CellKind::To(Name::Sources)).0, "2025");
    }

    #[test]
    fn a_percentage_is_a_hundredth_of_what_was_typed() {
        assert!(
            problem(&Value::Percentage(0.349), CellKind::Number)
                .starts_with("holds 0.349 and is shown as a percentage")
        );
    }

    #[test]
    fn a_formula_counts_by_its_stored_result() {
        let stored = Value::Number(42.0).read(CellKind::Number, true, false);
        assert_eq!(stored.text, "42");
        assert!(matches!(stored.finding, Some(Finding::Warning(what)) if what.contains("formula")));
        let nothing = Value::Blank.read(CellKind::Number, true, false);
        assert!(
            matches!(nothing.finding, Some(Finding::Problem(what)) if what.contains("without a stored result"))
        );
        assert!(problem(&Value::Error("#REF!".to_owned()), CellKind::Number).contains("#REF!"));
    }

    #[test]
    fn a_line_break_is_a_problem() {
        let reading = Value::Text("one\r\ntwo".to_owned()).read(CellKind::Text, false, false);
        assert_eq!(reading.text, "one two");
        assert!(matches!(reading.finding, Some(Finding::Problem(what)) if what.contains("line break")));
    }
}
