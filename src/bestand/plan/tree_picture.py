"""The tree of ways drawn: from today to where things rest, and to the nearest equilibria."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bestand.document.blocks import Figure
from bestand.drawing.colours import dashes, party_class
from bestand.drawing.measure import lines
from bestand.drawing.sheet import LEADING, MARGIN, SMALL, WIDTH, Sheet
from bestand.model.model import Model
from bestand.model.sentences import By
from bestand.prose.messages import _, _p

from .tree import Node, Tree, grow
from .tree_words import Fact, Teller, title

MOST_LEAVES = 12
_TALLEST = 900.0  # what a page holds below the legend
_LETTERS = 12.5
_INDENT = 30.0  # from a state to those that ways part to
_GAP = 17.0  # between two boxes
_PAD = 7.0
_BESIDE = 26.0  # for the mark of the mover, left of its words
_SQUARE = 14.0  # room before the words on an outcome
_BEST, _OTHER = 3.5, 1.3  # how thick moves are
_TODAY = 5.0  # how thick the line on the left of today is
_SKIPPED = "2 2"  # how a line is broken where moves before are not drawn


@dataclass(frozen=True)
class _Line:
    """A line of small letters: where it begins in its box, and whether a square stands before it."""

    words: str
    x: float
    mark: str
    bold: bool


@dataclass(frozen=True)
class _Box:
    """A node where it is drawn: the move, and what is true where it leads."""

    node: Node
    parent: _Box | None
    x: float
    y: float
    height: float
    words: list[str]
    facts: list[_Line]
    rests: bool

    @property
    def middle(self) -> float:
        """Return how far down an arrow comes in from the left."""
        return self.y + _PAD + _LETTERS * 0.65


def draw_tree(model: Model, tree: Tree) -> Figure:
    """Draw where things go from the status quo.

    Parameters
    ----------
    model : Model
        In the language that is spoken.
    tree : Tree

    Returns
    -------
    Figure
    """
    teller = Teller(model, tree)
    root, boxes = _fitting(teller)
    sheet = Sheet()
    y = _legend(sheet, model, boxes, tree.by)
    for box in boxes:
        _link(sheet, box, y)
    for box in boxes:
        _draw(sheet, box, y)
    drawn = {node.state for node in root.every()}
    ways = [way for way in tree.ways if way.goal in drawn]
    marked = any(line.mark for box in boxes for line in box.facts)
    height = y + boxes[-1].y + boxes[-1].height + MARGIN
    alternative, caption = teller.alternative(ways), teller.caption(drawn, ways, marked=marked)
    return sheet.figure(height, title(tree.by), alternative, caption)


def _fitting(teller: Teller) -> tuple[Node, list[_Box]]:
    """Return the tree of as many ways as a page holds, of one at least."""
    root = Node(teller.tree.start)
    boxes = list(_boxes(teller, root))
    for way in teller.tree.ways:
        larger = grow(root, way)
        placed = list(_boxes(teller, larger))
        fits = larger.leaves() <= MOST_LEAVES and placed[-1].y + placed[-1].height <= _TALLEST
        if fits or not root.onward:
            root, boxes = larger, placed
    return root, boxes


def _boxes(teller: Teller, root: Node) -> Iterator[_Box]:
    """Yield every box from above to below. The only way on stands below; where ways part, they stand further right."""
    y = 0.0
    waiting: list[tuple[Node, _Box | None, float]] = [(root, None, MARGIN)]
    while waiting:
        node, parent, x = waiting.pop()
        box = _box(teller, node, parent, x, y)
        yield box
        y += box.height + _GAP
        right = x + _INDENT if len(node.onward) > 1 else x
        waiting += [(each, box, right) for each in reversed(node.onward)]


def _box(teller: Teller, node: Node, parent: _Box | None, x: float, y: float) -> _Box:
    room = WIDTH - MARGIN - x - _BESIDE - _PAD
    words = teller.today() if parent is None else teller.step(node)
    step = lines(words, _LETTERS, room, 4, bold=parent is None)
    facts = [line for fact in teller.facts(node) for line in _lines(fact, room)]
    height = 2 * _PAD + LEADING * (_LETTERS * len(step) + SMALL * len(facts))
    return _Box(node, parent, x, y, height, step, facts, teller.tree.places[node.state].rests)


def _lines(fact: Fact, room: float) -> Iterator[_Line]:
    """Yield the lines of a fact, two at most; beside a square where it is an outcome."""
    beside = _SQUARE if fact.mark else 0.0
    for k, line in enumerate(lines(fact.words, SMALL, room - beside, 2, bold=fact.bold)):
        yield _Line(line, _BESIDE + beside, "" if k else fact.mark, fact.bold)


def _legend(sheet: Sheet, model: Model, boxes: Sequence[_Box], by: By) -> float:
    """Draw who moves, and what lines and frames mean; return where the tree begins."""
    movers = sorted({box.node.move.mover for box in boxes if box.node.move is not None})
    if not movers:
        return MARGIN
    y = sheet.legend(MARGIN, MARGIN + SMALL, [model.parties[k].title for k in movers], places=movers)
    if by == "improving":
        for x, wide, words in (
            (MARGIN, _BEST, _("its mover has no better move")),
            (WIDTH / 2, _OTHER, _("its mover has a better move")),
        ):
            sheet.line(x, y - 4, x + 26, y - 4, wide=wide)
            _meaning(sheet, x, y, words)
        y += SMALL * 1.7
    _ground(sheet, MARGIN, y - 10, 26, 12, today=True, rests=False)
    _meaning(sheet, MARGIN, y, _p("column of a table", "today"))
    if any(box.rests for box in boxes):
        _ground(sheet, WIDTH / 2, y - 10, 26, 12, today=False, rests=True)
        _meaning(sheet, WIDTH / 2, y, _rest_words(by))
    return y + SMALL * 1.7


def _rest_words(by: By) -> str:
    if by == "drift":
        return _("an end: no further move pays there")
    return _("a resting place: nobody can improve there")


def _meaning(sheet: Sheet, x: float, y: float, words: str) -> None:
    sheet.text(x + 34, y, words, size=SMALL, room=WIDTH / 2 - 34 - MARGIN)


def _ground(sheet: Sheet, x: float, y: float, width: float, height: float, *, today: bool, rests: bool) -> None:
    """Draw what the words of a box stand on: a resting place has a frame, today a thick line on its left."""
    sheet.rect(x, y, width, height, line="strong" if rests else "", corner=0 if today else 4, wide=1.5)
    if today:
        sheet.rect(x, y, _TODAY, height, fill="strong")


def _link(sheet: Sheet, box: _Box, down: float) -> None:
    """Draw the arrow of the move that leads to a box."""
    move = box.node.move
    if box.parent is None or move is None:
        return
    k, x, top = move.mover, box.parent.x + 14, box.parent.y + box.parent.height + down
    start, end = (x, top), (x, box.y + down)
    if box.x > box.parent.x:
        start, end = (x, box.middle + down), (box.x, box.middle + down)
        if box.parent.node.onward[-1] is box.node:
            sheet.line(x, top, *start)
    dash = _SKIPPED if move.skipped else dashes(k)
    sheet.arrow([start, end], line=party_class(k), wide=_BEST if move.best else _OTHER, dash=dash, head=8)


def _draw(sheet: Sheet, box: _Box, down: float) -> None:
    x, y, move = box.x, box.y + down, box.node.move
    _ground(sheet, x, y, WIDTH - MARGIN - x, box.height, today=move is None, rests=box.rests)
    if move is not None:
        sheet.mark(move.mover, x + 14, box.middle + down, 5.5)
    y += _PAD + _LETTERS
    for words in box.words:
        sheet.text(x + _BESIDE, y, words, size=_LETTERS, bold=move is None)
        y += _LETTERS * LEADING
    y += 1
    for line in box.facts:
        if line.mark:
            sheet.rect(x + _BESIDE, y - 8.5, 8, 8, fill=line.mark, line="yes")
        sheet.text(x + line.x, y, line.words, size=SMALL, bold=line.bold, fill="ink" if line.bold else "quiet")
        y += SMALL * LEADING
