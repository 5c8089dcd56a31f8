//! First sheet of a workbook, and the sheet with the meaning of every column.

use rust_xlsxwriter::{Format, FormatAlign, Workbook, XlsxError};

use super::{accepted::accepted, dictionary::note, layout::height, names};
use crate::{import::spec::FILES, text::Locale};

/// How the workbook is used, in English and Chinese.
const LINES: [(&str, &str); 12] = [
    (
        "This workbook is the data set of the Micro-Drama Observatory: one sheet per table. `observatory check` and `observatory import` read it as they read a folder of CSV files.",
        "本工作簿是微短剧观察的数据集，每张表一个工作表。`observatory check` 和 `observatory import` 读取它的方式与读取 CSV 文件夹相同。",
    ),
    (
        "1. Edit the sheets. Add rows below the last one, in any order. Point at the name of a column to see what it means; the sheet dictionary has the same as a list.",
        "1. 编辑各工作表。新行加在最后一行之下，顺序不限。将指针移到列名上可看到含义；dictionary 工作表列有相同内容。",
    ),
    (
        "2. Save as “Excel workbook (.xlsx)”. LibreOffice and WPS Office can do so too.",
        "2. 存为“Excel 工作簿 (.xlsx)”。LibreOffice 和 WPS Office 也可以。",
    ),
    (
        "3. Check: observatory check FILE.xlsx --report findings.html (or findings.xlsx, a copy of this workbook in which faulty cells are marked).",
        "3. 检查：observatory check FILE.xlsx --report findings.html（或 findings.xlsx，即标出错误单元格的工作簿副本）。",
    ),
    (
        "4. Look at the site as it would be: observatory import FILE.xlsx --preview. Then publish: observatory import FILE.xlsx --by NAME --note \"…\"",
        "4. 预览发布后的网站：observatory import FILE.xlsx --preview。然后发布：observatory import FILE.xlsx --by NAME --note \"…\"",
    ),
    (
        "Do not rename the sheets or the columns. Sheets that the data set does not know are refused; guide, dictionary and lists are ignored.",
        "请勿更改工作表名和列名。不属于数据集的工作表会被拒绝；guide、dictionary 和 lists 不读取。",
    ),
    (
        "Columns with a dark header must be filled in. Drop-down lists offer the words that a cell may contain, and the ids of other sheets. They help; the check decides.",
        "深色列名的列必填。下拉列表列出单元格可用的取值和其他工作表的 id。列表只作辅助，以检查结果为准。",
    ),
    (
        "Dates: full dates are dates of the spreadsheet. Dates of any precision (2025, 2025-12, 2025-12-08) are texts, because a spreadsheet would make a day of a month.",
        "日期：完整日期为电子表格的日期格式。精度不一的日期（2025、2025-12、2025-12-08）为文本，因为电子表格会把月份变成某一天。",
    ),
    (
        "Numbers: write every digit of the source and no more. A spreadsheet keeps 15 digits; a longer number is written as a text, so that none is lost.",
        "数字：按来源写全，不多不少。电子表格只保留15位；更长的数字写作文本，以免丢失。",
    ),
    (
        "Formulas count by the result that was stored when the workbook was saved; the check warns of each. Merged cells, line breaks and errors such as #REF! are refused.",
        "公式按保存时的结果读取，检查时逐个提示。合并单元格、换行和 #REF! 等错误会被拒绝。",
    ),
    (
        "Every text in English has its Chinese one and says the same. A link to a source is written [[its id]] in both.",
        "英文文字均有对应的中文，内容相同。来源链接在两种文字中均写作 [[来源 id]]。",
    ),
    (
        "The whole data dictionary: README.md and README.zh.md in the folder of the data set, and the page Data of the site.",
        "完整的数据字典见数据集文件夹中的 README.md 和 README.zh.md，以及网站的“数据”页。",
    ),
];

/// Adds the first sheet.
pub fn write(book: &mut Workbook) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(names::GUIDE)?;
    let title = Format::new().set_bold().set_font_size(16);
    let text = Format::new().set_text_wrap().set_align(FormatAlign::Top);
    const WIDTHS: [f64; 2] = [70.0, 64.0];
    sheet.set_column_width(0, WIDTHS[0])?.set_column_width(1, WIDTHS[1])?;
    sheet.write_string_with_format(0, 0, "Micro-Drama Observatory: workbook for editors", &title)?;
    sheet.write_string_with_format(0, 1, "微短剧观察：编辑用工作簿", &title)?;
    for (row, (english, chinese)) in (2..).zip(LINES) {
        sheet.write_string_with_format(row, 0, english, &text)?;
        sheet.write_string_with_format(row, 1, chinese, &text)?;
        sheet.set_row_height(row, height([english, chinese].into_iter().zip(WIDTHS)))?;
    }
    Ok(())
}

/// Adds the sheet with the meaning of every column in both languages.
pub fn write_dictionary(book: &mut Workbook) -> Result<(), XlsxError> {
    let sheet = book.add_worksheet().set_name(names::DICTIONARY)?;
    let (bold, text) = (Format::new().set_bold(), Format::new().set_text_wrap().set_align(FormatAlign::Top));
    let header = ["sheet 工作表", "column 列", "accepted", "meaning", "填写要求", "含义"];
    const WIDTHS: [f64; 6] = [16.0, 22.0, 50.0, 70.0, 50.0, 60.0];
    for ((column, name), width) in (0..).zip(header).zip(WIDTHS) {
        sheet.set_column_width(column, width)?;
        sheet.write_string_with_format(0, column, name, &bold)?;
    }
    let mut row = 1;
    for file in &FILES {
        for column in file.columns {
            let said = |locale| {
                [accepted(column, locale), note(file, column.name, locale).unwrap_or_default().to_owned()]
            };
            let [english, chinese] = Locale::ALL.map(said);
            let cells: Vec<String> = [file.stem().to_owned(), column.name.to_owned()]
                .into_iter()
                .chain(english)
                .chain(chinese)
                .collect();
            for (at, cell) in (0..).zip(&cells) {
                sheet.write_string_with_format(row, at, cell, &text)?;
            }
            sheet.set_row_height(row, height(cells.iter().map(String::as_str).zip(WIDTHS)))?;
            row += 1;
        }
    }
    sheet.set_freeze_panes(1, 2)?;
    Ok(())
}
