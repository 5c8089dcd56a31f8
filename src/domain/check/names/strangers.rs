//! Names of places and companies of which the data set may hold nothing. They keep a number about them from being read as one of China, or of
//! the world.

/// Countries, provinces and cities.
pub const PLACES: &str = "vietnam, 越南, turkey, turkiye, 土耳其, russia, 俄罗斯, poland, 波兰, netherlands, dutch, 荷兰, belgium, 比利时, sweden, 瑞典, \
    norway, 挪威, denmark, 丹麦, finland, 芬兰, switzerland, 瑞士, austria, 奥地利, greece, 希腊, czech, 捷克, hungary, 匈牙利, romania, 罗马尼亚, \
    ireland, 爱尔兰, israel, 以色列, egypt, 埃及, south africa, 南非, kenya, 肯尼亚, uae, united arab emirates, 阿联酋, middle east, 中东, africa, \
    非洲, north america, 北美, south america, 南美, asia, 亚洲, asia pacific, 亚太, taiwan, 台湾, pakistan, 巴基斯坦, bangladesh, 孟加拉国, \
    cambodia, 柬埔寨, laos, 老挝, myanmar, 缅甸, mongolia, 蒙古, kazakhstan, 哈萨克斯坦, chile, 智利, new zealand, 新西兰, tianjin, 天津, hebei, \
    河北, liaoning, 辽宁, jilin, 吉林, heilongjiang, 黑龙江, inner mongolia, 内蒙古, guizhou, 贵州, yunnan, 云南, gansu, 甘肃, qinghai, 青海, \
    ningxia, 宁夏, xinjiang, 新疆, hefei, 合肥, nanjing, 南京, ningbo, 宁波, wenzhou, 温州, jinan, 济南, kunming, 昆明, shenyang, 沈阳, dalian, 大连, \
    dongguan, 东莞, zhuhai, 珠海, nanchang, 南昌, taiyuan, 太原, guiyang, 贵阳, harbin, 哈尔滨, hohhot, 呼和浩特, lanzhou, 兰州, new york, 纽约, \
    london, 伦敦, tokyo, 东京, hollywood, 好莱坞, england, scotland, european union, 欧盟, gulf, latam, emea, apac, \
    non chinese, 非中国, 国内外, 海内外, 境内外, home and abroad, at home and abroad, domestic and overseas, domestic and international, \
    china and overseas, china and abroad, china and the world, 中国和海外, 中国及海外, 国内和海外, 国内及海外";

/// Companies and services.
pub const COMPANIES: &str = "tencent, 腾讯, tencent video, 腾讯视频, wechat, 微信, alibaba, 阿里巴巴, baidu, 百度, meituan, 美团, jd.com, 京东, \
    pinduoduo, 拼多多, netease, 网易, iqiyi, 爱奇艺, youku, 优酷, mango tv, 芒果tv, xiaohongshu, 小红书, weibo, 微博, bytedance, 字节跳动, douyin, \
    抖音, tiktok, netflix, 奈飞, 网飞, youtube, disney, disney+, 迪士尼, amazon, 亚马逊, prime video, hulu, hbo, hbo max, paramount, warner, 华纳, \
    sony, 索尼, meta, facebook, instagram, spotify, viki, quibi, ximalaya, 喜马拉雅, huya, 虎牙, douyu, 斗鱼, maoyan, 猫眼, bona film, 博纳, \
    huace, 华策, enlight media, 光线传媒, wanda, 万达, perfect world, 完美世界, mihoyo, 米哈游, shein, temu, xiaomi, 小米, huawei, 华为";
