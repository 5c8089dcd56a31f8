#!/usr/bin/env bash
# Makes NotoSansSC-subset.otf and NotoSans-subset.ttf again; README.md says what they contain.
# usage: ./subset.sh [FOLDER]   FOLDER has opentype/noto/NotoSansCJK-Regular.ttc and truetype/noto/NotoSans-Regular.ttf
# Needs Debian's fonts-noto-cjk and fonts-noto-core, and python3 with fonttools (`pip install fonttools`).
set -euo pipefail
cd "$(dirname "$0")"
fonts=${1:-/usr/share/fonts}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

python3 - "$work" ../../.. <<'PY'
import pathlib, sys

work, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])


def span(first, last):
    return {chr(c) for c in range(first, last + 1)}


# Both fonts: every letter, mark and sign of the Latin, Greek and Cyrillic scripts. The Latin font fills the gaps of the Chinese one.
western = (
    span(0x0020, 0x007E) | span(0x00A0, 0x052F)      # Latin, Latin Extended-A and -B, IPA, combining marks, Greek, Cyrillic
    | span(0x1AB0, 0x1AFF) | span(0x1DC0, 0x1DFF)    # further combining marks
    | span(0x1E00, 0x1FFF)                           # Latin Extended Additional (Vietnamese), Greek Extended
    | span(0x2000, 0x206F) | span(0x2070, 0x209F)    # general punctuation, superscripts and subscripts
    | span(0x20A0, 0x20C0)                           # currency signs
    | span(0x2100, 0x218F)                           # letterlike signs, number forms
    | span(0xA720, 0xA7FF) | span(0xFB00, 0xFB06) | span(0xFE20, 0xFE2F)
)
chinese = (
    span(0x2190, 0x23FF) | span(0x2460, 0x27BF) | span(0x2B00, 0x2BFF)   # arrows, mathematics, enclosed, boxes, shapes, dingbats
    | span(0x2E80, 0x2FFF) | span(0x3000, 0x303F)    # radicals (Kangxi), punctuation
    | span(0x3040, 0x30FF) | span(0x3100, 0x312F) | span(0x31A0, 0x31FF)  # kana, bopomofo, strokes
    | span(0x3130, 0x318F) | span(0x3200, 0x33FF)    # compatibility jamo, enclosed and square forms
    | span(0x4E00, 0x9FFF)                           # the unified ideographs: GB 2312, GBK, Big5 and JIS together
    | span(0xF900, 0xFAFF) | span(0xFE10, 0xFE1F) | span(0xFE30, 0xFE4F) | span(0xFF00, 0xFFEF)
    | span(0x2A700, 0x2EBEF)                         # extensions C to F, as far as the font has them
)
# The rest of the Table of General Standard Chinese Characters (通用规范汉字表): its characters in extensions A and B.
chinese |= set(
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙"
    "䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮"
    "𠅤𠙶𠳐𡎚𡐓𣗋𣲗𣲘𣸣𤧛𤩽𤫉𥔲𥕢𥖨𥻗𦈡𦒍𦙶𦝼𦭜𦰡𧿹𨐈𨙸𨚕𨟠𨭉𨱇𨱏𨱑𨱔𨺙𩽾𩾃𩾌"
)
# The 2,350 syllables of KS X 1001, which modern Korean is written with.
for lead in range(0xB0, 0xC9):
    for trail in range(0xA1, 0xFF):
        try:
            chinese.add(bytes([lead, trail]).decode("euc_kr"))
        except UnicodeDecodeError:
            pass
# What the data set holds and what the site itself says.
for pattern in ("data/*.csv", "src/**/*.rs"):
    for path in sorted(root.glob(pattern)):
        chinese |= {c for c in path.read_text("utf-8") if ord(c) >= 0x20}

(work / "western").write_text("".join(sorted(western)), "utf-8")
(work / "chinese").write_text("".join(sorted(western | chinese)), "utf-8")
PY

# Shapes stay as drawn. Hinting, vertical layout, names of other languages and substitutions that horizontal lines do without are
# dropped; kerning and the places of combining marks stay.
subset() {
  python3 -m fontTools.subset "$@" --no-hinting --name-IDs=0,1,2,4,6,13,14 --notdef-outline --no-recalc-timestamp
}
# Index 2 of the collection is "Noto Sans CJK SC".
subset "$fonts/opentype/noto/NotoSansCJK-Regular.ttc" --font-number=2 --text-file="$work/chinese" \
  --output-file=NotoSansSC-subset.otf --layout-features=kern --drop-tables+=VORG,vhea,vmtx,BASE,GSUB
subset "$fonts/truetype/noto/NotoSans-Regular.ttf" --text-file="$work/western" \
  --output-file=NotoSans-subset.ttf --layout-features=kern,mark,mkmk,ccmp
ls -l NotoSansSC-subset.otf NotoSans-subset.ttf
