//! Fuzzes the reading of texts whose figures are checked. Every text must be read, fast, and the parts that are shown must be parts of it.
#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use observatory::{
    domain::check::{
        lexicon::{Contents, Lexicon},
        reading::read,
    },
    text::Named,
};

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| {
    let named = |(id, en, zh): (&str, &str, &str)| Named::new(id.into(), en.into(), Some(zh.into()));
    let places = [("china", "China", "中国"), ("overseas", "Overseas", "海外"), ("shanghai", "Shanghai", "上海市")];
    let subjects = [("reelshort", "ReelShort", ""), ("dramabox", "DramaBox", ""), ("col-group", "COL Group", "中文在线")];
    let producers = [("cnsa", "China Netcasting Services Association", "中国网络视听节目服务协会"), ("omdia", "Omdia", "")];
    Lexicon::new(Contents {
        places: places.map(|place| (named(place), None)).to_vec(),
        subjects: subjects.map(named).to_vec(),
        producers: producers.map(named).to_vec(),
        ..Contents::default()
    })
});

fuzz_target!(|text: &str| {
    for reading in read(text, &LEXICON) {
        for range in [&reading.clause, &reading.written, &reading.whole] {
            assert!(text.get(range.clone()).is_some(), "{range:?}");
        }
        if let Some(unit) = &reading.unit {
            assert!(text.get(unit.clone()).is_some(), "{unit:?}");
        }
    }
});
