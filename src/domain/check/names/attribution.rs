//! Whether words beside a name say that a figure comes from it.

use std::ops::Range;

use super::super::letters::Letters;

/// Whether a name is where a figure comes from: `according to`, `据…数据`.
pub fn is_attribution(text: &Letters, range: &Range<usize>) -> bool {
    const BEFORE: [&str; 16] = [
        "according to",
        "data from",
        "figures from",
        "estimates from",
        "by",
        "from",
        "citing",
        "says",
        "per",
        "estimates by",
        "据",
        "根据",
        "来自",
        "援引",
        "引用",
        "按",
    ];
    const AFTER: [&str; 40] = [
        "data",
        "figures",
        "estimate",
        "estimates",
        "estimated",
        "said",
        "says",
        "report",
        "reported",
        "reports",
        "puts",
        "put",
        "forecast",
        "forecasts",
        "expects",
        "expected",
        "predicts",
        "predicted",
        "projects",
        "projected",
        "counted",
        "counts",
        "research",
        "showed",
        "shows",
        "数据",
        "统计",
        "估算",
        "显示",
        "发布",
        "报告",
        "表示",
        "预计",
        "测算",
        "预测",
        "称",
        "指出",
        "研究院",
        "估计",
        "认为",
    ];
    let mut from = range.start;
    while from > 0 && text.get(from - 1) == Some(' ') {
        from -= 1;
    }
    if from >= 4 && text.stands(from - 4, " the") {
        from -= 4;
    }
    let before = BEFORE.iter().any(|word| {
        from.checked_sub(word.chars().count()).is_some_and(|at| text.stands(at, word) && text.begins_word(at))
    });
    let next = text.skip_spaces(if text.stands(range.end, "'s") { range.end + 2 } else { range.end });
    let next = if matches!(text.get(next), Some('的')) { next + 1 } else { next };
    // `Omdia: worldwide revenue …`, but not `revenue of COL Group: …`.
    let is_heading = text.get(next) == Some(':')
        && (from == 0 || text.get(from - 1).is_some_and(|c| matches!(c, '\n' | '.' | ',' | '"' | '“' | '(')));
    before
        || is_heading
        || AFTER.iter().any(|word| text.stands(next, word) && text.ends_word(next + word.chars().count()))
}
