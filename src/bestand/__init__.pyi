"""The names that bestand exports: made by tools/doors.py from the questions. Edit those."""

from collections.abc import Callable, Iterable, Mapping
from os import PathLike
from typing import Any

from .answer.parameters import *
from .version import __version__ as __version__
from .document.picture import Picture as Picture
from .engine.limits import Limits as Limits, Progress as Progress
from .files import dumps as dumps, load as load, loads as loads, save as save
from .model.errors import BestandError as BestandError, CallError as CallError, LimitReached as LimitReached, ModelError as ModelError, Problem as Problem, TooManyStates as TooManyStates
from .model.model import Model as Model
from .questions.analyse.answer import Result as Result
from .questions.check.answer import Checked as Checked
from .questions.claims.answer import Claims as Claims
from .questions.claims.why import Why as Why
from .questions.coalitions.answer import Coalitions as Coalitions
from .questions.coalitions.players import MergedPlayers as MergedPlayers
from .questions.compare.answer import Comparison as Comparison
from .questions.deals.answer import Deals as Deals
from .questions.evolve.answer import Evolution as Evolution
from .questions.explain.answer import Explanations as Explanations
from .questions.explain.reasons import Reasons as Reasons
from .questions.order.answer import Ordered as Ordered
from .questions.plans.answer import Plans as Plans
from .questions.readings.answer import Readings as Readings
from .questions.report.answer import Report as Report
from .questions.settle.answer import RankingCounts as RankingCounts, Settled as Settled
from .questions.vary.answer import Variation as Variation
from .questions.what_if.answer import Levers as Levers, WhatIf as WhatIf
from .witness.explanation import Explanation as Explanation
from .witness.replay import Replay as Replay, replay as replay

def analyse(
    model: Model | str | PathLike[str],
    concepts: Concepts = None,
    engine: Engine = None,
    *,
    where: Formula = None,
    list: MaybeWhole = None,
    draw: Names = None,
    full: Flag = False,
    plan: Plan = None,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Result:
    """Does it hold? Who signs the plan and who refuses it, whether it is kept, and what is stable for whom.

    Of a model with a plan the verdict is told in plain words, and with full, as of any other model, all of it: the
    equilibria as a table, options as rows, one column for each equilibrium, or for each pattern of them where there are
    many (- is an option that varies).

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    concepts
        Stability concepts, with commas between them; the usual ones unless told. In brseq and brsseq answers
        are best moves.
    engine
        How to compute: symbolic holds sets of states and lists none. Chosen to suit the model unless told; the answer
        is the same.
    where
        Show only equilibria that satisfy this formula, such as 'ceasefire and not ukraine.cede'.
    list
        How many equilibria of a concept --json prints, those reached from the status quo first; 1,000 unless told. In
        Python data hold as many, but none unless told where that takes long: over sets of states, and where there are
        more than 65,536.
    full
        Tell everything, today, where things go and the equilibria as a table, also of a model with a plan. So it is
        where concepts are named, or where is.
    draw
        Which pictures will be drawn: matrix (the equilibria, option by option), standing (how the parties rank them),
        moves (who would improve where), tree (where things go from today), plan (what each party makes of it). Those
        that take long to work out, in models of more than 65,536 states, are left out unless named here.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Result

    Raises
    ------
    CallError
        For an unknown concept, engine or reading, an engine that cannot serve the model, a formula that cannot be read,
        or a limit of zero or less.
    ModelError
        When the model, or what the readings make of it, is not valid.
    LimitReached
        When a limit is reached before any state is known; `TooManyStates` when no engine can hold the states.

    Notes
    -----
    O(parties · S) for Nash, GMR and SMR and O(parties · S log S) for SEQ and SSEQ over listed states. Sets of states
    (``symbolic``) cost what the parties' wishes are entangled, whatever the number of states.

    Examples
    --------
    >>> import bestand
    >>> result = bestand.analyse("textbook/chicken", concepts=["nash", "seq"])
    >>> int(result.equilibria["seq"].sum())
    2
    """

def explain(
    model: Model | str | PathLike[str],
    *,
    state: State = 'status-quo',
    party: Names = None,
    concepts: Concepts = None,
    steps: Whole = 3,
    symbols: Flag = False,
    reason: Names = None,
    plan: Plan = None,
    no_deal: Text = None,
    consent: Names = None,
    engine: Engine = None,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Explanations | Reasons:
    """Why is the verdict on the plan what it is; or why is a state stable for a party, or not?

    With a reason: what a clause of the verdict stands on, step by step, in how many of how many versions it is so, and
    the wishes that it rests on, each said in a source, inferred or assumed. Without one it is about a state. Unstable:
    an improvement, and that nothing answers it. Stable: every improvement, and how the others would take the gain away.
    Then which one comparison of the party would turn the verdict.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    state
        status-quo, bits (0110), a label of the file, or the yes options with commas between them (none: no option).
    party
        Whose view; every party's unless told.
    concepts
        Under which stability concepts, with commas between them; the usual ones unless told. With a reason, one.
    steps
        How many improvements to tell one by one, each with the steps of its answer. Data hold up to 200, or these,
        where states are held as sets.
    reason
        Which reasons of the verdict on the plan, with commas between them, such as refuses-russia, signs-usa,
        keeps-usa, blocking, deal, breaks, without; all of them: all. The state is then the one to start from.
    plan
        With a reason: another plan than that of the file: one of its plans by the id, or a formula.
    no_deal
        With a reason: what things come to without a deal, as in deals.
    consent
        With a reason: parties without whom nothing is signed, as in deals.
    symbols
        The bit strings, ranks and sets of the field below the sentences.
    engine
        How to compute; chosen to suit the model unless told. The answer is the same.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Explanations or Reasons

    Raises
    ------
    CallError
        For an unknown state, party, concept, engine or reason, a state that is not feasible, or a number of steps below
        0. Over sets of states, also for a concept of best moves.
    ModelError
        When the model is not valid.
    LimitReached
        When a limit is reached before all is explained.

    Notes
    -----
    A few closures over all states for each party and concept.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.explain("textbook/prisoners-dilemma", state="11", concepts=["nash"])
    >>> [(witness.party, witness.stable) for witness in answer.witnesses]
    [(0, False), (1, False)]
    >>> bestand.explain("press/wynia2025/ukraine", reason="refuses-russia").reasons[0].holds
    13824
    """

def claims(
    model: Model | str | PathLike[str],
    *,
    claims: ClaimIds = None,
    concepts: Concepts = None,
    brief: Flag = False,
    plan: Plan = None,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Claims:
    """Which of an author's conclusions follow from the model?

    Each claim holds, does not hold, depends on the stability concept, or cannot be said; with what was found, who says
    it, and, where it only repeats a premise, the answer without that premise.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    claims
        Only these claims, by id; all unless told.
    concepts
        Ask what names no concept under these only, with commas between them; under the usual ones unless told.
    brief
        Tell each claim in one line.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Claims

    Raises
    ------
    CallError
        For an unknown claim, concept or reading.
    ModelError
        When the model is not valid.

    Notes
    -----
    One solution of the model for each set of changes that the claims' sentences, premises and readings make.

    Examples
    --------
    >>> import bestand
    >>> bestand.claims("press/wynia2025/ukraine", claims=["price-works"]).results[0].answer.verdict
    'holds'
    """

def why(
    model: Model | str | PathLike[str],
    *,
    claims: ClaimIds = None,
    depth: Whole = 1,
    concepts: Concepts = None,
    workers: MaybeWhole = None,
    brief: Flag = False,
    list: Whole = 10,
    plan: Plan = None,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Why:
    """Which premises carry each conclusion: the smallest sets of changes to them that give it another verdict.

    Every statement of every party is dropped, and exchanged with its neighbour, and whatever gives a claim another
    verdict is named, with how well it is founded.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    claims
        Only these claims, by id; all unless told.
    depth
        How many changes a set has at most. A change is a statement dropped, or exchanged with its neighbour.
    concepts
        Ask what names no concept under these only, with commas between them; under the usual ones unless told.
    workers
        How many processes look through sets of two changes or more; one for each processor unless told. The answer does
        not depend on it.
    brief
        Tell each claim in one line.
    list
        How many sets of two changes or more to name for each claim; data hold all.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Why
        Where the time is over, `Why.stopped` says so, and `Why.looked` how deep the search came.

    Raises
    ------
    CallError
        For an unknown claim or reading, a depth or a number of workers below 1, or a model without claims or without
        statements.
    ModelError
        When the model is not valid.

    Notes
    -----
    With n statements, about 2n variants for sets of one change, 2n² for sets of two.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.why("press/wynia2025/ukraine", claims=["price-works"], concepts=["nash"])
    >>> [flip.changes for flip in answer.reasons[0].flips]
    [(Drop(statement=StatementRef(party='russia', number=1)),)]
    """

def deals(
    model: Model | str | PathLike[str],
    formula: Formula = None,
    *,
    concept: str = 'pseq',
    no_deal: Text = None,
    consent: Names = None,
    red_line: Texts = (),
    start: str | int = 'status-quo',
    plan: Plan = None,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Deals:
    """Is there a deal? What those who must sign prefer to no deal, who refuses what, and whether it would be kept.

    A plan is a joint signature. A deal is a state of the plan that can be signed at one moment, that nobody with a say
    refuses, and in which everybody who signs is better off than without a deal.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    formula
        What the deal has to bring about, such as 'ceasefire and not ukraine.cede'; the plan of the file unless told.
    concept
        With which answers a party reckons before it breaks a deal.
    no_deal
        What things come to without a deal: drift (where the parties' own moves lead from today), today, a state as
        bits, none (no option), or a formula. Drift unless told, which is today where nobody would move.
    consent
        Parties without whom nothing is signed even where they change nothing, by id, with commas between them.
    red_line
        What a party refuses whatever else is offered, as PARTY=FORMULA; may be given several times.
    start
        The state to start from: status-quo, bits (0110), a label of the file, or the yes options with commas between
        them (none: no option).
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Deals

    Raises
    ------
    CallError
        Without a plan, or a state to start from, or for an unknown concept, party or reading.
    ModelError
        When the model, or what the readings make of it, is not valid.
    LimitReached
        When a limit is reached.

    Notes
    -----
    O(S · options) for the states that can be signed, and a search over the states that drift from the deals visits. Of
    states that are too many to list, the same is worked out over sets; purposeful answers cannot be followed there, and
    ``seq`` takes the place of ``pseq``. The definitions are our own, after Kilgour, Hipel, Fang & Peng (2001) and
    Fearon (1995).

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.deals("press/wynia2025/ukraine", readings=["price-nato"])
    >>> answer.ruling.kind, answer.ruling.deals, len(answer.ruling.lean)  # two of them with the fewest changes
    ('deal', 5760, 2)
    """

def order(
    model: Model | str | PathLike[str],
    deal: MaybeState = None,
    *,
    number: Whole = 1,
    plan: Plan = None,
    concept: str = 'pseq',
    no_deal: Text = None,
    consent: Names = None,
    start: str | int = 'status-quo',
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Ordered:
    """In which order can a deal be done, so that nobody gains by stopping half-way?

    A deal that is kept once it is there need not be one that gets there: whoever has what it wants may leave the rest
    undone. An order is safe if at each step whoever has still to act does no better by stopping, and nobody by a move
    of its own. Told are the finest ones: how many, one of them, what has to be done at one moment and why, and what
    comes before what in all of them.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    deal
        A deal that is kept: bits, a label of the file, or the yes options with commas between them. One with the
        fewest changes unless told.
    number
        Which of the deals with the fewest changes, as bestand deals numbers them.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.
    concept
        With which answers a party reckons.
    no_deal
        What things come to without a deal, as in deals.
    consent
        Parties without whom nothing is signed, as in deals.
    start
        The state to start from: status-quo, bits (0110), a label of the file, or the yes options with commas between
        them (none: no option).
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Ordered

    Raises
    ------
    CallError
        Where there is no deal that is kept, or the state given is none; for a deal of more than twenty changes, and
        where the states are too many to list.
    ModelError
        When the model, or what the readings make of it, is not valid.
    LimitReached
        When a limit is reached.

    Notes
    -----
    O(2^n) for n changes, times the moves of the parties from each state on the way. Steps that are taken and then taken
    back are not looked for. The definition is our own, after Lockwood & Thomas (2002) and Fearon (1998).

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.order("press/wynia2025/ukraine", readings=["price-order"])
    >>> answer.orders.count, [stage.options for stage in answer.orders.stages][-1]
    (216, ('ukraine.agree',))
    """

def plans(
    model: Model | str | PathLike[str],
    only: Names = None,
    *,
    concept: str = 'pseq',
    no_deal: Text = None,
    consent: Names = None,
    red_line: Texts = (),
    start: str | int = 'status-quo',
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Plans:
    """Which of several plans holds? Each as a joint signature, side by side, and which holds wherever another does.

    Of each plan under plans: in the file: the verdict, who signs, who refuses what, what keeps or breaks it, whose red
    line it crosses, and in exactly which combinations of the answers to what is open it holds: is a deal that is kept,
    or needs none. One plan is better than another where it holds in every combination in which the other does.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    only
        Only these plans, by id, with commas between them.
    concept
        With which answers a party reckons before it breaks a deal.
    no_deal
        What things come to without a deal, as in deals.
    consent
        Parties without whom nothing is signed, as in deals.
    red_line
        What a party refuses whatever else is offered, as in deals.
    start
        The state to start from: status-quo, bits (0110), a label of the file, or the yes options with commas between
        them (none: no option).
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Plans
        Where a limit is reached while combinations are gone through, the verdicts alone, and ``stopped`` says so.

    Raises
    ------
    CallError
        Where the file has no plans, for an unknown plan, concept, party or reading, or without a state to start from.
    ModelError
        When the model, or what the readings make of it, is not valid.
    LimitReached
        When a limit is reached before every plan has its verdict.

    Notes
    -----
    Of each plan the cost of deals, and of its verdict in every combination. These are gone through where they are at
    most 10,000, and at most 2^30 states over all of them.

    Examples
    --------
    >>> import bestand
    >>> from bestand.model.language import parse_formula
    >>> from bestand.model.values import Plan
    >>> model = bestand.load("books/fang1993/elmira")
    >>> plans = [Plan(f"state{k}", parse_formula(f"state {k}", model.scope())) for k in (5, 8)]
    >>> answer = bestand.plans(model.replace(plans=tuple(plans)), start="5")
    >>> {id: ruling.kind for id, ruling in answer.rulings.items()}
    {'state5': 'stands', 'state8': 'deal'}
    """

def evolve(
    model: Model | str | PathLike[str],
    *,
    start: str | int = 'status-quo',
    by: Moves = None,
    concept: str = 'pseq',
    only: Names = None,
    without: Names = None,
    steps: MaybeWhole = None,
    to: Formula = None,
    paths: Whole = 3,
    concepts: Concepts = None,
    engine: Engine = None,
    list: Whole = 1000,
    plan: Plan = None,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Evolution:
    """Where it goes from a state: what is reached, where it ends, where it goes round.

    Nobody moves twice in a row, but in a drift. With it come the equilibria among what is reached, how likely each end
    is if chance decides who moves, and the table of last movers. Models too large to list are followed from the start
    as far as the limits go.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    start
        The state to begin in: status-quo, bits (0110), a label of the file, or the yes options with commas between
        them (none: no option).
    by
        Which moves count: drift (what a party does on purpose, once it reckons with the answers), purposeful (the mover
        gains, and gives nothing away), best (the mover gains, and has nothing better), improving (the mover gains) or
        any (legal ones). Drift unless told; improving where drift cannot be followed, and the answer says why.
    concept
        With which answers a party reckons in a drift.
    only
        Only these parties may move, by id or name, with commas between them.
    without
        All parties but these may move.
    steps
        Follow so many moves at most.
    to
        What to come to: a state as for --from, or a formula such as 'ceasefire and not ukraine.cede'.
    paths
        How many shortest paths to show to a state.
    concepts
        Under which stability concepts to look for equilibria. All five unless told; where the states are too many to
        list, none.
    engine
        How to compute the equilibria; chosen to suit the model unless told.
    list
        How many states of a kind the data list, the nearest first.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Evolution

    Raises
    ------
    CallError
        For an unknown state, party, concept or reading, a start that is not feasible or missing, or a target that no
        feasible state satisfies.
    ModelError
        When the model, or what the readings make of it, is not valid.
    LimitReached
        When a limit is reached before anything is known.

    Notes
    -----
    O(states found · what a party can choose from) for what is reached, and a sparse system for the likelihoods. The
    search is that of Li, Kilgour & Hipel (2005), over (state, last mover).

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.evolve("books/fang1993/elmira", by="improving")
    >>> [answer.model.labels[answer.model.bits(int(state))] for state in answer.states]
    ['1', '5']
    >>> answer.ends[0].likelihood
    1.0
    """

def coalitions(
    model: Model | str | PathLike[str],
    state: MaybeState = None,
    *,
    to: Formula = None,
    members: Names = None,
    size: MaybeWhole = None,
    pareto: Flag = False,
    sanctioners: str = 'subcoalitions',
    concepts: str | Iterable[str] | None = None,
    everywhere: Flag = False,
    list: Whole = 1000,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Coalitions:
    """Who would leave an equilibrium together, and for what? Which equilibria last against every coalition?

    A coalition improves on a state where its members, moving one after another, can bring things to a state that each
    of them prefers; the steps on the way need not be gains. Under gmr, smr and seq the others may answer. Coalitions of
    two parties and more are looked at unless told: single parties are what bestand analyse is about.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    state
        Ask about this state instead of the equilibria: status-quo, bits (0110), a label of the file, or the yes
        options with commas between them (none: no option).
    to
        Who could get from the state (the status quo unless told) to this one, together or alone, and would each gain? A
        state as for --state, or a formula such as 'ceasefire and not ukraine.cede'.
    members
        Only the coalition of these parties, by id or name, with commas between them.
    size
        Only the coalitions of so many parties; 1 for single parties.
    pareto
        A coalition moves already where some of its members gain and none loses; else each has to gain.
    sanctioners
        Who answers under seq: subcoalitions of the others, or parties, one at a time.
    concepts
        The coalition forms of these concepts only; of all that have one unless told.
    everywhere
        Ask of every state whether each coalition would leave it, and not of the equilibria alone: the data say of how
        many that is so, and in Python `stable` says of which.
    list
        How many equilibria of a kind the data list, the nearest first.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Coalitions

    Raises
    ------
    CallError
        For an unknown party, concept, reading or state; a coalition without a party, or with one twice; a size that
        no coalition has; a formula that no feasible state satisfies.
    ModelError
        When the model, or what the readings make of it, is not valid.
    TooManyStates
        When the states are too many to list, or, asked about every one, to compare with one another.

    Notes
    -----
    For each coalition O(S · states that it reaches) in the worst case, and much less where it reaches many alike. The
    definitions are in `bestand.questions.coalitions.concepts`, with their sources.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.coalitions("books/fang1993/elmira", concepts=["nash"])
    >>> sorted({answer.model.labels[answer.model.bits(int(mask))] for mask in answer.states[answer.lasting("nash")]})
    ['8', '9']
    """

def merged(
    model: Model | str | PathLike[str],
    parties: str | Iterable[str],
    *,
    concepts: str | Iterable[str] | None = None,
    list: Whole = 1000,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> MergedPlayers:
    """What would be stable if some parties were one player? Merged players, which are no coalition.

    The merged player changes all its members' options in one move, where each of them gains by it; the ordinary
    concepts are asked of the players that there are then.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    parties
        Two parties or more, by id or name, with commas between them.
    concepts
        Only these concepts; all that have a coalition form unless told.
    list
        How many equilibria of a concept the data list.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    MergedPlayers

    Raises
    ------
    CallError
        For an unknown party, concept or reading; for fewer than two parties, or one twice.
    ModelError
        When the model, or what the readings make of it, is not valid.
    TooManyStates
        When the states are too many to list.

    Notes
    -----
    O(S · states that the merged player reaches). Definition: `bestand.questions.coalitions.merged`.

    Examples
    --------
    >>> import bestand
    >>> int(bestand.merged("textbook/prisoners-dilemma", ["P1", "P2"], concepts=["nash"]).equilibria("nash").sum())
    3
    """

def settle(
    model: Model | str | PathLike[str],
    formula: Formula = None,
    *,
    concepts: Concepts = None,
    parties: str | Iterable[str] | None = None,
    kinds: Names = None,
    depth: MaybeWhole = None,
    list: Whole = 5,
    plan: Plan = None,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Settled:
    """What would it take? The smallest changes after which a plan is a deal that is kept.

    Or needs no deal: it stands, or comes by itself. Where concepts are named, or nobody can be asked, the changes that
    make a wanted state an equilibrium. Every answer was solved again; the lines "Try it" show what else it changes.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    formula
        What the wanted state satisfies, such as 'ceasefire and not ukraine.cede'; the plan of the model unless told.
    concepts
        Look for equilibria under these, with commas between them. Unless told, for a deal that is kept.
    parties
        Only these parties may be asked to change; all unless told.
    kinds
        What may change: ties, offers, options, wishes, rankings, moves. All, in this order, unless told; ties and
        options for a deal alone.
    depth
        Up to how many changes of wishes, options or moves to look: 2 unless told, but 1 of options and of moves where
        there are more than 100 states; for a deal, swaps in rankings too. Of ties 3, or as many as are tried in a
        minute or two. Where some number does, no larger one is tried.
    list
        How many answers of a kind to give, and one more for each concept that these leave out.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Settled
        Where a limit is reached, what was found until then, and ``stopped`` says so.

    Raises
    ------
    CallError
        Without a plan or a formula, for a formula that cannot be read or that no feasible state satisfies, an unknown
        party, concept, kind or reading, and where python-sat is needed (equilibria, in explicit rankings) and is not
        installed.
    LimitReached
        When a limit is reached before the model as it is has been solved; `TooManyStates` when it cannot be listed.

    Notes
    -----
    For k wishes of a party there are O(k²) changes of one and O(k⁴) of two, each O(S) to solve. For a deal each takes
    one verdict on the plan, in orders of all parties at once. Of n ties there are O(n³) sets of three, each a verdict;
    for two parties of k options and b breaches n is O(b·k²). Swaps in rankings are found by MaxSAT over O(S²)
    variables; for a deal all of one swap are tried, then all of two.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.settle("press/wynia2025/ukraine", "ceasefire", parties=["russia"], kinds=["wishes"])
    >>> answer.ruling.kind, dict(answer.parts[0].smallest)  # no deal yet; one change of what Russia wants will do
    ('no-deal', {'pseq': 1})
    >>> answer = bestand.settle("press/wynia2025/ukraine", "ceasefire and not usa.withdraw", kinds=["ties"],
    ...                         parties=["usa"], readings=["price-nato"])
    >>> answer.ruling.kind, answer.parts[0].settlements[0].fixed  # kept, if the Americans could not leave Europe
    ('deal-not-kept', ('usa.withdraw',))
    >>> wanted = "P1.cooperate and P2.cooperate"
    >>> answer = bestand.settle("textbook/prisoners-dilemma", wanted, concepts=["nash"], kinds=["moves"])
    >>> dict(answer.parts[0].smallest)  # one change of moves is not enough, since both would leave
    {'nash': 2}
    """

def count_rankings(
    model: Model | str | PathLike[str],
    state: MaybeState = None,
    party: Text = None,
    *,
    concepts: Concepts = None,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> RankingCounts:
    """How many of the strict rankings that a party could have make a state an equilibrium? Exact.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    state
        The state to count for: bits, a label, status-quo, or its yes options with commas between them.
    party
        The party whose ranking is open; what the model says of its preferences is not looked at.
    concepts
        Stability concepts, with commas between them; the usual ones unless told.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    RankingCounts
        The counts by concept: ``answer["seq"].found``.

    Raises
    ------
    CallError
        For an unknown state, party, concept or reading.
    TooManyStates
        When too many states matter to every count.

    Notes
    -----
    O(2ʳ) for the r states that matter.

    Examples
    --------
    >>> import bestand
    >>> slug = "journals/gdn/hipel2014/syria-iraq-1975"
    >>> counts = bestand.count_rankings(slug, "2", "Syria", concepts=["nash", "seq"])
    >>> counts["nash"].found, counts["seq"].found, counts["seq"].of
    (240, 384, 720)
    """

def what_if(
    model: Model | str | PathLike[str],
    changes: Changes = (),
    *,
    where: Formula = None,
    concepts: Concepts = None,
    engine: Engine = None,
    list: MaybeWhole = None,
    by: Moves = None,
    plan: Plan = None,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> WhatIf:
    """What would be different? The equilibria that stay, go and come when something changes.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    changes
        What to change, each in quotes and all together: 'without usa.patriots', 'ukraine.cede held at yes',
        'without europe', 'usa 3 before usa 1', 'usa 2 dropped', 'russia wants ceasefire first', 'never europe.force',
        'europe.force one-way to yes', 'rule 1 dropped', 'reading usa-firm'. docs/language.md has every form.
    where
        The formula to ask about, such as 'ceasefire and not ukraine.cede'; the plan of the model unless told.
    concepts
        Stability concepts, with commas between them. The usual ones unless told.
    engine
        How to compute; the one that suits the model unless told. All states are listed, so symbolic is none.
    list
        How many equilibria that go, and that are new, to name under each concept: 3 unless told, 100 in data.
    by
        Which moves lead on from the status quo: drift (what a party does on purpose, once it reckons with the answers),
        purposeful (the mover gains, and gives nothing away), best (the mover gains, and has nothing better), improving
        (the mover gains) or any (legal ones). Drift unless told, where there is a formula to ask about and drift can be
        followed; else improving.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    WhatIf

    Raises
    ------
    CallError
        For a change that cannot be read or made, one that leaves no state feasible, an unknown name, or moves by which
        nobody can be followed.
    ModelError
        When the model itself is not valid.
    TooManyStates
        When the states are too many to list: the two sets of equilibria are compared state by state.

    Notes
    -----
    The cost of two analyses.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.what_if("textbook/chicken", "without P1.cooperate", concepts=["nash"])
    >>> answer.common("nash"), answer.gone("nash"), answer.new("nash")
    (['01'], ['10'], [])
    """

def levers(
    model: Model | str | PathLike[str],
    where: Formula = None,
    *,
    concepts: Concepts = None,
    list: MaybeWhole = None,
    by: Moves = None,
    plan: Plan = None,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Levers:
    """Which lever changes the answer? Every one in turn, ranked by how much it changes.

    A lever is one change: an option held, a party that does not move, a statement dropped, moved or exchanged, a rule
    dropped, a one-way option freed, a reading applied. The question is whether some equilibrium satisfies a formula,
    in what share of them it is true, and whether things go there from the status quo.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    where
        The formula to ask about, such as 'ceasefire and not ukraine.cede'; the plan of the model unless told.
    concepts
        Stability concepts, with commas between them. The usual ones unless told.
    list
        How many levers to list: 20 unless told, all of them in data.
    by
        Which moves lead on from the status quo: drift (what a party does on purpose, once it reckons with the answers),
        purposeful (the mover gains, and gives nothing away), best (the mover gains, and has nothing better), improving
        (the mover gains) or any (legal ones). Drift unless told, where it can be followed; else improving.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Levers

    Raises
    ------
    CallError
        When there is no formula to ask about, it cannot be read, no feasible state satisfies it, a name is unknown, or
        nobody can be followed by such moves.
    ModelError
        When the model is not valid.
    TooManyStates
        When the states are too many to list.

    Notes
    -----
    The cost of one analysis for each lever.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.levers("textbook/chicken", "P1.cooperate and P2.cooperate", concepts=["gmr"])
    >>> answer.flips(answer.tried[0])
    ('gmr',)
    """

def vary(
    model: Model | str | PathLike[str],
    others: Models = (),
    *,
    shuffle: Flag = False,
    samples: MaybeWhole = None,
    seed: Whole = 0,
    compared: int | None = None,
    concepts: Concepts = None,
    formulas: Formulas = None,
    claims: str | Iterable[str] | None = None,
    robust: str | int | Iterable[str | int] | None = None,
    swaps: Whole = 2,
    workers: MaybeWhole = None,
    dask: Text = None,
    out: str | PathLike[str] | None = None,
    table: str | PathLike[str] | None = None,
    list: Whole = 3,
    plan: Plan = None,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Variation:
    """What still holds, whatever is right of all that is open?

    The readings of the file in every combination, and what else it leaves open: in what part of the combinations a
    formula is true in some equilibrium, each state is an equilibrium, and each claim holds; and which open question
    moves that most. Where the combinations are too many, a sample of them.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    others
        Other analysts' files about the same parties and options: what they say that each party wants is open too. In
        Python also their models, by what to call them.
    shuffle
        Put each party's wishes in any order, all alike, instead: what does not hang on their order?
    samples
        How many combinations to draw. Unless told, all are gone through where they are at most 10,000, else 2,000;
        at most 1,000,000.
    seed
        Of the draws; the same seed gives the same numbers, whoever works and how many of them.
    compared
        How many samples to draw again for each open question with only its answer changed, to see which matters;
        a tenth of the samples unless told, 0 for none.
    concepts
        Stability concepts, with commas between them; the usual ones unless told.
    formulas
        The formula in question; several of them one by one. The plan and the outcomes of the file unless told.
    claims
        Only these claims, by id; all unless told.
    robust
        For these states (bits, label, or yes options with commas between; or top for the two most frequent equilibria
        of each concept): the fewest swaps of neighbouring wishes that break them.
    swaps
        The most swaps to try for that.
    workers
        Processes on this machine; one for each processor unless told. The answer does not depend on it.
    dask
        Have the workers of the Dask scheduler at this address do the work (extra dask).
    out
        Keep what is finished in this file, an SQLite database. A run that was stopped or killed goes on from it.
    table
        Write every combination that was looked at to this file, as CSV: the answers, and what it comes to.
    list
        How many states to list for each concept.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Variation
        Where the time is over, it holds what was finished, and ``stopped`` says so.

    Raises
    ------
    CallError
        For what is unknown or out of range, where nothing is open, for a cluster that does not answer within ten
        seconds, for a file with the results of another model or other settings, or one that cannot be written.
    ModelError
        When the model is not valid.
    TooManyStates
        When its states are too many to list.

    Notes
    -----
    O(combinations · parties · states · log states) time at most; O(states) memory for each worker. Where both are many,
    all combinations are worked out at once, with answers as variables that nobody moves.

    Examples
    --------
    >>> import bestand
    >>> answer = bestand.vary("press/wynia2025/ukraine", concepts=["nash"], claims=[])
    >>> answer.count, answer.share("ceasefire", "nash").share
    (2880, 0.4)
    """

def report(
    model: Model | str | PathLike[str],
    *,
    concepts: Concepts = None,
    samples: MaybeWhole = None,
    seed: Whole = 0,
    workers: MaybeWhole = None,
    engine: Engine = None,
    brief: Flag = False,
    plan: Plan = None,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Report:
    """The whole answer as a document: HTML, PDF, DOCX or Markdown.

    Half a page that answers the question; then the parties and what they want, what holds, where things go, the levers,
    the claims, how sure it is, what is open and how it was worked out, with pictures; every number in an appendix. On
    standard output it is Markdown; the ending of the file given with --output says the format.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    concepts
        Stability concepts, with commas between them; the usual ones unless told.
    samples
        How many combinations of what is open to draw; 60 unless told, and all where they are fewer.
    seed
        Of the draws: the same seed gives the same report.
    workers
        Processes on this machine; one for each processor unless told. The report does not depend on it.
    engine
        How to compute what holds; chosen to suit the model unless told.
    brief
        Two pages to hand over: the verdict, who refuses what, when there would be a deal, three levers, the claims in a
        line each, what it rests on, and what the model cannot say.
    plan
        Another plan than the one that the file means: one of its plans by the id, or a formula.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Report
        Where a limit is reached, it holds what was finished, and says what is missing.

    Raises
    ------
    CallError
        For what is unknown or out of range.
    ModelError
        When the model is not valid.
    LimitReached
        When a limit is reached before any state is known.

    Notes
    -----
    Some 200 variants of the model are solved for the levers, two for each wish for the premises, and one for each
    combination of what is open.

    Examples
    --------
    >>> import bestand
    >>> bestand.report("textbook/chicken", workers=1).words("en").splitlines()[0]
    '# Chicken'
    """

def compare(
    model: Model | str | PathLike[str],
    others: Others = (),
    *,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Comparison:
    """What changed from one model to another: in the file, in the verdict on the plan, in who refuses what, in claims.

    Of more than two, each is compared with the one before it. Things are the same where they have the same id; rules,
    and the wishes of a party, where they say the same. Readings are applied to the first model only.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    others
        What to compare the model with: paths of YAML files or slugs of the catalogue; in Python also models.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Comparison

    Raises
    ------
    CallError
        Without a second model, or where there is no such file or case.
    ModelError
        For a file that holds no valid model; it says which.

    Notes
    -----
    The cost of `deals` and of `claims` for each model.

    Examples
    --------
    >>> import bestand
    >>> model = bestand.load("press/wynia2025/ukraine")
    >>> asked = model.replace(consent=(*model.consent, "usa"))
    >>> [(change.sort, change.how, change.id) for change in bestand.compare(model, asked).steps[0].changes]
    [('consent', 'new', 'usa')]
    """

def readings(
    model: Model | str | PathLike[str],
    *,
    readings: str | Iterable[str] = (),
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Readings:
    """List what the sources leave open, and what each reading changes.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    readings : iterable of str
        Readings of the model to apply first.
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Readings

    Examples
    --------
    >>> import bestand
    >>> [reading["id"] for reading in bestand.readings("press/wynia2025/ukraine").data()["readings"]][:2]
    ['price-both', 'price-held']
    """

def check(
    model: Model | str | PathLike[str],
    *,
    all: Flag = False,
    limits: Limits | Mapping[str, Any] | None = None,
    progress: Callable[[Progress], None] | None = None,
) -> Checked:
    """Everything that is wrong or doubtful in a model file, each with its line and column.

    Errors keep the model from being used. Warnings are doubts of the model doctor: an option that nobody cares about, a
    wish that ranks nothing, a rule that takes a move from another party, a claim about nothing. Each says what comes of
    it and how to mend it; several of a kind are told together. They do not change the exit status. A file can accept a
    doubt with a reason (the key 'accepted'). Errors are told in English, doubts in the language of the answer.

    Parameters
    ----------
    model : Model, str or path
        A model, or what `load` takes: a path, or a slug of the catalogue.
    all
        Tell each doubt by itself, where there are several of a kind; and those that the file accepts, with its reasons
        (`Problem.because`).
    limits : Limits or mapping, optional
        What the work may take: ``seconds``, ``states``, ``memory`` (bytes). Where one is reached, the answer holds what was
        finished, and its ``stopped`` says which.
    progress : callable, optional
        Called with a `Progress` a few times a second at most. The library itself prints nothing.

    Returns
    -------
    Checked
        A sequence of `Problem` in the order of the file, each by itself: errors, which keep the model from being used,
        and warnings: what the model doctor finds doubtful, once there are no errors. Empty for a model without a doubt.

    Raises
    ------
    CallError
        When there is no such file or case, or it cannot be read.

    Notes
    -----
    At most a few times the cost of `analyse`, for the claims; a model whose states are too many to list is looked at
    as far as sets of states answer, and a warning says what was not looked for.

    Examples
    --------
    >>> import bestand
    >>> list(bestand.check("press/wynia2025/ukraine"))
    []
    """
