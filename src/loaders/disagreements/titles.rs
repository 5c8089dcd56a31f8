//! Titles and descriptions of the disagreements page; its files use them too.

use crate::text::Locale;

pub fn title(locale: Locale) -> &'static str {
    locale.pick("Where sources disagree", "来源之间的分歧")
}

pub fn description(locale: Locale) -> &'static str {
    locale.pick(
        "Every entity and period for which figures differ by more than their rounding, side by side, with what each counts. \
         None of the figures is ours.",
        "同一对象、同一时段的数据相差超出取整范围的全部情形，并列其口径。本站不作取舍。",
    )
}
