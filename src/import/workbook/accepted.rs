//! What a column accepts, in words for the header of its sheet.

use crate::{
    import::spec::{CellKind, ColumnSpec},
    text::Locale,
};

/// Describes what a column accepts, and whether a cell may be blank.
pub fn accepted(column: &ColumnSpec, locale: Locale) -> String {
    let required = match column.required {
        true => locale.pick("Required.", "必填。"),
        false => locale.pick("May be blank.", "可空白。"),
    };
    locale.pick(
        format!("{required} {}", kind(column.kind, locale)),
        format!("{required}{}", kind(column.kind, locale)),
    )
}

fn kind(kind: CellKind, locale: Locale) -> String {
    match kind {
        CellKind::Text => locale.pick("A text of one line.", "一行文字。").to_owned(),
        CellKind::Id => locale
            .pick(
                "A new id: lower-case letters, digits and single hyphens.",
                "新的 id：小写字母、数字和单个连字符。",
            )
            .to_owned(),
        CellKind::Date => locale
            .pick(
                "A date as precise as the source: YYYY, YYYY-MM or YYYY-MM-DD. The cell is a text.",
                "日期，精度与来源一致：YYYY、YYYY-MM 或 YYYY-MM-DD。单元格为文本。",
            )
            .to_owned(),
        CellKind::Day => locale.pick("A full date: YYYY-MM-DD.", "完整日期：YYYY-MM-DD。").to_owned(),
        CellKind::Number => locale
            .pick(
                "A number in full, never abbreviated. With more than 15 digits it is written as a text, because a spreadsheet would change \
                 the last ones.",
                "完整书写的数字，不缩写。超过15位的写作文本，因为电子表格会改动末尾数字。",
            )
            .to_owned(),
        CellKind::Url => locale
            .pick("An address that begins with https:// or http://.", "以 https:// 或 http:// 开头的网址。")
            .to_owned(),
        CellKind::Word(words) => {
            locale.pick(format!("One of: {}.", words.join(", ")), format!("取值：{}。", words.join("、")))
        }
        CellKind::YesNo => locale.pick("yes or no.", "yes 或 no。").to_owned(),
        CellKind::Yes => locale.pick("yes, or blank for no.", "yes；空白表示否。").to_owned(),
        CellKind::Words(words) => locale.pick(
            format!("Any of these, in this order, separated by “;”: {}.", words.join(";")),
            format!("以下各项中的若干项，依此顺序，以“;”分隔：{}。", words.join(";")),
        ),
        CellKind::Currency => locale.pick("A currency of ISO 4217.", "ISO 4217 币种代码。").to_owned(),
        CellKind::Language => locale.pick("A language of ISO 639-1.", "ISO 639-1 语言代码。").to_owned(),
        CellKind::Unit => locale
            .pick(
                "A unit of the list, or a rate of two currencies such as CNY per USD.",
                "列表中的单位，或两种货币之比，如 CNY per USD。",
            )
            .to_owned(),
        CellKind::List => locale.pick("Words separated by “;”.", "若干词语，以“;”分隔。").to_owned(),
        CellKind::To(name) => {
            let sheet = name.file().stem();
            locale.pick(format!("An id of the sheet {sheet}."), format!("工作表 {sheet} 中的 id。"))
        }
        CellKind::Many(name) => {
            let sheet = name.file().stem();
            locale.pick(
                format!("Ids of the sheet {sheet}, separated by “;”."),
                format!("工作表 {sheet} 中的 id，以“;”分隔。"),
            )
        }
    }
}
