"""Models that are hard to draw, by what is odd about them."""

from __future__ import annotations

from bestand.files import loads
from bestand.model.model import Model
from tests.first_reading import UKRAINE

CONCEPTS = ("nash", "gmr", "smr", "seq", "sseq")
CASES = (
    UKRAINE,
    "books/fang1993/elmira",
    "journals/gdn/hipel2014/syria-iraq-1975",
    "textbook/chicken",
    "web/jacobi2017/north-korea-usa",
)

_LONG = "Averyverylongwordwithoutanyspacesthatgoesonandonandonandonandonandonandonandonandonandonandonandon"

NOTHING_HOLDS = loads("""
bestand: 1
title: Hide and seek
parties:
  a: {options: {x: {}}}
  b: {options: {y: {}}}
status_quo: []
preferences: {a: {priorities: [a.x iff b.y]}, b: {priorities: [a.x iff not b.y]}}
""")

ODD: dict[str, Model] = {
    "no option": loads("{bestand: 1, title: '', parties: {a: {}, b: {}}}"),
    "one party": loads("""
bestand: 1
title: "<&>"
parties:
  a: {name: "<Alice & Bob's \\"co\\">", options: {x: {says: "does <x> & 'y'"}, y: {}}}
outcomes: {"o": {holds: a.x, says: "<so> & so"}}
plan: o
preferences: {a: {priorities: [a.x]}}
"""),
    "nothing holds": NOTHING_HOLDS,
    "letters": loads(f"""
bestand: 1
title: "\\u0007\\u200f"
parties:
  a:
    name: "الحكومة المركزية"
    options: {{x: {{says: "توافق على وقف إطلاق النار في جميع أنحاء البلاد وتنسحب من المناطق"}}}}
  b:
    name: "北方政府非常長的名字"
    options: {{y: {{says: "同意停火並從所有邊境地區撤出軍隊，同時釋放所有被拘留的人，並允許觀察員進入"}}}}
  c: {{name: {_LONG}, options: {{z: {{says: "{_LONG} \\u0001\\u0002 {_LONG}"}}}}}}
labels: {{"000": "a rather long label", "100": "another long one", "110": "第三"}}
status_quo: [a.x]
"""),
    "eight alike": loads(
        "bestand: 1\ntitle: Ties\nstatus_quo: []\nparties:\n"
        + "".join(
            f"  p{k}: {{name: The People's Democratic Republic of Place {k}, options: {{o: {{says: agrees}}, q: }}}}\n"
            for k in range(8)
        )
    ),
}
