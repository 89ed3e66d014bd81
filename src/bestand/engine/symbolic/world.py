"""A model as diagrams: its options as variables, its rules as the set of feasible states, its formulas."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager

from bestand.engine.diagrams.choose import default_memory, has_cudd, open_diagrams
from bestand.engine.diagrams.spec import Diagram, Diagrams
from bestand.engine.limits import Limits, Watch
from bestand.model.errors import LimitReached, ModelError, Problem
from bestand.model.formula import And, Constant, Formula, Iff, Implies, Not, OptionAtom, Or, OutcomeAtom, StateAtom
from bestand.model.message import Bytes
from bestand.model.model import Model
from bestand.model.truth import in_order
from bestand.model.values import ChoiceRule, Rule

from .order import Mentions, first_order

_LEAST = 8 * 2**20  # bytes for empty tables
_AHEAD = 4  # times the longest pause that is left when nothing long may begin any more


class World:
    """The variables of a model and what its formulas mean.

    Variable k is the k-th option. The options whose change a party can tell, because one of its wishes or a move that
    it cannot make mentions them or because they are one-way, have a second variable for where a move leads.

    Parameters
    ----------
    model : Model
    watch : Watch
    backend : str or None
    paired : bool
        Whether every option has a second variable: moves are then told apart by all that they change.
    below : int
        How many of the last options have variables that stand below all others.
    memory : int, optional
        Bytes that the diagrams take at most, less than what the watch grants.

    Raises
    ------
    ModelError
        When no state is feasible.
    """

    def __init__(
        self,
        model: Model,
        watch: Watch,
        backend: str | None,
        *,
        paired: bool = False,
        below: int = 0,
        memory: int | None = None,
    ) -> None:
        self.model = model
        self.watch = watch
        self.options = len(model.options)
        self.own = tuple(tuple(model.bit[option.id] for option in party.options) for party in model.parties)
        self.mentions = Mentions(model)
        self.copied = frozenset(self._telling())
        self.paired = paired
        two = range(self.options) if paired else self.copied
        order = [(k, self.options + k) if k in two else (k,) for k in first_order(model, self.mentions, below)]
        self.memory = watch.limits.memory or default_memory()
        if memory is not None:
            self.memory = min(memory, self.memory)
        if self.memory < _LEAST:
            raise LimitReached(
                "memory",
                "decision diagrams need {size} to begin with; the limit is {limit}",
                size=Bytes(_LEAST),
                limit=Bytes(self.memory),
            )
        self.diagrams: Diagrams = open_diagrams(order, self.memory, backend)
        self.true, self.false = self.diagrams.true, self.diagrams.false
        self._longest, self._checked, self._hurried = 0.0, watch.seconds, False
        self._outcomes: dict[str, Diagram] = {}
        with self.guarded():
            for name in in_order(model):
                self._outcomes[name] = self.holds(model.outcome[name].formula)
            self.rules = tuple(map(self._kept, model.rules))
            self.feasible = self.all_of(self.rules)
        if self.feasible == self.false:
            raise ModelError([Problem(0, 0, "no-feasible-state", "error", "the rules leave no state feasible")])

    def __reduce__(self) -> tuple[Callable[[Model, str, int], World], tuple[Model, str, int]]:
        """Pickle the description: diagrams are made anew, by the same package where it is there."""
        return _again, (self.model, self.diagrams.name, self.memory)

    def _telling(self) -> Iterator[int]:
        """Yield the options whose change a party can tell."""
        yield from (self.model.bit[way.option] for way in self.model.one_way)
        for party, own in zip(self.model.party, self.own, strict=True):
            told = frozenset[int]().union(*self.mentions.of_wishes(party), *self.mentions.of_bans(party))
            yield from (k for k in own if k in told)

    def copy_of(self, k: int) -> int:
        """Return the variable for option k in the state that a move leads to."""
        return self.options + k

    def holds(self, formula: Formula) -> Diagram:
        """Return where a formula holds, feasible or not."""
        d = self.diagrams
        match formula:
            case Constant(value):
                return self.true if value else self.false
            case OptionAtom(option):
                return d.var(self.model.bit[option])
            case OutcomeAtom(name):
                return self._outcomes[name]
            case StateAtom(formula=inner):
                return self.holds(inner)
            case Not(term):
                return ~self.holds(term)
            case And(terms):
                return self.all_of(list(map(self.holds, terms)))
            case Or(terms):
                return self.any_of(list(map(self.holds, terms)))
            case Implies(left, right):
                return ~self.holds(left) | self.holds(right)
            case Iff(left, right):
                right_holds = self.holds(right)
                return d.ite(self.holds(left), right_holds, ~right_holds)

    def all_of(self, terms: Iterable[Diagram]) -> Diagram:
        """Return where all are true: joined in pairs, and those in pairs, so that few joins meet large diagrams."""
        return self._joined(list(terms), lambda f, g: f & g, self.true)

    def any_of(self, terms: Iterable[Diagram]) -> Diagram:
        """Return where any of them is true."""
        return self._joined(list(terms), lambda f, g: f | g, self.false)

    def _joined(self, terms: list[Diagram], join: Callable[[Diagram, Diagram], Diagram], neutral: Diagram) -> Diagram:
        while len(terms) > 1:
            self.check()
            pairs = [join(f, g) for f, g in zip(terms[::2], terms[1::2], strict=False)]
            terms = [*pairs, terms[-1]] if len(terms) % 2 else pairs
        return terms[0] if terms else neutral

    def _kept(self, rule: Rule) -> Diagram:
        if isinstance(rule, ChoiceRule):
            return self._chosen(sorted({self.model.bit[option] for option in rule.options}), rule.kind)
        return self.holds(rule.allows)

    def _chosen(self, options: Sequence[int], kind: str) -> Diagram:
        """Return where exactly one, or at most one, of some options is taken. O(options), not O(options²) pairs."""
        none, one = self.true, self.false
        for k in options:
            taken = self.diagrams.var(k)
            none, one = none & ~taken, self.diagrams.ite(taken, none, one)
        return one if kind == "exactly_one" else none | one

    def state(self, bits: str) -> Diagram:
        """Return the set of one state, given as a bit string."""
        return self.all_of(self.diagrams.var(k) if bit == "1" else ~self.diagrams.var(k) for k, bit in enumerate(bits))

    def check(self) -> None:
        """Stop where the time is over, and let nothing long begin shortly before: diagrams cannot be interrupted.

        How long is long is learnt from the longest pause between two checks. What reorders its variables takes several
        times as long the next time.
        """
        now = self.watch.seconds
        self._longest, self._checked = max(self._longest, now - self._checked), now
        end = self.watch.limits.seconds
        if end is not None and not self._hurried and end - now < _AHEAD * self._longest:
            self._hurried = True
            self.diagrams.hurry()
        self.watch.check()

    @contextmanager
    def guarded(self) -> Iterator[None]:
        """Turns "the table is full" into `LimitReached`."""
        self._checked = self.watch.seconds
        try:
            yield
        except (MemoryError, RuntimeError, ValueError) as error:
            if isinstance(error, LimitReached) or not self.diagrams.overflow(error):
                raise
            raise LimitReached(
                "memory",
                "the decision diagrams fill {limit} of memory; raise the limit, or fix options by rules",
                limit=Bytes(self.memory),
            ) from None


def _again(model: Model, backend: str, memory: int) -> World:
    """Return a world from what a pickle holds of it."""
    return World(model, Watch(Limits(memory=memory)), backend if backend != "cudd" or has_cudd() else None)
