"""Kinds of a plan: its versions, parted by the conditions under which parties refuse, so that few words tell each.

A version is a state of the plan that can be signed. To one that it signs, or has to consent to, a party says *yes*,
it *refuses* it, or it *has nothing in it*. The versions are parted by formulas that stand in the conditions of the
refusals (`bestand.plan.condition`), one after the other, into four kinds at most: each version is in exactly one. What
is parted next is a kind of which it is not settled whether it holds a deal, and by what settles it for the most
versions. It is settled where every version is a deal, where somebody says no to every one, or where none has to be
signed by two. Where a party says yes to some versions of a kind and not to others, the kind says when.

The same for listed states and for sets of them: `Versions` is what either has to tell.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Generic, Protocol, Self, TypeVar

from bestand.model.formula import Constant, Formula, OptionAtom, Or, atoms
from bestand.model.model import Model
from bestand.model.values import FrozenMap, Priorities, Ranking, Weights

from .condition import Atom, options_of, wished
from .ruling_values import Refused, Stand, Stands, VersionKind

MOST = 4  # kinds: as many columns as a page holds beside the names of the parties
MOST_CHOICES = 4096  # of some options, of which a formula is looked for
_TESTS = 24  # formulas that are tried


class States(Protocol):
    """Some versions."""

    def __and__(self, other: Self, /) -> Self:
        """Return those that are in another set, too."""
        ...

    def __sub__(self, other: Self, /) -> Self:
        """Return those that are not in another set."""
        ...

    def __bool__(self) -> bool:
        """Return whether there is any."""
        ...

    def count(self) -> int:
        """Return how many there are."""
        ...


S = TypeVar("S", bound=States)


class Versions(ABC, Generic[S]):
    """The versions of a plan, and who says what to them.

    Parameters
    ----------
    model : Model
    every : set of states
    refuses, idle, has_say : tuple of sets of states
        By party.
    joint, deals, kept : set of states
        What two have to sign at least; the deals, and those that are kept.
    """

    def __init__(
        self,
        model: Model,
        every: S,
        refuses: tuple[S, ...],
        idle: tuple[S, ...],
        has_say: tuple[S, ...],
        joint: S,
        deals: S,
        kept: S,
    ) -> None:
        self.model, self.every = model, every
        self.refuses, self.idle, self.has_say = refuses, idle, has_say
        self.joint, self.deals, self.kept = joint, deals, kept

    @abstractmethod
    def where(self, formula: Formula) -> S:
        """Return the versions of which a formula is true."""

    @abstractmethod
    def told(self, options: Sequence[int], meant: S, other: S, preferred: Collection[Atom]) -> Formula | None:
        """Return a short formula over some options that is true of what is meant and of nothing other, if there is."""

    def noes(self, states: S, i: int) -> int:
        """Return of how many of some states a party wants nothing."""
        return (states & self.refuses[i]).count() + (states & self.idle[i]).count()


def version_kinds(versions: Versions[S], refused: Mapping[str, Refused]) -> tuple[VersionKind, ...]:
    """Return the kinds of versions: those with deals first, then those that the fewest parties are against.

    Parameters
    ----------
    versions : Versions
    refused : mapping of str to Refused
        By party: the conditions that part them.
    """
    if not versions.every:
        return ()
    tests = _tests(versions.model, refused)
    parts, used = _parted(versions, [(test, versions.where(test)) for test in tests])
    options = _bits(versions.model, {atom for test in used for atom in options_of(test, versions.model)})
    kinds = [_kind(versions, refused, options, part) for part in parts]
    return tuple(sorted(kinds, key=lambda kind: (not kind.deals, _against(kind), -kind.states)))


def _against(kind: VersionKind) -> int:
    return sum(stand.says in ("refuses", "nothing", "no") for stand in kind.stands.values())


# ---- what parts them ----


def _tests(model: Model, refused: Mapping[str, Refused]) -> list[Formula]:
    """Return what versions may be parted by, the shortest first: the conditions, their terms, what these speak of.

    Then the options of the wishes that decide, and the other options of the file.
    """
    found: dict[Formula, None] = {}
    for each in refused.values():
        for condition in (each.condition, each.own):
            if condition is not None and not isinstance(condition, Constant):
                found |= dict.fromkeys([*atoms(condition), *_terms(condition), condition])
    told = sorted(found, key=_length)
    decide = {atom for i, id in enumerate(model.party) for atom in wished(model, i, refused[id].decided_by)}
    options = sorted(map(OptionAtom, (o.id for o in model.options)), key=lambda option: option not in decide)
    return [*dict.fromkeys([*told, *options])][:_TESTS]


def _terms(formula: Formula) -> tuple[Formula, ...]:
    return formula.terms if isinstance(formula, Or) else (formula,)


def _length(formula: Formula) -> int:
    return sum(1 for _ in atoms(formula))


def _parted(versions: Versions[S], tests: Sequence[tuple[Formula, S]]) -> tuple[list[S], list[Formula]]:
    """Return the parts, and the formulas that part them. O(tests · parties) operations on sets for each part."""
    parts, used = [versions.every], list[Formula]()
    while len(parts) < MOST:
        ways = [way for k, part in enumerate(parts) for way in _ways(versions, tests, k, part)]
        if not ways:
            break
        _, k, n, inside, outside = max(ways, key=lambda way: (way[0], -way[2]))
        parts[k : k + 1] = [inside, outside]
        used.append(tests[n][0])
    return parts, used


def _ways(
    versions: Versions[S], tests: Sequence[tuple[Formula, S]], k: int, part: S
) -> Iterator[tuple[tuple[int, int], int, int, S, S]]:
    """Yield in what ways a part that is not settled can be parted with profit, each with what it is worth."""
    before = _worth(versions, part)
    if before[0]:
        return
    for n, (_test, where) in enumerate(tests):
        inside, outside = part & where, part - where
        if inside and outside:
            one, other = _worth(versions, inside), _worth(versions, outside)
            worth = one[0] + other[0], one[1] + other[1]
            if worth > before:
                yield (worth[0], worth[1] - before[1]), k, n, inside, outside


def _worth(versions: Versions[S], part: S) -> tuple[int, int]:
    """Return of how many versions it is settled whether they are deals, and to how many a party's word is one."""
    count = part.count()
    noes = [versions.noes(part, i) for i in range(len(versions.refuses))]
    settled = count in noes or not part - versions.deals or not part & versions.joint
    return count * settled, count * sum(no in (0, count) for no in noes)


# ---- what is told of a kind ----


def _kind(versions: Versions[S], refused: Mapping[str, Refused], options: Sequence[int], part: S) -> VersionKind:
    rest = versions.every - part
    ids = [*versions.model.party]
    said = versions.told(options, part, rest, ()) if rest else Constant(True)
    stands = {id: _stand(versions, i, part, refused[id].decided_by) for i, id in enumerate(ids)}
    return VersionKind(
        said, part.count(), FrozenMap(stands), (part & versions.deals).count(), (part & versions.kept).count()
    )


def _stand(versions: Versions[S], i: int, part: S, decided_by: Collection[str]) -> Stand:
    refused, idle = part & versions.refuses[i], part & versions.idle[i]
    yes = part - refused - idle
    says = _word(part, bool(part & versions.has_say[i]), refused, idle, yes)
    if says != "if":
        return Stand(says, None, yes.count())
    preferred = wished(versions.model, i, decided_by)
    told = (versions.told(options, yes, part - yes, preferred) for options in _telling(versions.model, i))
    return Stand("if", next((when for when in told if when is not None), None), yes.count())


def _telling(model: Model, i: int) -> Iterator[Sequence[int]]:
    """Yield the options that may tell when a party says yes: those it weighs; all, since wishes may name states."""
    yield _bits(model, _weighed(model, i))
    yield range(len(model.options))


def _word(part: S, has_say: bool, refused: S, idle: S, yes: S) -> Stands:
    """Return what a party says to all versions of a kind."""
    if not has_say:
        return "no-say"
    if not part - yes:
        return "yes"
    if yes:
        return "if"
    return "refuses" if not idle else "nothing" if not refused else "no"


def _weighed(model: Model, i: int) -> set[Atom]:
    """Return the options that what a party says can depend on: its own, and those that its wishes speak of."""
    party = model.parties[i]
    own: set[Atom] = {OptionAtom(option.id) for option in party.options}
    if line := model.red_lines.get(party.id):
        own |= {*options_of(line, model)}
    match model.preferences.get(party.id):
        case Priorities(statements):
            return own.union(*(options_of(each.formula, model) for each in statements))
        case Weights(weights):
            return own | {OptionAtom(id) for id in weights}
        case Ranking():
            return {OptionAtom(option.id) for option in model.options}
        case _:
            return own


def _bits(model: Model, options: Collection[Atom]) -> list[int]:
    return sorted(model.bit[atom.id] for atom in options if isinstance(atom, OptionAtom))
