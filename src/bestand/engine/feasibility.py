"""What is wrong with a model and shows only in its states.

Rules that leave none, rankings that do not fit them, a no-deal point that is nowhere among them.
"""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from bestand.model.errors import TooManyStates
from bestand.model.fault import ModelFault, Path
from bestand.model.formula import Formula, text
from bestand.model.model import Model
from bestand.model.truth import broken_rules
from bestand.model.validate import rule_text, shortened
from bestand.model.values import Ranking, Rule

if TYPE_CHECKING:
    from .states import States

MAX_STATES = 2**18  # beginnings of states to look at; a file should be read in a moment
MAX_BITS = 64
MOST_TRIED = 100  # rules that are left out one by one to find those that clash
SHOWN = 5  # states named in a message


def state_faults(model: Model) -> list[ModelFault]:
    """Contradictory rules, rankings that miss, repeat or invent a state, a no-deal point that no state is in.

    Parameters
    ----------
    model : Model
        One in which `bestand.model.validate.faults` finds no error among parties, rules and outcomes.

    Notes
    -----
    A model with too many states to enumerate is not checked for what would need all of them. Rules are not put to every
    state when the status quo keeps them all.

    Examples
    --------
    >>> from bestand.model.formula import OptionAtom
    >>> from bestand.model.values import FormulaRule, Option, Party
    >>> party, a = Party("up", options=(Option("up.a"),)), OptionAtom("up.a")
    >>> clash = Model("Dam", (party,), rules=(FormulaRule("never", a), FormulaRule("always", a)))
    >>> print(state_faults(clash)[0].message)
    no state is possible: rules 1 (never: up.a) and 2 (always: up.a) cannot be kept together
    """
    rankings = {party: wish for party, wish in model.preferences.items() if isinstance(wish, Ranking)}
    possible = _status_quo_keeps_rules(model)
    if possible and not rankings and not model.coalesced and not model.commitments and _point(model) is None:
        return []
    if not model.rules and len(model.options) > MAX_BITS // 2:
        return [_far_too_short(model, party) for party in rankings]
    states = _states(model)
    if states is None:
        return []
    if not len(states):
        return [_contradiction(model)]
    apart, same = _coalesced(model, states)
    unranked = [
        fault for party, ranking in rankings.items() for fault in _ranking_faults(model, party, ranking, states, same)
    ]
    nowhere = _nowhere(model, states)
    unranked += _committed(model, states)
    return [*([] if nowhere is None else [nowhere]), *apart, *unranked]


def no_deal_fault(model: Model) -> ModelFault | None:
    """Return what is wrong with the no-deal point of a model that was changed: a rule that it breaks.

    A formula is not looked at where the states are too many to enumerate.

    Examples
    --------
    >>> from bestand.model.formula import OptionAtom
    >>> from bestand.model.values import FormulaRule, Option, Party
    >>> party, never = Party("up", options=(Option("up.a"),)), FormulaRule("never", OptionAtom("up.a"))
    >>> print(no_deal_fault(Model("Dam", (party,), rules=(never,), no_deal=frozenset({"up.a"}))).message)
    the no-deal point breaks a rule (never: up.a)
    """
    if isinstance(model.no_deal, frozenset):
        broken = broken_rules(model, model.no_deal)
        return _infeasible(f"the no-deal point breaks a rule ({rule_text(model.rules[broken[0]])})") if broken else None
    if _point(model) is None or (not model.rules and len(model.options) > MAX_BITS // 2):
        return None
    states = _states(model)
    return None if states is None else _nowhere(model, states)


def nowhere_words(formula: Formula) -> str:
    """Return what is wrong with a formula that no state satisfies, as a no-deal point."""
    return f"no feasible state satisfies '{shortened(text(formula))}', so it cannot be the no-deal point"


def _point(model: Model) -> Formula | None:
    """Return the formula whose states no deal leads to, where the model gives one."""
    return None if model.no_deal is None or isinstance(model.no_deal, (str, frozenset)) else model.no_deal


def _nowhere(model: Model, states: States) -> ModelFault | None:
    """Return what is wrong with a no-deal point that is a formula: that it is true in none of all states."""
    from .evaluate import Evaluator

    formula = _point(model)
    if formula is None or Evaluator(model, states).holds(formula).any():
        return None
    return _infeasible(nowhere_words(formula))


def _infeasible(words: str) -> ModelFault:
    hint = "change the rule, or write another formula; today, drift and a list of yes options can stand here too"
    return ModelFault(("no_deal",), "infeasible-no-deal", words, hint)


def _coalesced(model: Model, states: States) -> tuple[list[ModelFault], dict[str, str]]:
    """Return what is wrong with what makes states one; and the bits of what stands for each, where nothing is."""
    if not model.coalesced:
        return [], {}
    from .coalesced import coalesce, coalesced_faults

    faults = coalesced_faults(model, states)
    found = None if faults else coalesce(model, states)
    if found is None:
        return faults, {}
    stands = found.states[found.of]
    return faults, {model.bits(int(s)): model.bits(int(t)) for s, t in zip(states, stands, strict=True)}


def _committed(model: Model, states: States) -> Iterator[ModelFault]:
    """Yield what commitments in force cannot complete: those that stand, and with them those of each plan."""
    from .committed import fault_in_force

    if not model.commitments:
        return
    brought = [tuple(model.commitment[id] for id in plan.commitments) for plan in model.plans if plan.commitments]
    found: list[ModelFault] = []
    for some in ((), *brought):
        if (every := (*model.standing, *some)) and (fault := fault_in_force(model, every, states)) is not None:
            if fault not in found:
                yield fault
            found.append(fault)


def _status_quo_keeps_rules(model: Model) -> bool:
    if not model.rules:
        return True
    yes = model.status_quo
    return yes is not None and yes <= model.bit.keys() and not broken_rules(model, yes)


def _states(model: Model) -> States | None:
    """Return every feasible state, or None where they are too many to look at."""
    from .states import feasible_states

    try:
        return feasible_states(model, MAX_STATES)
    except TooManyStates:
        return None


def _contradiction(model: Model) -> ModelFault:
    """Return which rules clash: rules are dropped one by one as long as no state is possible without them."""
    clash = list(range(len(model.rules)))
    if len(clash) > MOST_TRIED:
        message = f"no state is possible: some of the {len(clash)} rules cannot be kept together"
        return ModelFault(("rules",), "contradictory-rules", message, "leave rules out until some state is possible")
    for k in tuple(clash):
        fewer = [n for n in clash if n != k]
        states = _states(_with_rules(model, [model.rules[n] for n in fewer]))
        if states is not None and not len(states):
            clash = fewer
    named = [f"{k + 1} ({rule_text(model.rules[k])})" for k in clash]
    path: Path = ("rules", clash[0])
    if len(named) == 1:
        return ModelFault(path, "contradictory-rules", f"no state is possible: rule {named[0]} cannot be kept")
    message = f"no state is possible: rules {', '.join(named[:-1])} and {named[-1]} cannot be kept together"
    return ModelFault(path, "contradictory-rules", message, "change one of them")


def _with_rules(model: Model, rules: Sequence[Rule]) -> Model:
    return dataclasses.replace(model, rules=tuple(rules))


def _far_too_short(model: Model, party: str) -> ModelFault:
    message = f"the ranking of '{party}' cannot hold every one of the {2 ** len(model.options):,} states"
    return ModelFault(("preferences", party, "ranking"), "ranking-misses", message, "use priorities or weights")


def _ranking_faults(
    model: Model, party: str, ranking: Ranking, states: States, same: Mapping[str, str]
) -> Iterable[ModelFault]:
    """What a ranking misses, repeats or invents; ``same`` has what stands for a state that is one with others."""
    path: Path = ("preferences", party, "ranking")
    ranked = [state for group in ranking.groups for state in group]
    possible = {model.bits(int(state)) for state in states}
    if any(len(state) != len(model.options) or set(state) - {"0", "1"} for state in ranked):
        return
    repeated = [state for state, count in Counter(ranked).items() if count > 1]
    if repeated:
        message = f"the ranking of '{party}' names {_named(model, repeated)} more than once"
        yield ModelFault(_entry(path, ranking, repeated[0]), "ranking-repeats", message, "keep every state once")
    impossible = [state for state in dict.fromkeys(ranked) if state not in possible]
    if impossible:
        message = f"the ranking of '{party}' names {_named(model, impossible)}, which the rules exclude"
        yield ModelFault(
            _entry(path, ranking, impossible[0]), "ranking-infeasible", message, "leave it out, or change the rule"
        )
    given = {same.get(bits, bits) for bits in ranked}
    named = [bits for bits in (model.bits(int(state)) for state in states) if same.get(bits, bits) == bits]
    missing = [bits for bits in named if bits not in given]
    if missing:
        whole = f"it must hold all {len(named):,} feasible states"
        message = f"the ranking of '{party}' misses {_named(model, missing)}; {whole}"
        yield ModelFault(path, "ranking-misses", message, "add what is missing; put ties in brackets")


def _entry(path: Path, ranking: Ranking, state: str) -> Path:
    """Return where a state is named: for the last time, so that the second of two is what is pointed at."""
    return (*path, max(k for k, group in enumerate(ranking.groups) if state in group))


def _named(model: Model, states: Sequence[str]) -> str:
    """Return the first few of some states, by bits and label, and how many there are."""
    told = [f"{bits} (label {model.labels[bits]})" if bits in model.labels else bits for bits in states[:SHOWN]]
    if len(states) == 1:
        return f"state {told[0]}"
    return f"{len(states):,} states: {', '.join(told)}{', …' if len(states) > SHOWN else ''}"
