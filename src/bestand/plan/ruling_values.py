"""The verdict on a plan as values, which every question that speaks of a plan shares; they know no engine."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from bestand.model.formula import FALSE, TRUE, Formula
from bestand.model.sentences import Kind, StatementRef
from bestand.model.values import Commitment, FrozenMap

KINDS: tuple[Kind, ...] = ("cannot-be", "no-deal", "deal-not-kept", "deal", "comes-by-itself", "stands")  # worst first
HOLDS: tuple[Kind, ...] = KINDS[KINDS.index("deal") :]  # nothing has to change
How = Literal["cannot", "would-not", "deterred", "fear", "breaks"]
Without = Literal["drift", "today"] | int | Formula | None
Needed = Literal["always", "sometimes", "never"]
Stands = Literal["yes", "refuses", "nothing", "no", "if", "no-say"]
Path = tuple[tuple[str, int], ...]  # a party, and the state (bit mask) that it moves to
RED_LINE, RANKING, WEIGHTS = "red line", "ranking", "weights"


@dataclass(frozen=True, slots=True)
class Terms:
    """What a plan is compared with, and who has a say.

    Parameters
    ----------
    plan : Formula
    start : int
        The state to start from, a bit mask.
    no_deal : "drift", "today", int or Formula, optional
        What things come to without a deal: a bit mask, or the states of a formula. Unless told, where drift ends.
    consent : tuple of str
        Parties without whom nothing is signed.
    red_lines : mapping of str to Formula
        By party: what it refuses whatever else is offered.
    commitments : tuple of Commitment
        Those that come with the plan: in force once it is signed.
    fixed : tuple of str
        Options that nobody changes any more once it is signed.
    id : str
        Of the plan, where it is one of several.
    """

    plan: Formula
    start: int
    no_deal: Without = None
    consent: tuple[str, ...] = ()
    red_lines: FrozenMap[str, Formula] = field(default_factory=FrozenMap)
    commitments: tuple[Commitment, ...] = ()
    fixed: tuple[str, ...] = ()
    id: str = ""

    @property
    def tied(self) -> bool:
        """Return whether something comes with the plan."""
        return bool(self.commitments or self.fixed)


Example = tuple[int, Path]  # a state (bit mask), and moves that begin there


@dataclass(frozen=True, slots=True)
class Gain:
    """What a signatory has of a deal, against what it likes best of no deal.

    Parameters
    ----------
    first : StatementRef or None
        The first wish that differs in the level that decides; None for a party that has no list of wishes, or where
        none differs.
    gained : tuple of StatementRef
        The wishes that are met by the deal and not without it, most important first.
    lost : tuple of StatementRef
        Those that are met without it and not by it.
    level : tuple of StatementRef
        The wishes that stand level with the one that decides, and it too; empty where it is a level by itself.
    held : (int, int)
        How many of the level that decides are met by the deal, and without it.
    """

    first: StatementRef | None
    gained: tuple[StatementRef, ...]
    lost: tuple[StatementRef, ...]
    level: tuple[StatementRef, ...] = ()
    held: tuple[int, int] = (0, 0)


@dataclass(frozen=True, slots=True)
class Keeper:
    """What keeps one party in a plan.

    Parameters
    ----------
    how : {"cannot", "would-not", "deterred", "fear", "breaks"}
    whose : tuple of tuple of str
        The smallest sets of other parties whose answers are enough.
    ties : tuple of str
        Of a party that cannot or would not, and would have reason to if no commitments were in force: those, by id,
        that answer its moves.
    example : (int, Path) or None
        Of an answer: the state that the party would leave, its move, and the answers that leave it no better off. Not
        compared, since others may do as well; None over sets of states.
    tempts, costs : Gain or None
        Of the example: what the party has of its move, and what it has after the answers, against what it leaves. Not
        compared either.
    """

    how: How
    whose: tuple[tuple[str, ...], ...] = ()
    example: Example | None = field(default=None, compare=False)
    tempts: Gain | None = field(default=None, compare=False)
    costs: Gain | None = field(default=None, compare=False)
    ties: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A move that drift makes.

    Parameters
    ----------
    party : str
    to : int
        The state that it leads to, a bit mask.
    gain : Gain
        What the party has of it, against the state that it leaves.
    """

    party: str
    to: int
    gain: Gain


@dataclass(frozen=True, slots=True)
class Deal:
    """A state of a plan that all who have to sign prefer to no deal.

    Parameters
    ----------
    state : int
        A bit mask.
    changes : mapping of str to bool
        What becomes of every option that differs from today.
    signatories : tuple of str
        Who changes something, or promises to leave something undone.
    goes_on : tuple of str
        The signatories that change nothing from today.
    objectors : tuple of str
        Who loses by it and has no say.
    kept : bool
    as_it_stands : bool
        Whether nobody would leave this very state; else it goes on to others inside the plan, where it is kept.
    pareto_best : bool
        Whether no other deal of the kind is as good for all parties and better for one.
    renegotiable : bool
        Whether, with this deal in place, there would be a deal out of the plan.
    by : mapping of str to Keeper
        What keeps each party, as far as it does.
    gains : mapping of str to Gain
        Of each signatory.
    chain : tuple of (str, int)
        Where it is not kept: the moves that lead out of the plan, or to what cheats a signatory.
    chain_gains : tuple of Gain
        What each of these brings whoever makes it. Not compared, since other moves may do as well; none over sets of
        states.
    ties : mapping of str to tuple of str
        By party: its commitments, by id, that come with the plan.
    """

    state: int
    changes: FrozenMap[str, bool]
    signatories: tuple[str, ...]
    goes_on: tuple[str, ...]
    objectors: tuple[str, ...]
    kept: bool
    as_it_stands: bool
    pareto_best: bool
    renegotiable: bool
    by: FrozenMap[str, Keeper]
    gains: FrozenMap[str, Gain]
    chain: Path
    chain_gains: tuple[Gain, ...] = field(default=(), compare=False)
    ties: FrozenMap[str, tuple[str, ...]] = field(default_factory=FrozenMap)


@dataclass(frozen=True, slots=True)
class Alone:
    """A state of a plan that one party can bring about by itself.

    Parameters
    ----------
    state : int
        A bit mask.
    party : str
    gains : bool
        Whether the party likes it better than the start.
    """

    state: int
    party: str
    gains: bool


def needed_in(states: int, of: int) -> Needed:
    """Return in which of some states a party's word is needed, given in how many it is."""
    return "never" if not states else "always" if states == of else "sometimes"


@dataclass(frozen=True, slots=True)
class Refused:
    """What one party refuses of a plan.

    Parameters
    ----------
    condition : Formula or None
        Over what the others do, among states of the plan that can be signed: where it refuses, whatever it does itself.
        None where that would take hundreds of terms.
    own : Formula or None
        Over what it does itself: where it refuses, whatever the others do.
    others, of : int
        How many of the others' choices it refuses, of how many that occur.
    states, idle : int
        How many states that can be signed it refuses, and in how many it has nothing.
    decided_by : mapping of str to int
        How many of the refused states each wish decides (``russia 2``), or each level of several (``russia 2-4``), or a
        red line, a ranking, weights.
    needed : {"always", "sometimes", "never"}
        In which of the states that can be signed it signs or has to consent.
    in_own_words : bool
        Whether ``own`` says all that it refuses, and in the options that its deciding wishes speak of rather than
        ``condition`` does.
    covered : (int, int)
        How many of the states that `told` speaks of it refuses, and how many states it speaks of: the same number,
        counted apart.
    """

    condition: Formula | None
    own: Formula | None
    others: int
    of: int
    states: int
    idle: int
    decided_by: FrozenMap[str, int]
    needed: Needed
    in_own_words: bool
    covered: tuple[int, int] = (0, 0)

    @property
    def told(self) -> Formula | None:
        """Return what it refuses as it is told: over what it does itself, or over what the others do.

        None where no formula tells it.
        """
        if self.in_own_words and self.condition != TRUE:
            return self.own
        if self.condition != FALSE:
            return self.condition
        return None if self.own == FALSE else self.own


@dataclass(frozen=True, slots=True)
class Stand:
    """What a party says to one kind of versions of a plan.

    Parameters
    ----------
    says : {"yes", "refuses", "nothing", "no", "if", "no-say"}
        Of all of them: yes; it refuses it; it has nothing in it; one of these two; yes to some and no to others; it
        neither signs nor has to consent.
    when : Formula or None
        To which it says yes, where that is to some; None where no short formula says it.
    yes : int
        To how many it says neither that it refuses them nor that it has nothing in them.
    """

    says: Stands
    when: Formula | None
    yes: int


@dataclass(frozen=True, slots=True)
class VersionKind:
    """A kind of versions of a plan.

    Parameters
    ----------
    formula : Formula or None
        True of just these, among the states of the plan that can be signed; None where that would take hundreds of
        terms.
    states : int
        How many there are.
    stands : mapping of str to Stand
        What each party says.
    deals, kept : int
        How many are deals, and are kept.
    """

    formula: Formula | None
    states: int
    stands: FrozenMap[str, Stand]
    deals: int
    kept: int


@dataclass(frozen=True, slots=True)
class Ruling:
    """Whether a plan holds, as a joint signature.

    Parameters
    ----------
    terms : Terms
    concept : str
        With what answers the parties reckon. Over sets of states ``seq`` where ``pseq`` was asked for.
    kind : {"cannot-be", "stands", "comes-by-itself", "deal", "deal-not-kept", "no-deal"}
        The verdict under it.
    kinds : mapping of str to str
        The verdicts under this and other concepts.
    today_in_plan, may_come : bool
        Whether the start is in the plan; whether some end of drift is, and some is not.
    alone : tuple of Alone
        States of the plan that some party reaches from the start by one move of its own. Over sets of states the first
        thousand of each party that gain it something, and of those that do not.
    drifted : int
        How many states drift reaches, the start among them.
    ends : tuple of tuple of int
        Where drift ends: one state, or a cycle; of each the first thousand states.
    no_deal : tuple of int
        The states of the no-deal point; over sets of states the first thousand.
    by : mapping of str to Keeper, or None
        What keeps each party where the plan stands.
    signable, deals, kept : int
        How many states of the plan can be signed, are deals, and are kept.
    lean : tuple of Deal
        The deals with the fewest changes; of those kept where there are any. Over sets of states the first twenty.
    refuses : mapping of str to Refused
        Of every party.
    blocking : tuple of tuple of str
        Where there is no deal: the smallest sets of parties one of which stands in the way of everything.
    idle : tuple of str
        Of these parties, those that stand in the way only because they have nothing in it.
    lean_count, no_deal_count : int
        How many deals have the fewest changes, and how many states the no-deal point has.
    asked : str
        The concept that was asked for.
    crossed : tuple of str
        Parties whose red line every state of the plan crosses.
    way : tuple of Step
        A shortest way by which drift comes from the start to an end. Not compared, since there may be others; none over
        sets of states.
    versions : tuple of VersionKind
        The kinds of states of the plan that can be signed: each is in exactly one.
    """

    terms: Terms
    concept: str
    kind: Kind
    kinds: FrozenMap[str, Kind]
    today_in_plan: bool
    may_come: bool
    alone: tuple[Alone, ...]
    drifted: int
    ends: tuple[tuple[int, ...], ...]
    no_deal: tuple[int, ...]
    by: FrozenMap[str, Keeper] | None
    signable: int
    deals: int
    kept: int
    lean: tuple[Deal, ...]
    refuses: FrozenMap[str, Refused]
    blocking: tuple[tuple[str, ...], ...]
    idle: tuple[str, ...]
    lean_count: int
    no_deal_count: int
    asked: str = ""
    crossed: tuple[str, ...] = ()
    way: tuple[Step, ...] = field(default=(), compare=False)
    versions: tuple[VersionKind, ...] = ()
