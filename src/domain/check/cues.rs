//! Words that say how a number is meant.

use std::sync::LazyLock;

use super::phrases::Phrases;

type Words = LazyLock<Phrases<()>>;

fn words(all: &'static str) -> Phrases<()> {
    Phrases::new(all.split(", ").map(|word| (word, ())))
}

/// A value that is yet to come.
pub static FORECAST: Words = LazyLock::new(|| {
    words(
        "will, would, expected to, is expected, are expected, expects, expect, forecast, forecasting, \
         forecasted, projected, projects, projection, predicts, predicted, prediction, set to, \
         likely to, could, aimed, aiming, hopes, hoped, plans to, planned to, may reach, might, on track, poised to, on course, target, targets, aims, \
         aim, outlook, anticipated, anticipates, 预计, 预测, 有望, 预期, 将达, 将超, 将突破, 将增, \
         将升, 将至, 将接近, 将为, 将在, 将有, 将会, 将逼近, 将从, 或将, 目标, 展望, 力争, 估将, 可达, \
         将扩大, 将上升, 将到, 预估, 到2030年",
    )
});
/// A loss: the sign of a profit.
pub static LOSS: Words = LazyLock::new(|| {
    words("loss, losses, lost, net loss, in the red, loss making, 亏损, 净亏损, 亏, negative, 为负")
});
/// A percentage by which something fell.
pub static FALL: Words = LazyLock::new(|| {
    words(
        "fell, fall, falling, dropped, drop, declined, decline, down, decreased, decrease, slipped, \
         shrank, lost, slid, negative, lower, less, 下降, 下滑, 减少, 回落, 下跌, 缩水, 降, 跌, 减",
    )
});
/// A clause that names what a number is compared with, not what it is of.
pub static COMPARISON: Words = LazyLock::new(|| {
    words(
        "surpassing, surpassed, surpasses, overtaking, overtook, overtakes, exceeding, exceeded, \
         outstripping, outpacing, outgrossing, eclipsing, beating, topping, ahead of, more than, \
         higher than, larger than, bigger than, dwarfing, 超过, 超越, 赶超, 反超, 高于, 大于, 多于, 领先",
    )
});
/// A number that the clause denies.
pub static DENIAL: Words = LazyLock::new(|| {
    words(
        "did not, didn't, does not, has not, have not, had not, was not, is not, isn't, wasn't, never, \
         failed to, fell short, short of, far from, rather than, instead of, not the, not cny, not rmb, \
         not usd, not a, not about, no longer, 未达, 未能, 没有, 不是, 并非, 而非, 不及, 未到, 尚未, \
         远低于, 未突破, 未超过, came close to, close to reaching, 一步之遥, 还差, 仅差, 只差, 距离",
    )
});
/// A sentence that calls a number wrong.
pub static DISBELIEF: Words = LazyLock::new(|| {
    words(
        "false, falsely, is wrong, was wrong, wrong that, wrongly, untrue, not true, incorrect, incorrectly, inaccurate, mistaken, mistakenly, \
         erroneous, erroneously, misreported, misstated, rumour, rumor, rumours, rumors, denied, denies, debunked, myth, hoax, no evidence, \
         no basis, refuted, disputed, 不实, 误称, 误传, 谣言, 谣传, 传言, 有误, 错误, 不准确, 不正确, 不属实, 虚假, 否认, 辟谣, 讹传, 并不属实, 夸大",
    )
});
/// Words right before an amount of which the text means a part or a multiple.
pub const MULTIPLIED: &str = "half of, half, twice, double, triple, a third of, a quarter of, two thirds of, times, multiple of, 的一半, 两倍于";
/// Words right after an amount by which something is more or less than another.
pub const MORE: &str = "more, higher, lower, less, fewer, extra, on top";
/// Words that say that jobs went.
pub static JOBS_LOST: Words = LazyLock::new(|| {
    words(
        "cost, destroyed, wiped out, eliminated, shed, axed, cut, lost, threatened, at risk, laid off, 流失, 裁减, 裁员, 失业, 减少, 消失",
    )
});
/// Words that say that a text is about micro-dramas.
pub static FIELD: Words = LazyLock::new(|| {
    words(
        "micro drama, microdrama, short drama, shortdrama, mini drama, minidrama, vertical drama, vertical series, micro series, mini series, \
         short series, short play, duanju, manju, comic drama, 微短剧, 短剧, 微剧, 漫剧, 竖屏剧, 小短剧",
    )
});
/// Names and numbers that belong together in the order written.
pub static RESPECTIVELY: Words = LazyLock::new(|| words("respectively, 分别"));
/// Verbs right before an amount by which something changed.
pub const CHANGE_EN: &str = "grew, grew by, rose, rose by, increased, increased by, increase of, growth of, added, gained, up by, \
    fell, fell by, dropped, dropped by, declined by, decreased by, decline of, down by, expanded by";
pub const CHANGE_ZH: &str = "增长, 增长了, 增加, 增加了, 增, 增了, 减少, 减少了, 下降, 下降了, 多了, 少了";
