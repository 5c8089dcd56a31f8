//! Referential integrity: every referenced id exists, and a main indicator has a different unit.

use crate::import::{
    problem::{Problems, quoted},
    spec::{CellKind, Name},
    tables::{ImportTable, Tables},
};

pub fn check(tables: &Tables, problems: &mut Problems) {
    same_quantity(&tables[Name::Indicators], problems);
    for table in tables.iter() {
        for (position, column) in table.file.columns.iter().enumerate() {
            let (CellKind::To(name) | CellKind::Many(name)) = column.kind else { continue };
            let target = &tables[name];
            if !target.complete {
                continue;
            }
            for row in &table.rows {
                let cell = row.record().get(position);
                for id in cell.split(';').filter(|id| !id.is_empty() && target.position(id).is_none()) {
                    let what = format!("there is no {} in {}", quoted(id), target.file.file);
                    problems.cell(table.file.file, row.number, column.name, what);
                }
            }
        }
    }
}

fn same_quantity(indicators: &ImportTable, problems: &mut Problems) {
    for row in &indicators.rows {
        let same = indicators.get(row, "same_as");
        if indicators.find(same).is_some() && indicators.of(same, "unit") == indicators.get(row, "unit") {
            let what = format!("{} is in the same unit; same_as is for another currency", quoted(same));
            problems.cell(indicators.file.file, row.number, "same_as", what);
        }
    }
}
