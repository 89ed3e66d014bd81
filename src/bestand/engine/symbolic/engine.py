"""The symbolic engine: the closure operators on sets of states that nobody could list.

States are decision diagrams, a rank is one diagram per priority statement, the most important first. Values are terms
(`bestand.engine.symbolic.terms`); the criterion of a concept is answered by the walk over thresholds
(`bestand.engine.symbolic.thresholds`).
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bestand.engine.diagrams.spec import Diagram
from bestand.engine.diagrams.table import Table, built, holds_at, table, truth
from bestand.engine.limits import Watch
from bestand.engine.space import Space
from bestand.engine.spec import Parties
from bestand.engine.states import MAX_OPTIONS, MAX_STATES
from bestand.model.errors import CallError, TooManyStates
from bestand.model.formula import Formula
from bestand.model.model import Model

from .closure import forward, improvements, moves
from .extremes import greatest
from .moves import PartyMoves
from .numbers import Arithmetic, Number
from .sets import DiagramStates, State, mask_of, masks
from .terms import Best, LeastOrigin, Lower, Rank, Reply, Term
from .thresholds import Replies, Walk, least
from .wishes import wishes
from .world import World

CANNOT = "the model forbids single moves, which the symbolic engine cannot follow; use 'cube'"
BEST_MOVES = "the symbolic engine cannot follow best moves, which brseq and brsseq ask for"


class SymbolicEngine:
    """Operators as operations on decision diagrams, for any number of options.

    Parameters
    ----------
    model : Model
        Without forbidden single moves.
    watch : Watch, optional
        Stops it: its limits on time and memory hold inside every operation.
    backend : {"cudd", "oxidd"}, optional
        CUDD where it is installed, unless told.
    paired : bool
        Whether its diagrams can tell moves apart by all that they change, which purposeful moves ask for.
    below : int
        How many of the last options have variables that stand below all others.
    memory : int, optional
        Bytes that its diagrams take at most, less than what the watch grants.

    Raises
    ------
    CallError
        When the model forbids single moves.
    ModelError
        When no state is feasible, or a ranking misses one.
    LimitReached
        Here and in every method.

    Notes
    -----
    What decides the cost is how closely the parties are coupled, not how many options there are.

    Examples
    --------
    >>> from bestand.model.formula import OptionAtom
    >>> from bestand.model.values import FrozenMap, Option, Party, Priorities, Statement
    >>> from bestand.stability import registry
    >>> wish = Priorities((Statement(OptionAtom("up.a")),))
    >>> party = Party("up", options=(Option("up.a"), Option("up.b")))
    >>> engine = SymbolicEngine(Model("Dam", (party,), preferences=FrozenMap({"up": wish})))
    >>> registry.stable(engine, "nash", 0)
    <StateSet of 2 states>
    """

    name = "symbolic"
    lists = False
    bans = False  # whether it may be asked for a model with forbidden moves, where one move does what two can do

    def __init__(
        self,
        model: Model,
        watch: Watch | None = None,
        backend: str | None = None,
        *,
        paired: bool = False,
        below: int = 0,
        memory: int | None = None,
    ) -> None:
        if model.forbidden_moves and not self.bans:
            raise CallError(CANNOT)
        if model.standing:
            raise CallError("the model has commitments in force, which need the states listed; use 'arcs'")
        if model.coalesced:
            raise CallError("the model makes several states one (coalesced), which needs them listed; use 'arcs'")
        self.model = model
        self.parties = tuple(model.party)
        self.watch = watch or Watch()
        self._world = World(model, self.watch, backend, paired=paired, below=below, memory=memory)
        self._arithmetic = Arithmetic(self._world.diagrams)
        self._moves: dict[int, PartyMoves] = {}
        self._numbers: dict[Term, Number] = {}
        self._deterred: dict[tuple[int, Term], Diagram] = {}
        self.asked = self._world.true  # where verdicts are asked for
        if not all(self._moves_of(j).transitive for j, id in enumerate(self.parties) if _banned(model, id)):
            raise CallError(CANNOT)

    # ---- sets ----

    @property
    def space(self) -> Space:
        raise TooManyStates("the symbolic engine lists no states: there are {count}", count=self.feasible.count())

    def states_where(self, truth: DiagramStates) -> DiagramStates:
        return truth

    @property
    def backend(self) -> str:
        """The package of diagrams: ``cudd`` or ``oxidd``."""
        return self._world.diagrams.name

    @property
    def memory(self) -> int:
        """Bytes that its diagrams may take."""
        return self._world.memory

    @property
    def feasible(self) -> DiagramStates:
        """Every feasible state."""
        return DiagramStates(self._world, self._world.feasible)

    def holds(self, formula: Formula) -> DiagramStates:
        """Return the feasible states in which a formula holds."""
        return self.feasible & formula

    def written(self, states: DiagramStates) -> Table:
        """Return a set as plain numbers, which another engine of the same model can read."""
        return table(self._world.diagrams, states.diagram)

    def read(self, written: Table) -> DiagramStates:
        """Return a set that another engine of the same model has written."""
        with self._world.guarded():
            return DiagramStates(self._world, built(self._world.diagrams, written))

    def state(self, state: State) -> DiagramStates:
        """Return the set of one state, given as a bit mask, a bit string or ids of options; empty where infeasible."""
        with self._world.guarded():
            bits = self.model.bits(mask_of(self.model, state))
            return DiagramStates(self._world, self._world.state(bits) & self._world.feasible)

    def reach(self, start: State, *, by: str = "improvements") -> DiagramStates:
        """Return everything to which the parties can bring things from a state, itself included.

        Parameters
        ----------
        start : int, str or iterable of str
            A feasible state.
        by : {"improvements", "moves"}
            Of one party at a time. Both are transitive, so that "nobody moves twice in a row" changes nothing.

        Raises
        ------
        CallError
            When the start is not feasible.
        """
        begin = self.state(start)
        if not begin:
            raise CallError(f"{self.model.bits(mask_of(self.model, start))} is excluded by the rules")
        parties = {j: self._moves_of(j) for j in range(len(self.parties))}
        with self._world.guarded():
            step = PartyMoves.improving_out_of if by == "improvements" else PartyMoves.out_of
            return DiagramStates(self._world, forward(self._world, parties, step, begin.diagram))

    def below(self, i: int, state: State) -> int:
        """Return how many feasible states party i ranks strictly lower than a state."""
        rank = self._number(Rank(i))
        with self._world.guarded():
            d, mask = self._world.diagrams, mask_of(self.model, state)
            value = [d.true if holds_at(d, digit, mask) else d.false for digit in rank.digits]
            lower = self._arithmetic.greater(value, rank.digits) & self._world.feasible
        return DiagramStates(self._world, lower).count()

    # ---- what works on its diagrams ----

    @property
    def world(self) -> World:
        """The variables, and what formulas mean in them."""
        return self._world

    def moves_of(self, j: int) -> PartyMoves:
        """Return what a party can do."""
        return self._moves_of(j)

    def digits(self, i: int) -> tuple[Diagram, ...]:
        """Return what a party thinks of every state, digit by digit, the most important first."""
        return self._number(Rank(i)).digits

    def bettered(self, i: int, reply: Reply | None, states: Diagram) -> Diagram:
        """Return the states of a set from which party i can have more, whatever a reply (None: nobody) makes of it."""
        mover = self._moves_of(i)
        tempted = states & mover.improving_into(self._world.feasible)
        if reply is None or tempted == self._world.false:
            return tempted
        u, g = self._arithmetic.aligned(self._number(Rank(i)), self._number(reply.f))
        capped = reply.f == Rank(i)
        return Walk(self._replies(reply), mover, u.digits, g.digits, capped=capped).bettered(tempted)

    def risked(self, i: int, reply: Reply, states: Diagram) -> tuple[Sequence[Diagram], Sequence[Diagram]]:
        """Return what party i thinks of every state, and the lower of that and of what a reply makes of it.

        Digit by digit, as many of each; right in some feasible states that are asked about.
        """
        g = self._number(reply.f)
        w = Number(least(self._replies(reply), g.digits, states), g.least)
        u, w = self._arithmetic.aligned(self._number(Rank(i)), w)
        return u.digits, self._arithmetic.chosen(self._arithmetic.greater(u.digits, w.digits), w.digits, u.digits)

    # ---- operators ----

    def rank(self, i: int) -> Term:
        return Rank(i)

    def best(self, i: int, f: Term) -> Term:
        return Best(i, f)

    def worst_reply(self, H: Parties, f: Term) -> Term:
        return Reply(tuple(H), f, credible=False)

    def worst_credible_reply(self, H: Parties, f: Term) -> Term:
        return Reply(tuple(H), f, credible=True)

    def worst_best_reply(self, H: Parties, f: Term) -> Term:
        raise CallError(BEST_MOVES)

    def worst_purposeful_reply(self, H: Parties, f: Term) -> Term:
        raise CallError("the symbolic engine cannot follow purposeful moves, which pseq and psseq ask for")

    def least_origin(self, i: int, f: Term) -> Term:
        return LeastOrigin(i, f)

    def lower(self, f: Term, g: Term) -> Term:
        return f if f == g else Lower(f, g)

    def at_most(self, f: Term, g: Term) -> DiagramStates:
        with self._world.guarded():
            match f, g:
                case Best(i, held), Rank(j) if i == j and self._is_risk(i, held):
                    return DiagramStates(self._world, self._stable(i, held))
            a, b = self._arithmetic.aligned(self._number(f), self._number(g))
            more = self._arithmetic.greater(a.digits, b.digits)
            return DiagramStates(self._world, self._world.feasible & ~more)

    def _is_risk(self, i: int, term: Term) -> bool:
        """Return whether a value is the lower of i's rank and what some others reply, or of its rank alone."""
        match term:
            case Rank(j):
                return i == j
            case Lower(Rank(j), Reply(H)):
                return i == j and i not in H
        return False

    # ---- stability ----

    def _stable(self, i: int, term: Term) -> Diagram:
        """Return where what its moves risk keeps party i from moving."""
        if (i, term) not in self._deterred:
            match term:
                case Lower(_, Reply() as reply):
                    self._deterred[i, term] = self._deterred_by(i, reply)
                case _:
                    self._deterred[i, term] = self._world.feasible & ~self._moves_of(i).improving_into(
                        self._world.feasible
                    )
        return self._deterred[i, term]

    def _deterred_by(self, i: int, reply: Reply) -> Diagram:
        """Return the walk, with the states for candidates that weaker concepts leave undecided.

        What deters by improvements deters by moves; what deters a party that may move once more deters one that may
        not; a party that cannot improve is not tempted.
        """
        rank = Rank(i)
        weaker = []
        if reply.credible:
            weaker.append(Reply(reply.parties, reply.f, credible=False))
        elif reply.f == Best(i, rank):
            weaker.append(Reply(reply.parties, rank, credible=False))
        bound = self._world.feasible
        for other in weaker:
            bound = bound & self._stable(i, Lower(rank, other))
        candidates = bound & ~self._stable(i, rank) & self.asked
        if candidates == self._world.false:
            return bound
        u, g = self._arithmetic.aligned(self._number(rank), self._number(reply.f))
        walk = Walk(self._replies(reply), self._moves_of(i), u.digits, g.digits, capped=reply.f == rank)
        return bound & ~walk.bettered(candidates)

    def _replies(self, reply: Reply) -> Replies:
        parties = {j: self._moves_of(j) for j in reply.parties}
        return Replies(self._world, parties, improvements if reply.credible else moves)

    def _moves_of(self, j: int) -> PartyMoves:
        if j not in self._moves:
            self._moves[j] = PartyMoves(self._world, j, self._number(Rank(j)))
        return self._moves[j]

    # ---- values ----

    def _number(self, term: Term) -> Number:
        """Return a value worked out."""
        if isinstance(term, Number):
            return term
        if term not in self._numbers:
            self.watch.check()
            self._numbers[term] = self._worked_out(term)
        return self._numbers[term]

    def _worked_out(self, term: Term) -> Number:
        world = self._world
        match term:
            case Rank(i):
                return wishes(world, self.parties[i])
            case Best(i, f):
                value = self._number(f)
                return Number(greatest(world, self._moves_of(i), value.digits), value.least)
            case LeastOrigin(i, f):  # the least is the greatest upside down
                value = self._number(f)
                turned = [~digit for digit in value.digits]
                found = greatest(world, self._moves_of(i), turned, backward=True)
                return Number(tuple(~digit for digit in found), value.least)
            case Reply(_, f):
                value = self._number(f)
                return Number(least(self._replies(term), value.digits), value.least)
            case Lower(f, g):
                a, b = self._arithmetic.aligned(self._number(f), self._number(g))
                more = self._arithmetic.greater(a.digits, b.digits)
                return Number(self._arithmetic.chosen(more, b.digits, a.digits), a.least)
            case Number():
                return term

    def over_states(self, value: Term | DiagramStates) -> NDArray[Any]:
        """(S,) array: a value over the feasible states, ascending. Raises `TooManyStates` where they are too many."""
        states = self.states()
        with self._world.guarded():
            if isinstance(value, DiagramStates):
                return self._truth(value.diagram, states)
            number = self._number(value)
        exact = np.int64 if len(number.digits) < MAX_OPTIONS - 2 else object
        result = np.zeros(len(states), exact)
        for digit in number.digits:
            result = result * 2 + self._truth(digit, states)
        return result + number.least

    def from_states(self, values: NDArray[Any]) -> Any:
        states = self.states()
        with self._world.guarded():
            if values.dtype == bool:
                return DiagramStates(self._world, self._set(states[values]))
            least = int(values.min())
            width = (int(values.max()) - least).bit_length()
            raised = values.astype(object) - least
            digits = [self._set(states[(raised >> k & 1).astype(bool)]) for k in reversed(range(width))]
            return Number(tuple(digits), least)

    def states(self) -> NDArray[np.uint64]:
        """(S,) uint64: the feasible states, ascending. Raises `TooManyStates` where they are too many to list."""
        size = self.feasible.count()
        if self._world.options > MAX_OPTIONS or size > MAX_STATES:
            raise TooManyStates(
                "{states} states for {options} options cannot be listed", states=size, options=self._world.options
            )
        return masks(self._world.diagrams, self._world.feasible, self._world.options)

    def _truth(self, f: Diagram, states: NDArray[np.uint64]) -> NDArray[np.bool_]:
        return truth(table(self._world.diagrams, f), states, self._world.options)

    def _set(self, states: NDArray[np.uint64]) -> Diagram:
        return self._world.any_of(self._world.state(self.model.bits(int(mask))) for mask in states)


def _banned(model: Model, party: str) -> bool:
    """Return whether single moves of a party are forbidden."""
    return any(ban.party == party for ban in model.forbidden_moves)
