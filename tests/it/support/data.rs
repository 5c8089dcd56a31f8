//! A small valid data set in a temporary folder, for tests to modify.

use std::{fs, path::Path};

use observatory::import::{DataSet, spec::FILES};
use tempfile::TempDir;

/// The minimum of rows such that every validation rule applies to some.
const ROWS: [(&str, &str); 13] = [
    (
        "sources.csv",
        "paper-2025,微短剧出海,Going abroad,Paper,,2025-12-08,https://paper.example/1,zh,news,no,出海;短剧,,报纸,\n\
         notice-2025,若干措施,Measures,Government,,2025-12,https://gov.example/1,zh,government,yes,,,政府,\n\
         aside-2024,Aside,,Paper,,2024,https://paper.example/2,en,blog,no,,,报纸,\n",
    ),
    (
        "producers.csv",
        "bureau,Bureau,统计局,regulator,yes,,\necho,Echo,,association,no,Quotes the bureau.,引述统计局。\n",
    ),
    (
        "entities.csv",
        "china,China,中国,country,,,,CN,,\n\
         shanghai,Shanghai,上海,city,china,,,CN-SH,310000,\n\
         shanghai-pudong,Pudong,浦东新区,district,shanghai,,,,310115,\n\
         studio,Studio,,organization,,,,,,\n\
         studio-app,Studio App,,app,studio,,,,,\n",
    ),
    (
        "organizations.csv",
        "studio,Studio,,company,,shanghai-pudong,headquartered,2025-12-05,,2000,https://studio.example,paper-2025,,,Lotus;莲花\n",
    ),
    ("apps.csv", "studio-app,studio,Studio App,,2022-08,Overseas,海外,paper-2025,,\n"),
    (
        "indicators.csv",
        "market,Market,市场,revenue,CNY,CNY,元,annual,,yes,line,All of it.,全部。\n\
         market-usd,Market in USD,市场（美元）,revenue,USD,USD,美元,annual,market,yes,none,All of it.,全部。\n\
         share,Share,占比,market-comparison,percent,percent,%,annual,,no,none,A part of it.,一部分。\n",
    ),
    (
        "programs.csv",
        "package,,shanghai-pudong,district,,Package,若干措施,official,One; Two,甲; 乙,other,,,,,,,,,2025-12-05,,,announced,notice-2025,,,,,,,includes,2025-12-05,,,\n\
         measure,package,shanghai-pudong,district,,Measure,措施,translation,,,grant,,,,,1000000,per-work,,,2025-12-05,2026,2028-06,announced,notice-2025,,,production;overseas,2026-01,2026-03,,micro-drama,2025-12-05,30,cost,2000000\n",
    ),
    (
        "subsidies.csv",
        "grant-2025,disclosed,measure,studio,shanghai-pudong,500000,600000,CNY,2025,2025,2025-12,paper-2025,,,,,includes\n",
    ),
    (
        "events.csv",
        "opening,2025-12-05,Opened,开业,opening,shanghai-pudong,studio,measure;package,100,CNY,paper-2025,See aside-2024.,见另文。\n",
    ),
    ("people.csv", "wang,Wang,,studio,Vice president,副总裁,paper-2025,,\n"),
    ("statements.csv", "said,studio,wang,market,2025-12-05,Growth goes on.,增长持续。,paper-2025\n"),
    ("breaks.csv", "market,china,bureau,2025-01-01,scope,Wider from here on.,此后口径更宽。,paper-2025\n"),
    (
        "observations.csv",
        "market,china,2024-01-01,2024-12-31,bureau,50500000000,,estimate,,yes,paper-2025,,,\n\
         market,china,2025-01-01,2025-12-31,bureau,67790000000.5,,exact,gross,yes,paper-2025,\"Printed \"\"as is\"\", twice.\",原文如此。,\n\
         market,china,2025-01-01,2025-12-31,echo,60000000000,70000000000,range,,,notice-2025,,,\n\
         market-usd,china,2025-01-01,2025-12-31,bureau,9400000000,,estimate,net,yes,paper-2025,,,\n\
         share,china,2025-12-05,2025-12-05,bureau,34.9,,forecast,,,paper-2025,,,\n",
    ),
];

/// A data set in a temporary folder, which is removed on drop.
pub struct Folder {
    folder: TempDir,
}

impl Folder {
    pub fn small() -> Folder {
        let folder = tempfile::Builder::new().prefix("observatory-data-").tempdir().unwrap();
        for (file, rows) in ROWS {
            let columns = &FILES.iter().find(|known| known.file == file).unwrap().columns;
            let header = columns.iter().map(|column| column.name).collect::<Vec<_>>().join(",");
            fs::write(folder.path().join(file), format!("{header}\n{rows}")).unwrap();
        }
        Folder { folder }
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    pub fn open(&self) -> DataSet {
        DataSet::open(self.path()).unwrap()
    }

    pub fn text(&self, file: &str) -> String {
        fs::read_to_string(self.path().join(file)).unwrap()
    }

    pub fn write(&self, file: &str, bytes: impl AsRef<[u8]>) {
        fs::write(self.path().join(file), bytes).unwrap();
    }

    pub fn remove(&self, file: &str) {
        fs::remove_file(self.path().join(file)).unwrap();
    }

    /// Adds lines without quotation marks at the end of a file, with blank cells for the columns that they lack.
    pub fn append(&self, file: &str, lines: &str) {
        let mut text = self.text(file);
        let commas = |line: &str| line.matches(',').count();
        let width = commas(text.lines().next().unwrap());
        for line in lines.lines() {
            text += line;
            text += &",".repeat(width.saturating_sub(commas(line)));
            text.push('\n');
        }
        self.write(file, text);
    }

    /// Replaces a text that occurs exactly once in the file.
    pub fn replace(&self, file: &str, from: &str, to: &str) {
        let text = self.text(file);
        assert_eq!(text.matches(from).count(), 1, "{file} does not contain “{from}” exactly once");
        self.write(file, text.replace(from, to));
    }

    /// Writes a value into a cell. The header is row 1. Works only for rows without quotation marks.
    pub fn set(&self, file: &str, row: usize, column: &str, value: &str) {
        let text = self.text(file);
        let mut lines: Vec<String> = text.lines().map(str::to_owned).collect();
        let position = lines[0].split(',').position(|name| name == column).unwrap();
        let mut cells: Vec<&str> = lines[row - 1].split(',').collect();
        cells[position] = value;
        lines[row - 1] = cells.join(",");
        self.write(file, lines.join("\n") + "\n");
    }
}
