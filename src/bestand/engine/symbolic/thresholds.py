"""How low the replies of some parties can bring a number, digit by digit, without mixing up what cannot be reached.

Let g be a number and w(x) the smallest g over x and all that the parties H can reach from x. The states split by the
digits of w that are known: a *region* is the states whose w begins alike, and its *tight* states are those whose g
begins so too. Three facts make the next digit of w a closure inside each region:

1. w never falls along a path: what can be reached from a later state can be reached from an earlier one.
2. Digit k+1 of w is 0 in just those states of a region from which H reaches a tight state whose g has digit 0 there.
   Every state on the way lies in the region: by fact 1 its w is no less, by its end it is no more.
3. H never changes the options of the parties outside H. So closures for different values of these never meet, and
   one closure may serve different regions for different values.

`Walk` answers from where a party can have more than it has, `least` works out w itself.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bestand.engine.diagrams.spec import Diagram

from .closure import Step, backward
from .moves import PartyMoves
from .world import World


@dataclass(slots=True)
class Region:
    """States whose w begins alike, as far as they matter, and what is asked of them.

    Parameters
    ----------
    states : Diagram
        The region.
    tight : Diagram
        Where g begins so too: its tight states, and others that cannot be reached from the region (their w is less).
        Left at that, the diagram depends on few options.
    asked : Diagram
        Those whose next digit is needed.
    outside : Diagram
        The values of the options outside H that they have.
    """

    states: Diagram
    tight: Diagram
    asked: Diagram
    outside: Diagram


class Replies:
    """Who replies, how, and what their closures have to know.

    Parameters
    ----------
    world : World
    parties : mapping of int to PartyMoves
        The parties H.
    step : callable
        By `bestand.engine.symbolic.closure.improvements` or by `moves`.
    """

    def __init__(self, world: World, parties: Mapping[int, PartyMoves], step: Step) -> None:
        self.world = world
        self.parties = parties
        self.step = step
        self.theirs = world.diagrams.variables(k for j in parties for k in world.own[j])

    def region(self, states: Diagram, tight: Diagram, wanted: Diagram) -> Region:
        """Return a region, cut down to the values outside H for which something is asked."""
        outside = self.world.diagrams.exists(self.theirs, wanted)
        return Region(states & outside, tight, wanted, outside)

    def reaching(self, regions: Sequence[Region], targets: Sequence[Diagram]) -> list[Diagram]:
        """For every region, its states from which H reaches its targets: with as few closures as fact 3 allows.

        Exact among the states that are asked about. Where they all have their answer the search ends early, and the
        rest of the region is taken to reach the targets: room for later searches, in which nothing else begins.
        """
        found = [target & region.states for target, region in zip(targets, regions, strict=True)]
        groups: list[tuple[Diagram, list[tuple[int, Diagram]]]] = []  # values in use, and who has which of them
        for n, region in enumerate(regions):
            if targets[n] == self.world.false:
                continue
            left = region.outside
            for g, (used, members) in enumerate(groups):
                share = left & ~used
                if share != self.world.false:
                    groups[g] = (used | share, [*members, (n, share)])
                    left = left & used
                if left == self.world.false:
                    break
            if left != self.world.false:
                groups.append((left, [(n, left)]))
        for _, members in groups:
            shares = [(regions[n], targets[n] & share, share) for n, share in members]
            states = self.world.any_of(region.states & share for region, _, share in shares)
            asked = self.world.any_of(region.asked & share for region, _, share in shares)
            targeted = self.world.any_of(target for _, target, _ in shares)
            reached = backward(self.world, self.parties, self.step, states, targeted, asked)
            if asked & ~reached == self.world.false:
                reached = states
            for n, share in members:
                found[n] = found[n] | reached & regions[n].states & share
        return found


def least(replies: Replies, g: Sequence[Diagram], asked: Diagram | None = None) -> tuple[Diagram, ...]:
    """Return the digits of w: the smallest g to which the parties H can bring things.

    Exact at the feasible states that are asked about, which are all of them unless told.

    Notes
    -----
    One closure per digit and region with a common value outside H: more than the statements, at worst one for each
    value that w can take. `Walk` needs far fewer where only a comparison is asked for.
    """
    world = replies.world
    asked = world.feasible if asked is None else asked
    regions = [replies.region(world.feasible, world.true, asked)]
    result: list[Diagram] = []
    for digit in g:
        targets = [region.tight & ~digit for region in regions]
        zeros = replies.reaching(regions, targets)
        ones = [region.states & ~zero for region, zero in zip(regions, zeros, strict=True)]
        result.append(world.any_of(ones))
        children: list[tuple[Diagram, Diagram, Diagram]] = []
        for region, target, zero, one in zip(regions, targets, zeros, ones, strict=True):
            children += [(zero, target, region.asked & zero), (one, region.tight & digit, region.asked & one)]
        regions = [replies.region(*child) for child in children if child[2] != world.false]
    return tuple(result)


@dataclass(slots=True)
class Node:
    """Candidates of the walk: states s of which u(s), and the most that the party can secure, both begin with p.

    Parameters
    ----------
    states, tight : Diagram
        The region of p, or more of what lies above it; and where g begins with p.
    candidates : Diagram
    above, level : Diagram
        Where u begins with more than p, and with p.
    safe : Diagram
        Where w begins with more than p.
    """

    states: Diagram
    tight: Diagram
    candidates: Diagram
    above: Diagram
    level: Diagram
    safe: Diagram


class Walk:
    """From where party i can have more than it has, whatever the others reply.

    With M(s) the largest min(u, w) over s and the states to which i can move, state s can be bettered iff M(s) > u(s).
    Both are compared digit by digit for the states that are still undecided, the candidates: a tree of thresholds p.

    Parameters
    ----------
    replies : Replies
        Of parties that do not include i.
    mover : PartyMoves
        Party i.
    u, g : sequence of Diagram
        The digits of what i thinks of a state, and of what the replies lower; as many of each.
    capped : bool
        Whether g never exceeds u by anything that the others cannot take away at once: g is u. Then w ≤ u.
    """

    def __init__(
        self, replies: Replies, mover: PartyMoves, u: Sequence[Diagram], g: Sequence[Diagram], *, capped: bool
    ) -> None:
        self.world = replies.world
        self.replies = replies
        self.mover = mover
        self.u, self.g = u, g
        self.capped = capped

    def bettered(self, candidates: Diagram) -> Diagram:
        """Return the candidates from which the party can have more. They are feasible states."""
        world = self.world
        start, nothing = world.feasible, world.false
        level, above = (nothing, world.true) if self.capped else (world.true, nothing)
        nodes = [Node(start, world.true, candidates, above, level, nothing)]
        result: list[Diagram] = []
        for f, digit in zip(self.u, self.g, strict=True):
            regions = [self._region(node) for node in nodes]
            targets = [region.tight & ~digit for region in regions]
            asking = [self._asks(*each, f) for each in zip(nodes, regions, targets, strict=True)]
            wanted = [target if asks else nothing for target, asks in zip(targets, asking, strict=True)]
            zeros = self.replies.reaching(regions, wanted)
            children: list[Node] = []
            for node, region, target, zero, asks in zip(nodes, regions, targets, zeros, asking, strict=True):
                world.check()
                ones = region.asked & ~(zero if asks else target)
                more = self._more(node, ones, f)
                result.append(node.candidates & ~f & more)
                rest = region.states if not asks else zero
                children += self._children(node, region, target, rest, ones, f, digit, more)
            nodes = [child for child in children if child.candidates != nothing]
        return world.any_of(result)

    def _region(self, node: Node) -> Region:
        """Return the node's region, as far as a candidate can move into it and would not lose by the move itself."""
        theirs = self.world.diagrams.exists(self.mover.own, node.candidates)
        return self.replies.region(node.states, node.tight, node.states & theirs & (node.above | node.level))

    def _asks(self, node: Node, region: Region, target: Diagram, f: Diagram) -> bool:
        """Return whether it matters from where the targets can be reached: a candidate can move where it is open."""
        open_ones = region.asked & ~target
        if self.capped:  # a state with digit 0 of w is of no more use, so no need to know which they are
            open_ones = open_ones & (node.above | node.level & f)
        return node.candidates & self.mover.into(open_ones) != self.world.false

    def _more(self, node: Node, ones: Diagram, f: Diagram) -> Diagram:
        """Return from where the party can move to a state of which u and w both begin with p1 or more."""
        return self.mover.into((ones | node.safe) & (node.above | node.level & f))

    def _children(
        self,
        node: Node,
        region: Region,
        target: Diagram,
        zero: Diagram,
        ones: Diagram,
        f: Diagram,
        digit: Diagram,
        more: Diagram,
    ) -> tuple[Node, Node]:
        """Return the nodes p0 and p1. Candidates whose u alone has digit 1 cannot be bettered, and are left out."""
        below = Node(
            zero,
            target,
            node.candidates & ~f & ~more,
            node.above | node.level & f,
            node.level & ~f,
            node.safe if self.capped else node.safe | ones,
        )
        beyond = Node(
            region.states & ~zero,
            region.tight & digit,
            node.candidates & f & more,
            node.above,
            node.level & f,
            node.safe,
        )
        return below, beyond
