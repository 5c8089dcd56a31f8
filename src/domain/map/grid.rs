//! Layout of the tile grids: each province of China, and each district of Shanghai, as one tile at its usual place.

/// A tile of a grid. The names are short ones that fit a tile.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct GridTile {
    /// Code of ISO 3166-2 (`CN-SH`) for a province, of GB/T 2260 (`310115`) for a district.
    pub code: &'static str,
    pub en: &'static str,
    pub zh: &'static str,
    /// Two letters: those of ISO 3166-2 for a province.
    pub letters: &'static str,
    /// Position, from 0 at the top left.
    pub row: usize,
    pub column: usize,
}

const fn tile(
    code: &'static str,
    en: &'static str,
    zh: &'static str,
    letters: &'static str,
    (row, column): (usize, usize),
) -> GridTile {
    GridTile { code, en, zh, letters, row, column }
}

/// The 34 units of the first level, in the customary arrangement.
pub const PROVINCES: [GridTile; 34] = [
    tile("CN-HL", "Heilongjiang", "黑龙江", "HL", (0, 6)),
    tile("CN-NM", "Inner Mongolia", "内蒙古", "NM", (1, 4)),
    tile("CN-BJ", "Beijing", "北京", "BJ", (1, 5)),
    tile("CN-JL", "Jilin", "吉林", "JL", (1, 6)),
    tile("CN-XJ", "Xinjiang", "新疆", "XJ", (2, 0)),
    tile("CN-GS", "Gansu", "甘肃", "GS", (2, 1)),
    tile("CN-NX", "Ningxia", "宁夏", "NX", (2, 2)),
    tile("CN-SX", "Shanxi", "山西", "SX", (2, 3)),
    tile("CN-HE", "Hebei", "河北", "HE", (2, 4)),
    tile("CN-TJ", "Tianjin", "天津", "TJ", (2, 5)),
    tile("CN-LN", "Liaoning", "辽宁", "LN", (2, 6)),
    tile("CN-XZ", "Tibet", "西藏", "XZ", (3, 0)),
    tile("CN-QH", "Qinghai", "青海", "QH", (3, 1)),
    tile("CN-SN", "Shaanxi", "陕西", "SN", (3, 2)),
    tile("CN-HA", "Henan", "河南", "HA", (3, 3)),
    tile("CN-SD", "Shandong", "山东", "SD", (3, 4)),
    tile("CN-SC", "Sichuan", "四川", "SC", (4, 1)),
    tile("CN-CQ", "Chongqing", "重庆", "CQ", (4, 2)),
    tile("CN-HB", "Hubei", "湖北", "HB", (4, 3)),
    tile("CN-AH", "Anhui", "安徽", "AH", (4, 4)),
    tile("CN-JS", "Jiangsu", "江苏", "JS", (4, 5)),
    tile("CN-SH", "Shanghai", "上海", "SH", (4, 6)),
    tile("CN-YN", "Yunnan", "云南", "YN", (5, 1)),
    tile("CN-GZ", "Guizhou", "贵州", "GZ", (5, 2)),
    tile("CN-HN", "Hunan", "湖南", "HN", (5, 3)),
    tile("CN-JX", "Jiangxi", "江西", "JX", (5, 4)),
    tile("CN-ZJ", "Zhejiang", "浙江", "ZJ", (5, 5)),
    tile("CN-GX", "Guangxi", "广西", "GX", (6, 2)),
    tile("CN-GD", "Guangdong", "广东", "GD", (6, 3)),
    tile("CN-FJ", "Fujian", "福建", "FJ", (6, 4)),
    tile("CN-TW", "Taiwan", "台湾", "TW", (6, 5)),
    tile("CN-HI", "Hainan", "海南", "HI", (7, 2)),
    tile("CN-MO", "Macao", "澳门", "MO", (7, 3)),
    tile("CN-HK", "Hong Kong", "香港", "HK", (7, 4)),
];

/// The sixteen districts of Shanghai.
pub const DISTRICTS: [GridTile; 16] = [
    tile("310113", "Baoshan", "宝山", "BS", (0, 2)),
    tile("310151", "Chongming", "崇明", "CM", (0, 3)),
    tile("310114", "Jiading", "嘉定", "JD", (1, 0)),
    tile("310107", "Putuo", "普陀", "PT", (1, 1)),
    tile("310106", "Jing’an", "静安", "JA", (1, 2)),
    tile("310109", "Hongkou", "虹口", "HK", (1, 3)),
    tile("310110", "Yangpu", "杨浦", "YP", (1, 4)),
    tile("310118", "Qingpu", "青浦", "QP", (2, 0)),
    tile("310105", "Changning", "长宁", "CN", (2, 1)),
    tile("310104", "Xuhui", "徐汇", "XH", (2, 2)),
    tile("310101", "Huangpu", "黄浦", "HP", (2, 3)),
    tile("310115", "Pudong", "浦东", "PD", (2, 4)),
    tile("310117", "Songjiang", "松江", "SJ", (3, 1)),
    tile("310112", "Minhang", "闵行", "MH", (3, 2)),
    tile("310116", "Jinshan", "金山", "JS", (4, 1)),
    tile("310120", "Fengxian", "奉贤", "FX", (4, 2)),
];

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn grids_are_complete_and_no_tile_lies_on_another() {
        for (grid, count) in [(&PROVINCES[..], 34), (&DISTRICTS[..], 16)] {
            let distinct = |of: fn(&GridTile) -> String| grid.iter().map(of).collect::<BTreeSet<_>>().len();
            assert_eq!(distinct(|tile| tile.code.to_owned()), count);
            assert_eq!(distinct(|tile| tile.en.to_owned()), count);
            assert_eq!(distinct(|tile| tile.zh.to_owned()), count);
            assert_eq!(distinct(|tile| tile.letters.to_owned()), count);
            assert_eq!(distinct(|tile| format!("{} {}", tile.row, tile.column)), count);
        }
        // GB/T 2260 numbers the districts with gaps, where districts were merged.
        let codes: BTreeSet<&str> = DISTRICTS.iter().map(|tile| tile.code).collect();
        let all = [101, 104, 105, 106, 107, 109, 110, 112, 113, 114, 115, 116, 117, 118, 120, 151];
        assert_eq!(codes, all.map(|number| format!("310{number}")).iter().map(String::as_str).collect());
        assert!(PROVINCES.iter().all(|tile| tile.code.strip_prefix("CN-") == Some(tile.letters)));
    }
}
