//! Tests of records of CSV files.

use super::*;

fn cells(line: &str) -> Result<Vec<String>, &'static str> {
    let mut record = CsvRecord::default();
    record.split(line)?;
    Ok(record.iter().map(str::to_owned).collect())
}

#[test]
fn lines_are_taken_apart_as_rfc_4180_says() {
    for (line, expected) in [
        ("a,b", vec!["a", "b"]),
        ("", vec![""]),
        (",", vec!["", ""]),
        ("\"a,b\",c", vec!["a,b", "c"]),
        ("\"say \"\"so\"\"\",", vec!["say \"so\"", ""]),
        ("\"\"", vec![""]),
        ("微短剧,\"出海，十条\"", vec!["微短剧", "出海，十条"]),
    ] {
        assert_eq!(cells(line).unwrap(), expected, "{line}");
    }
    for line in ["a\"b", "\"a\"b", "\"a", "\"a\"\"", "a,\"b"] {
        assert!(cells(line).is_err(), "{line}");
    }
}

#[test]
fn lines_are_read_strictly_and_reading_goes_on() {
    let mut lines = Lines::new(&b"one\nt\rwo\n\xff\nfour"[..]);
    assert_eq!(lines.next().unwrap(), Some(Ok("one")));
    assert_eq!(lines.next().unwrap(), Some(Err(Broken::CarriageReturn)));
    assert_eq!(lines.next().unwrap(), Some(Err(Broken::NotUtf8)));
    assert_eq!(lines.next().unwrap(), Some(Err(Broken::NoLineFeed)));
    assert_eq!(lines.next().unwrap(), None);
    let endless = vec![b'x'; MAX_LINE_LENGTH + 10];
    assert_eq!(Lines::new(&endless[..]).next().unwrap(), Some(Err(Broken::TooLong)));
}

#[test]
fn what_excel_saves_is_read_and_said() {
    let mut lines = Lines::new("\u{feff}one\r\n二\r\nthree\n".as_bytes());
    for expected in ["one", "二", "three"] {
        assert_eq!(lines.next().unwrap(), Some(Ok(expected)));
    }
    assert_eq!(lines.next().unwrap(), None);
    assert_eq!(lines.form(), FileForm { lines: 3, mark: true, carriage_returns: 2 });
}

#[test]
fn other_encodings_are_recognised() {
    let utf16: Vec<u8> = "id,名\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let marked = [b"\xff\xfe", utf16.as_slice()].concat();
    for bytes in [&utf16, &marked] {
        assert_eq!(Lines::new(bytes.as_slice()).next().unwrap(), Some(Err(Broken::Utf16)));
    }
    // 微短剧 in GB 18030.
    let mut lines = Lines::new(&b"id\na,\xce\xa2\xb6\xcc\xbe\xe7\n"[..]);
    assert_eq!(lines.next().unwrap(), Some(Ok("id")));
    assert_eq!(lines.next().unwrap(), Some(Err(Broken::Gb18030)));
    // é in Latin-1, before a comma.
    assert_eq!(Lines::new(&b"a\xe9,b\n"[..]).next().unwrap(), Some(Err(Broken::NotUtf8)));
    assert_eq!(Lines::new(&b"old\rMac"[..]).next().unwrap(), Some(Err(Broken::CarriageReturn)));
}

#[test]
fn invisible_characters_are_taken_out_of_cells() {
    let mut record = CsvRecord::default();
    record.split("a,\u{200b}点\u{200b}铄,,\"b\u{ad},c\",末").unwrap();
    assert_eq!(record.iter().collect::<Vec<_>>(), ["a", "点铄", "", "b,c", "末"]);
    assert_eq!(record.removed(), [(1, vec!['\u{200b}'; 2]), (3, vec!['\u{ad}'])]);
    record.split("a").unwrap();
    assert!(record.removed().is_empty());
}

proptest::proptest! {
    #[test]
    fn any_cells_survive_being_written_and_read(given: Vec<String>) {
        let given: Vec<String> =
            given.iter().map(|c| characters::visible(&c.replace(['\n', '\r'], "")).0.into_owned()).collect();
        proptest::prop_assume!(!given.is_empty());
        let line = given.iter().map(|c| format!("\"{}\"", c.replace('"', "\"\""))).collect::<Vec<_>>().join(",");
        proptest::prop_assert_eq!(cells(&line).unwrap(), given);
    }
}
