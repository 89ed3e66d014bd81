"""Papers to be set: a usual one with parts of every kind, and parts whose words could do harm."""

import re

from bestand.document.blocks import Bullets, Callout, Facts, Figure, Heading, Line, Paragraph, table
from bestand.document.paper import Paper


def picture(key="0", words="Bars"):
    """A small SVG as our own pictures are: with a ground, ids of its own, and words for whom cannot see it."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100" viewBox="0 0 200 100" role="img" '
        f'aria-labelledby="t{key} d{key}"><title id="t{key}">Shares</title><desc id="d{key}">Two bars</desc>'
        f'<style>.b-bar{{fill:#47698b}}</style><rect width="200" height="100" fill="#ffffff"/>'
        f'<rect class="b-bar" x="10" y="10" width="120" height="20"/><text x="10" y="60">{words}</text></svg>'
    )


OPTIONS = (("reached", "", "yes", "no"), ("Russia",), ("  stop_fire", "N", "Y", "Y"), ("  provinces", "Y", "Y", "N"))
USUAL = Paper(
    "A dam",
    "Does the plan hold?",
    "en",
    (
        Callout(("The plan does not hold.", "Upstream would end it.")),
        Facts((("Parties", "Upstream, Downstream"), ("States", "49,152"))),
        Heading("What holds"),
        Paragraph("Upstream keeps the water."),
        Paragraph("Further in.", indent=4),
        Heading("Why", level=2),
        Bullets(("one thing", "another thing")),
        Bullets(("first step", "second step"), ordered=True),
        Line((("deal: ", ()), ("does not hold", ("red", "bold")))),
        Line(),
        Line((("flood: ", ()), ("holds", ("green",)))),
        Heading("The states"),
        table(("", "today", "#1", "#2"), OPTIONS, caption="Two equilibria"),
        table(("", ""), (("up.keep", "keeps the water"), ("up.threat", "threatens")), left=(0, 1)),
        Figure(
            picture(),
            "Two bars: the first is the longer one.",
            "How many states each ranks lower",
            "Places in an order",
        ),
        Callout(("One reading changes this.",), "warning"),
        Paragraph("Not looked at.", styles=("dim",)),
    ),
)

HARMFUL = {
    "quotes": "\"double\" 'single' “curly”",
    "tags": "<script>alert(1)</script>",
    "comment": "<!-- --> ]]> <?xml?>",
    "entities": "a & b &amp; &#35;",
    "hash": '#import "x" #let a = 1',
    "dollar": "$x^2$ $$ \\(y\\)",
    "backslash": "back\\slash \\n \\u{41}",
    "backticks": "`tick` ```",
    "stars": "*a* _b_ **c** | d ~~e~~",
    "brackets": "] } ) // /* @ref <label>",
    "link": "[a](javascript:x) ![i](u)",
    "jinja": "{{ x }} {% y %}",
    "json": '{"a": [1]}\\"',
    "dash": "- dash",
    "number": "1. one",
    "quoted": "> q",
    "rule": "---",
    "setext": "===",
    "formula": "=cmd()",
}
FROM_RIGHT = {"hebrew": "שלום עולם (1)", "arabic": "سلام على الأرض"}
CONTROL = {
    "control": "nul\x00bel\x07esc\x1b[31m",
    "lines": "two\nlines\r\nof\ttext\u2028and\u2029more",
    "not in PDF/UA": "a\ufeffb",
    "not in XML": "a\ufffeb\uffffc\ud800d",
}
LONG = "x" * 5000


def every_kind(words, key="k"):
    """Parts of every kind that say the same words in every place."""
    return (
        Heading(words),
        Paragraph(words),
        Line(((words, ()), (words, ("bold", "red")))),
        Bullets((words, words)),
        Bullets((words,), ordered=True),
        Facts(((words, words),)),
        Callout((words,)),
        Callout((words,), "warning"),
        table((words, words, words), [(words, words, words), (words,), (f"  {words}", words, "1")], (0, 1), words),
        Figure(picture(key), words, words, words),
    )


def saying(words):
    """A paper with the same words in every place."""
    return Paper(words, words, "en", every_kind(words))


NOTHING = (
    table((), ()),
    table((), ((), ())),
    table(("", ""), ()),
    table(("a", "b"), ()),
    table((), [("a",)]),
    table(("a", "b"), [("1", "2", "3")]),
    Bullets(()),
    Facts(()),
    Callout(()),
    Line(),
    Line((("", ("bold",)),)),
    Paragraph(""),
    Heading(" "),
    Figure(picture(), ""),
)
WIDE = Paper(
    "Wide", "", "nl", (table(("", *(f"col{k}" for k in range(60))), [("row", *(str(k) for k in range(60)))] * 9),)
)
TALL = Paper("Tall", "", "en", (table(("name", "alpha", "beta"), [(f"row {k}", "1", "2") for k in range(2000)]),))


def squeezed(words):
    """Words without any space, as readers differ in those."""
    return re.sub(r"\s+", "", words)
