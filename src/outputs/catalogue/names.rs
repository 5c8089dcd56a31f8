//! Names of the files of the data set, in the reader's words.

use crate::{
    import::spec::{File, Name},
    text::Locale,
};

/// Returns the name of a file's contents.
pub fn title(file: &File, locale: Locale) -> &'static str {
    match file.name {
        Name::Sources => locale.pick("Sources", "来源"),
        Name::Producers => locale.pick("Producers of figures", "数据方"),
        Name::Entities => {
            locale.pick("Names of places, organizations, apps and works", "地区、机构、应用和作品名称")
        }
        Name::Organizations => locale.pick("Organizations", "机构"),
        Name::Apps => locale.pick("Apps", "应用"),
        Name::Indicators => locale.pick("Indicators", "指标"),
        Name::Programs => locale.pick("Support programmes", "扶持政策"),
        Name::Subsidies => locale.pick("Public money", "公共资金"),
        Name::Events => locale.pick("Events", "事件"),
        Name::People => locale.pick("People quoted in office", "人物"),
        Name::Statements => locale.pick("Statements", "表述"),
        Name::Breaks => locale.pick("Breaks in series", "序列变化"),
        Name::Observations => locale.pick("Figures by id", "数据（按编号）"),
    }
}

/// Describes what one row of a file represents.
pub fn row(file: &File, locale: Locale) -> &'static str {
    match file.name {
        Name::Sources => locale.pick("a page, report or filing", "一个网页、报告或公告"),
        Name::Producers => locale.pick("who measured or estimated figures", "测算或估算数据的机构"),
        Name::Entities => locale
            .pick("a name: place, organization, app, work, group", "一个名称：地区、机构、应用、作品或群体"),
        Name::Organizations => locale.pick("an organization", "一个机构"),
        Name::Apps => locale.pick("an app", "一个应用"),
        Name::Indicators => locale.pick("something measured", "一个指标"),
        Name::Programs => locale
            .pick("a support measure, a rule, or a package of measures", "一项扶持措施、规定或一个政策包"),
        Name::Subsidies => locale.pick("an amount of public money", "一笔公共资金"),
        Name::Events => locale.pick("a dated event", "一个有日期的事件"),
        Name::People => locale.pick("a public figure quoted in office", "一位以职务身份发言的人物"),
        Name::Statements => locale.pick("something said that is not a number", "一条非数值的表述"),
        Name::Breaks => locale.pick(
            "a change of scope, method, basis or consolidation within a series",
            "序列内口径、方法、基准或合并范围的一次变化",
        ),
        Name::Observations => locale.pick("a figure seen on a page", "在一个页面上看到的一项数据"),
    }
}
