//! Words for numbers in both languages: scales, cardinals and Chinese numerals. The only table of them.

/// Scale words, folded, and their powers of ten.
pub const SCALES: [(&str, u32); 32] = [
    ("trillion", 12),
    ("tn", 12),
    ("trn", 12),
    ("billion", 9),
    ("bil", 9),
    ("bln", 9),
    ("bn", 9),
    ("b", 9),
    ("million", 6),
    ("mil", 6),
    ("mio", 6),
    ("mln", 6),
    ("mn", 6),
    ("m", 6),
    ("thousand", 3),
    ("k", 3),
    ("crore", 7),
    ("lakh", 5),
    ("万亿", 12),
    ("千亿", 11),
    ("百亿", 10),
    ("十亿", 9),
    ("亿", 8),
    ("千万", 7),
    ("百万", 6),
    ("十万", 5),
    ("万", 4),
    ("千", 3),
    ("兆", 12),
    ("조", 12),
    ("억", 8),
    ("만", 4),
];

/// English cardinals from zero.
pub const CARDINALS: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

/// English tens from twenty.
pub const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];

/// English scale words that spelt numbers are made of.
pub const LARGE: [(&str, u64); 4] = [
    ("thousand", 1_000),
    ("million", 1_000_000),
    ("billion", 1_000_000_000),
    ("trillion", 1_000_000_000_000),
];

/// Value of a Chinese digit, plain or as written on cheques.
pub fn hanzi_digit(c: char) -> Option<u64> {
    Some(match c {
        '零' | '〇' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '贰' => 2,
        '三' | '叁' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Value of a Chinese unit within a numeral.
pub fn hanzi_unit(c: char) -> Option<u64> {
    Some(match c {
        '十' | '拾' => 10,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        _ => return None,
    })
}
