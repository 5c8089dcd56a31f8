#!/usr/bin/env bash
# Makes NotoSansSC-subset.otf again: Latin, punctuation, GB 2312 level 1, and every character of the data set and the
# source code. Needs Debian's fonts-noto-cjk, and python3 with fonttools (`pip install fonttools`).
set -euo pipefail
cd "$(dirname "$0")"
root=../../..
collection=${1:-/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Which characters: what is asked for here, what the data set holds, what the site itself says.
python3 - "$work/text" "$root" <<'PY'
import pathlib, sys
out, root = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2])
keep = {chr(c) for c in range(0x20, 0x7F)} | {chr(c) for c in range(0xA0, 0x180)}
keep |= set("‐‑‒–—―‘’“”„†•…‰′″‹›€№™−×÷±≈≠≤≥→←↑↓°·　、。〈〉《》「」『』【】〔〕！（），．／：；？％＋－＝～￥①②③④⑤⑥⑦⑧⑨⑩")
for row in range(0xB0, 0xD8):        # GB 2312 level 1: the 3,755 common hanzi
    for cell in range(0xA1, 0xFF):
        try:
            keep.add(bytes([row, cell]).decode("gb2312"))
        except UnicodeDecodeError:
            pass
for pattern in ("data/*.csv", "src/**/*.rs"):
    for path in sorted(root.glob(pattern)):
        keep |= set(path.read_text("utf-8"))
out.write_text("".join(sorted(c for c in keep if ord(c) >= 0x20)), "utf-8")
PY

# Index 2 of the collection is "Noto Sans CJK SC". Shapes stay as drawn; hinting, vertical layout and the
# substitutions that neither measuring nor drawing of horizontal lines needs are dropped. Kerning stays.
python3 -m fontTools.subset "$collection" --font-number=2 --text-file="$work/text" \
    --output-file=NotoSansSC-subset.otf --layout-features=kern --no-hinting --desubroutinize --drop-tables+=VORG,vhea,vmtx,BASE,GSUB \
    --name-IDs=0,1,2,4,6,13,14 --notdef-outline --no-recalc-timestamp
ls -l NotoSansSC-subset.otf
