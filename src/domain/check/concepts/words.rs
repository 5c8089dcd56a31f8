//! The only table of synonyms for words of indicators, in both languages.

/// A thing that words of a text may be about.
pub type Concept = &'static str;

/// Each concept with the kinds of number that it narrows down (`m` money, `p` percent, `n` people and counts, `r` ranks and rates), and its
/// words. A concept that narrows down a number must be part of an indicator, or the number is not one of that indicator.
pub const CONCEPTS: [(Concept, &str, &str); 127] = [
    (
        "revenue",
        "",
        "short drama revenue, micro drama revenue, short drama income, \
        短剧收入, 短剧营收, 短剧业务收入, 微短剧收入, 微短剧营收, 微短剧业务收入, \
        revenue, income, earned, earning, earn, grossed, takings, took in, take in, \
        taking in, takes in, generated, generate, generating, brought in, bring in, raked in, \
        pulled in, sales, turnover, made, making, gross, netted, reaped, worth, 收入, 营收, 吸金, 创收, \
        进账, 收益, 营业额, 揽金, 入账",
    ),
    ("market", "", "market, industry, sector, business, 市场, 产业, 行业, 规模, 产值"),
    (
        "share",
        "",
        "share, accounted for, account for, accounts for, accounting for, made up, makes up, \
        make up, proportion, contributed, portion, 占比, 占, 比重, 份额, 使用率, 率",
    ),
    (
        "growth",
        "",
        "growth, grew, grow, growing, rose, rise, risen, up, increase, increased, jumped, \
        jump, surged, surge, soared, climbed, expanded, gain, gained, fell, fall, dropped, declined, \
        decline, down, decreased, slipped, shrank, year on year, yoy, 增长, 增速, 同比, 上升, 上涨, \
        增加, 下降, 下滑, 减少, 涨幅, 激增, 增幅, 大增, 回落, 下跌, 猛增, 缩水",
    ),
    (
        "month on month",
        "p",
        "month on month, month over month, mom, on the previous month, \
        from the previous month, than the previous month, from a month earlier, on the previous period, \
        quarter on quarter, change of app, 环比, 较上月, 比上月",
    ),
    (
        "cumulative",
        "mnp",
        "cumulative, cumulatively, to date, all time, lifetime, since launch, \
        since its launch, accumulated, 累计, 上线以来",
    ),
    (
        "in-app",
        "mp",
        "in app purchase, in app revenue, in app, iap, consumer spending, 内购, 应用内购, \
        应用内购买",
    ),
    ("app", "", "app, application, apps, 应用, 平台端"),
    ("advertising", "mp", "advertising, advertisement, ad revenue, ad income, ads, ad, 广告"),
    (
        "free",
        "mnp",
        "free, free model, free to watch, ad funded, ad supported, free-to-watch, 免费, \
        免费模式",
    ),
    ("paid", "mnp", "user payment, paid, pay, pays, paying, subscription, pay per view, 付费"),
    ("manju", "mnp", "manju, animated, animation, comic drama, anime, 漫剧, 动态漫"),
    (
        "paid traffic",
        "mp",
        "paid traffic, traffic buying, buying traffic, user acquisition, \
        ad placement, media buying, traffic purchase, 投流, 买量, 投放消耗, 投流消耗",
    ),
    ("revenue sharing", "m", "revenue sharing, revenue share title, revenue share paid, 分账"),
    ("potential", "mn", "potential, potentially, 潜在, 潜力"),
    ("box office", "mnp", "box office, cinema box office, cinemas, cinema, film market, 票房, 电影票房"),
    ("overseas receipts", "m", "overseas receipts, including overseas, 海外票房"),
    (
        "profit",
        "mp",
        "net profit, profit, net loss, loss, net income, losses, lost, 净利润, 净利, 亏损, \
        净亏损, 盈利, 归母净利润",
    ),
    ("selling expense", "m", "selling expense, sales expense, marketing expense, selling costs, 销售费用"),
    ("valuation", "m", "valuation, 估值"),
    ("funding", "m", "raised, raise, funding round, funding, financing, 融资"),
    ("production cost", "mp", "production cost, cost, costs, budget, 制作成本, 成本"),
    ("per minute", "mn", "per minute, a minute, 每分钟"),
    (
        "daily",
        "mnp",
        "per day, daily, a day, each day, every day, on one day, single day, one day, \
        day rate, 日均, 每日, 每天, 单日, 日薪, 日租金",
    ),
    (
        "monthly average",
        "mn",
        "monthly average, average monthly, per month, a month, each month, every month, a month on average, \
        monthly pay, 月均, 每月, 月薪",
    ),
    ("monthly peak", "m", "highest monthly, monthly peak, peak month, best month, 单月最高"),
    (
        "monthly active",
        "n",
        "mau, monthly active user, monthly active, monthly user, \
        active users a month, 月活, 月活跃, 月活用户, 月活跃用户",
    ),
    (
        "daily active",
        "n",
        "dau, daily active user, daily active, daily user, daily viewer, \
        daily micro drama viewers, 日活, 日活跃, 日活用户, 日活跃用户",
    ),
    ("download", "np", "download, downloaded, install, installed, installation, 下载, 安装"),
    ("additional", "n", "increase in downloads, additional, 下载增量, 增量"),
    ("new", "n", "new, newly, 新增, 新上线, 上新"),
    (
        "user",
        "n",
        "user, viewer, audience, people watch, people watched, people watching, \
        watching micro dramas, watch micro dramas, 用户, 观众, 观看人数",
    ),
    ("paying", "np", "paying user, paying viewer, paying, 付费用户, 付费观众"),
    ("internet user", "np", "internet user, netizen, netizens, 网民"),
    ("short video", "np", "short video, 短视频"),
    ("audiovisual", "mnp", "audiovisual, audio visual, 网络视听, 视听"),
    ("job", "n", "job, employment, employed, employ, position, 就业, 岗位, 从业"),
    ("direct", "n", "direct, directly, 直接"),
    ("indirect", "n", "indirect, indirectly, 间接"),
    ("working day", "n", "working day, labour day, 工日"),
    ("talent demand", "p", "talent demand, demand for talent, hiring demand, 人才需求"),
    ("crew", "n", "crew, 剧组"),
    ("crew size", "n", "crew size, average crew, size of a crew, 剧组规模"),
    (
        "released",
        "",
        "released, launched, put online, went online, came out, put out, rolled out, \
        release, 上线, 推出, 上架",
    ),
    ("licence", "n", "licence, license, licensed, permit, 发行许可, 许可证, 持证"),
    ("filing", "n", "filed, filing, 备案"),
    ("key", "n", "key micro drama, key, 重点"),
    ("online filing", "n", "online filing, online filing number, 上线备案, 上线备案号"),
    ("satellite", "n", "satellite, 卫视"),
    ("horizontal", "n", "horizontal, horizontal screen, landscape, 横屏"),
    ("local platform", "n", "local platform, 本地平台"),
    ("campaign", "n", "campaign, 集中上线"),
    ("brand", "np", "branded, brand, 品牌"),
    ("monthly output", "n", "monthly output, output a month, 月产量, 月产"),
    ("episode", "n", "episode, 集数, 单集, 每集, 集"),
    ("episode length", "n", "episode length, length of an episode, episodes last, 单集时长"),
    ("high definition", "p", "high definition, hd, 高清"),
    ("output", "p", "output, production, 产量"),
    ("plan", "n", "plan, targeted, 计划"),
    ("producers", "n", "producer, production companies, production house, 承制方, 制作机构"),
    ("company", "", "company, companies, firm, enterprise, businesses, 企业, 公司"),
    ("province", "", "province, 省份"),
    ("measure", "", "measure, policies, policy, 政策, 措施"),
    ("headquarters", "", "headquarters, hq, 总部"),
    ("regional headquarters", "np", "regional headquarters, 地区总部"),
    ("headquarters of all kinds", "n", "headquarters of all kinds, 各类总部"),
    ("research centre", "n", "research centre, research center, r&d centre, r&d center, 研发中心"),
    ("stake", "p", "stake, shareholding, 持股"),
    (
        "exchange rate",
        "",
        "exchange rate, per dollar, per usd, per us dollar, to the dollar, \
        to the us dollar, against the dollar, against the us dollar, a dollar, central parity, 汇率, \
        中间价, 兑, cny per usd, yuan per dollar, each dollar, one dollar, one us dollar",
    ),
    ("implied", "r", "implied, 隐含"),
    ("play", "n", "play, views, 播放量, 播放"),
    (
        "over a billion",
        "n",
        "more than one billion plays, over one billion plays, 播放量超10亿, 破10亿, \
        超10亿",
    ),
    ("over 100 million", "n", "passing 100 million, 100 million plays, 过亿, 破亿"),
    ("on air", "n", "being shown, on air, 在播"),
    ("advertised", "n", "being advertised, advertised, 在投"),
    ("live action", "n", "live action, 真人"),
    ("heavy", "n", "heavy, 重度"),
    ("ai", "p", "ai, ai share, 人工智能"),
    ("web film", "n", "web film, online film, 网络电影"),
    ("television drama", "mnp", "television drama, tv drama, tv series, 电视剧"),
    // Other industries and sums, of which a text beside micro-dramas may speak.
    ("long video", "mnp", "long drama, long form, online video, internet video, 网络视频, 长视频, 长剧"),
    ("live streaming", "mnp", "live streaming, livestreaming, livestream, 直播"),
    (
        "games",
        "mnp",
        "games industry, game industry, games market, games, video game, gaming, mobile game, 游戏",
    ),
    ("literature", "mnp", "web literature, online literature, web novel, 网络文学, 网文"),
    ("music", "mnp", "music, 音乐"),
    ("investment", "m", "investment, invested, 投资"),
    ("exports", "m", "exports, exported, 出口"),
    ("hosted", "n", "hosted, host, received, 接待"),
    ("active crews", "n", "active in a month, crews active, 在拍"),
    ("costume", "p", "costume, 古装"),
    ("streaming", "np", "video streaming, streaming app, streaming, 流媒体"),
    ("annual rate", "m", "annual rate, annualised, annualized, run rate, 年化"),
    ("gross bookings", "m", "gross bookings, booking, 年化流水"),
    ("actor", "m", "actor, actress, 演员"),
    ("extra", "mn", "extras, background actors, 群众演员, 群演"),
    ("leading", "m", "leading, leading actor, top actor, 头部"),
    ("mid-level", "m", "mid level, 中腰部"),
    ("newcomer", "m", "new actor, newcomer, entry level, 新人"),
    ("pay of staff", "m", "monthly pay, salary, wage, 月薪"),
    ("core post", "m", "core post, core, 核心岗位, 核心"),
    ("culture", "mnp", "culture, cultural, 文化, 文创"),
    ("value added", "m", "value added, added value, 增加值"),
    ("gdp", "mp", "gdp, gross domestic product, 生产总值"),
    ("export", "m", "export, 出口"),
    ("trade", "m", "trade, 进出口, 贸易额"),
    ("shooting base", "", "shooting base, filming base, 拍摄基地, base"),
    ("area", "n", "floor area, 面积"),
    ("rent", "m", "rent, rental, 租金"),
    ("shoot", "n", "shoot, shoots starting, 开机"),
    ("shooting day", "n", "shooting day, days of shooting, 拍摄天数"),
    ("breaking even", "p", "break even, breaking even, 回本"),
    ("film", "n", "film and television, film and tv, 影视"),
    ("creative", "n", "ad creative, creative group, creatives, 素材"),
    (
        "drama business",
        "",
        "short drama revenue, micro drama revenue, short drama income, \
            short drama business, micro drama business, 短剧收入, 短剧营收, 短剧业务收入, 微短剧收入, 微短剧营收, 微短剧业务收入, \
            短剧业务, 微短剧业务, 短剧板块",
    ),
    ("movie", "m", "film industry, movie industry, movies, films, film business, 电影业, 电影产业, 电影行业"),
    ("per head", "mn", "per capita, per person, per head, per employee, arpu, 户均, 单用户"),
    ("rank", "", "rank, ranked, ranking, 排名, 位居, 位列, 第"),
    ("heat", "n", "heat, 热值, 热度"),
    ("translated", "n", "translated, dubbed, 译制"),
    ("retention", "p", "retention, 留存"),
    ("hour", "n", "viewing hour, hours watched, hours, 观看时长, 小时"),
    ("minute", "n", "minutes, 使用时长, 分钟, 人均日使用, 人均单日使用"),
    ("penetration", "p", "penetration, 渗透率"),
    ("ios", "mp", "ios, apple's app store, 苹果"),
    ("local", "p", "locally made, local series, local content, 本土"),
    ("fund", "m", "support fund, public support fund, 扶持资金, 专项资金"),
    ("per project", "m", "per project, a single project, 单个项目"),
];
