"""The oracle against conflicts whose answers are published, and against graphs small enough to go through by hand."""

import subprocess
import sys
from dataclasses import dataclass
from decimal import Decimal

import pytest

from bestand.model.formula import TRUE, And, Constant, Iff, Implies, Not, OptionAtom, Or, OutcomeAtom
from bestand.model.model import Model
from bestand.model.values import (
    ChoiceRule,
    ForbiddenMove,
    FormulaRule,
    FrozenMap,
    OneWay,
    Option,
    Outcome,
    Party,
    Priorities,
    Ranking,
    Statement,
    Weights,
)
from bestand.reference import Graph, equilibria, feasible, graph_of, reached, stable
from bestand.reference.worlds import World

# ---- published conflicts ----


@dataclass(frozen=True)
class Case:
    """A published conflict: its states by the paper's numbers, rankings best first, equilibria by concept."""

    options: tuple[str, ...]
    states: dict[str, object]
    rankings: dict[str, list]
    expected: dict[str, list]
    rules: tuple = ()
    one_way: tuple = ()

    def model(self) -> Model:
        parties = dict.fromkeys(option.partition(".")[0] for option in self.options)
        bits = {}
        for state, number in self.states.items():
            bits.setdefault(number, []).append(state)
        return Model(
            "Published",
            tuple(Party(p, options=tuple(Option(o) for o in self.options if o.startswith(f"{p}."))) for p in parties),
            rules=self.rules,
            one_way=self.one_way,
            preferences=FrozenMap(
                {p: Ranking(tuple(tuple(bits[number]) for number in order)) for p, order in self.rankings.items()}
            ),
        )

    def found(self, concept: str) -> list:
        model = self.model()
        numbers = [self.states[model.bits(mask)] for mask in feasible(model)]
        return sorted({n for n, holds in zip(numbers, equilibria(graph_of(model), concept), strict=True) if holds})


def two_by_two(rankings, expected):
    options = ("P1.cooperate", "P2.cooperate")
    return Case(options, {"11": 1, "10": 2, "01": 3, "00": 4}, rankings, expected)


CASES = {
    # Fang, Hipel & Kilgour 1993, Interactive Decision Making, on the prisoner's dilemma
    "prisoners-dilemma": two_by_two(
        {"P1": [3, 1, 4, 2], "P2": [2, 1, 4, 3]},
        {"nash": [4], "gmr": [1, 4], "smr": [1, 4], "seq": [1, 4], "sseq": [1, 4]},
    ),
    # Fang, Hipel & Kilgour 1993, Interactive Decision Making, on chicken
    "chicken": two_by_two(
        {"P1": [3, 1, 2, 4], "P2": [2, 1, 3, 4]},
        {"nash": [2, 3], "gmr": [1, 2, 3], "smr": [1, 2, 3], "seq": [2, 3], "sseq": [2, 3]},
    ),
    # Rousseau 1755, Discours sur l'inégalité; the standard ordering of the game
    "stag-hunt": two_by_two(
        {"P1": [1, 3, 4, 2], "P2": [1, 2, 4, 3]},
        {"nash": [1, 4], "gmr": [1, 4], "smr": [1, 4], "seq": [1, 4], "sseq": [1, 4]},
    ),
    # Hipel, Kilgour & Kinsara 2014, Group Decision and Negotiation 23, 355-376; Kinsara 2014 (thesis), ch. 4
    "syria-iraq-1975": Case(
        ("Syria.release_water", "Syria.escalate", "Iraq.attack"),
        {"000": 1, "100": 2, "010": 3, "001": 4, "101": 5, "011": 6},
        {"Syria": [1, 3, 6, 2, 4, 5], "Iraq": [2, 4, 6, 1, 5, 3]},
        {"nash": [6], "gmr": [1, 6], "smr": [6], "seq": [6], "sseq": [6]},
        rules=(FormulaRule("never", And((OptionAtom("Syria.release_water"), OptionAtom("Syria.escalate")))),),
    ),
    # Hipel, Fang, Kilgour & Haight 1993; Kilgour, Hipel, Fang & Peng 2001: Elmira. State 9 stands for four states here
    "elmira": Case(
        ("MoE.modify", "UR.delay", "UR.accept", "UR.abandon", "LG.insist"),
        {"01000": 1, "11000": 2, "00100": 3, "10100": 4, "01001": 5, "11001": 6, "00101": 7, "10101": 8}
        | dict.fromkeys(("00010", "10010", "00011", "10011"), 9),
        {
            "MoE": [7, 3, 4, 8, 5, 1, 2, 6, 9],
            "UR": [1, 4, 8, 5, 9, 3, 7, 2, 6],
            "LG": [7, 3, 5, 1, 8, 6, 4, 2, 9],
        },
        {"nash": [5, 8, 9], "gmr": [1, 4, 5, 8, 9], "smr": [1, 4, 5, 8, 9], "seq": [5, 8, 9], "sseq": [5, 8, 9]},
        rules=(ChoiceRule("exactly_one", ("UR.delay", "UR.accept", "UR.abandon")),),
        one_way=(OneWay("MoE.modify", "to-yes"), OneWay("UR.delay", "to-no"), OneWay("UR.abandon", "to-yes")),
    ),
    # Jacobi 2017, The Graph Model of Conflict Resolution (two posts): North Korea and the USA; smr is published
    "north-korea-usa": Case(
        ("USA.strike", "USA.withdraw", "NK.invade", "NK.abandon"),
        {format(n, "04b")[::-1]: n for n in (0, 1, 2, 4, 5, 6, 8, 9, 10, 12, 13, 14)},
        {"USA": [8, 0, 9, 10, 12, 5, 4, 13, 14, 1, 2, 6], "NK": [6, 14, 2, 10, 0, 4, 12, 5, 1, 13, 8, 9]},
        {
            "nash": [0, 5],
            "gmr": [0, 4, 5, 10, 12],
            "smr": [0, 4, 5, 10, 12],
            "seq": [0, 5, 10],
            "sseq": [0, 5, 10],
        },
        rules=(FormulaRule("never", And((OptionAtom("USA.strike"), OptionAtom("USA.withdraw")))),),
        one_way=(OneWay("USA.strike", "to-yes"),),
    ),
}


@pytest.mark.parametrize("slug", CASES)
@pytest.mark.parametrize("concept", ["nash", "gmr", "smr", "seq", "sseq"])
def test_published_equilibria(slug, concept):
    assert CASES[slug].found(concept) == CASES[slug].expected[concept]


# ---- by hand: `moves` by party and state; the first party is the one that is asked about ----


def small(moves: dict, ranks: list, others: int = 1) -> Graph:
    """A graph from {(party, state): targets}; party 0 has the ranks, all others like states of a higher number."""
    size = len(ranks)
    parties = range(others + 1)
    table = tuple(tuple(tuple(moves.get((i, s), ())) for s in range(size)) for i in parties)
    return Graph(size, table, (tuple(ranks), *[tuple(range(size))] * others))


ALL, NONE = dict.fromkeys(["gmr", "smr", "seq", "sseq"], True), dict.fromkeys(["gmr", "smr", "seq", "sseq"], False)

SMALL = {
    "who cannot be answered is not sanctioned": (small({(0, 0): [1]}, [0, 1]), NONE),
    "equally good is a sanction": (small({(0, 0): [1], (1, 1): [2]}, [0, 1, 0]), ALL),
    "slightly better is none": (small({(0, 0): [1], (1, 1): [2]}, [0, 2, 1]), NONE),
    "being brought back is a sanction, credible only where the other wants it": (
        small({(0, 0): [1], (1, 1): [0]}, [0, 1]),
        ALL | {"seq": False, "sseq": False, "smr": False},
    ),
    "an answer that can be escaped does not last": (
        small({(0, 0): [1], (1, 1): [2], (0, 2): [3]}, [1, 2, 0, 2]),
        ALL | {"smr": False, "sseq": False},
    ),
    "an escape to something as good as before is none": (
        small({(0, 0): [1], (1, 1): [2], (0, 2): [3]}, [1, 2, 0, 1]),
        ALL,
    ),
    "an answer against the other's own interest is not credible": (
        small({(0, 0): [2], (1, 2): [1]}, [1, 0, 2]),
        ALL | {"seq": False, "sseq": False},
    ),
    "a single opponent moves once": (small({(0, 0): [1], (1, 1): [2], (1, 2): [3]}, [1, 2, 2, 0]), NONE),
    "two opponents may take turns": (small({(0, 0): [1], (1, 1): [2], (2, 2): [3]}, [1, 2, 2, 0], others=2), ALL),
    "an opponent may move again after another": (
        small({(0, 0): [1], (1, 1): [2], (2, 2): [3], (1, 3): [4]}, [1, 2, 2, 2, 0], others=2),
        ALL,
    ),
    "but not twice in a row": (
        small({(0, 0): [1], (1, 1): [2], (1, 2): [3], (2, 3): [4]}, [1, 2, 2, 2, 0], others=2),
        NONE,
    ),
    "a state can be left by a mover who led to it, where another leads to it too": (
        small({(0, 0): [1], (1, 1): [2], (2, 1): [2], (1, 2): [3]}, [1, 2, 2, 0], others=2),
        ALL,
    ),
    "the party itself makes one move only": (small({(0, 0): [1], (0, 1): [2]}, [0, 0, 1]), ALL),
}


@pytest.mark.parametrize("why", SMALL)
def test_by_hand(why):
    graph, holds = SMALL[why]
    assert {c: stable(graph, c)[0][0] for c in holds} == holds


def test_nash_is_the_absence_of_improvements():
    graph = small({(0, 0): [1, 2], (0, 1): [0]}, [1, 0, 1])
    assert stable(graph, "nash")[0] == (True, False, True)


# ---- drift ----


def test_improvements_alone_are_followed():
    graph = small({(0, 0): [1, 2], (1, 2): [3]}, [1, 0, 2, 0])
    assert reached(graph, 0) == {0, 2, 3}


def test_nobody_moves_twice_in_a_row_when_drifting():
    alone = small({(0, 0): [1], (0, 1): [2]}, [0, 1, 2])
    assert reached(alone, 0) == {0, 1}
    in_turn = small({(0, 0): [1], (1, 1): [2], (0, 2): [3]}, [0, 1, 2, 3])
    assert reached(in_turn, 0) == {0, 1, 2, 3}


def test_the_start_is_reached_even_where_nobody_moves():
    assert reached(small({}, [0, 1]), 1) == {1}
    assert reached(small({}, [0, 1]), 1, "best moves") == {1}


def test_best_moves_are_all_the_best_ones_and_no_other():
    graph = small({(0, 0): [1, 2, 3], (1, 1): [4], (1, 2): [5]}, [0, 1, 2, 2, 9, 0])
    assert reached(graph, 0, "improvements") == {0, 1, 2, 3, 4, 5}
    assert reached(graph, 0, "best moves") == {0, 2, 3, 5}


def test_the_best_move_is_made_only_where_it_improves():
    graph = small({(0, 0): [1]}, [1, 1])
    assert reached(graph, 0, "best moves") == {0}


# ---- models ----

UP = Party("up", options=(Option("up.a"), Option("up.b")))
DOWN = Party("down", options=(Option("down.c"),))
A, B, C = OptionAtom("up.a"), OptionAtom("up.b"), OptionAtom("down.c")


@pytest.mark.parametrize(
    ("formula", "where"),
    [
        (Constant(True), "00 10 01 11"),
        (Not(A), "00 01"),
        (And((A, B)), "11"),
        (Or((A, B)), "10 01 11"),
        (Implies(A, B), "00 01 11"),  # material implication: true wherever the left side is false
        (Iff(A, B), "00 11"),
        (OutcomeAtom("both"), "11"),
    ],
)
def test_truth_tables(formula, where):
    model = Model("Dam", (UP,), outcomes=(Outcome("both", And((A, B))),))
    assert [model.bits(mask) for mask in range(4) if World.of_mask(model, mask).holds(formula)] == where.split()


@pytest.mark.parametrize(
    ("rule", "where"),
    [
        (FormulaRule("never", And((A, B))), "00 10 01"),
        (FormulaRule("always", A), "10 11"),
        (ChoiceRule("exactly_one", ("up.a", "up.b")), "10 01"),
        (ChoiceRule("at_most_one", ("up.a", "up.b")), "00 10 01"),
        (ChoiceRule("at_most_one", ("up.a",)), "00 10 01 11"),
        (ChoiceRule("exactly_one", ("up.a",)), "10 11"),
    ],
)
def test_rules(rule, where):
    model = Model("Dam", (UP,), rules=(rule,))
    assert [model.bits(mask) for mask in feasible(model)] == where.split()


def moves_in_bits(model, party):
    graph, states = graph_of(model), [model.bits(mask) for mask in feasible(model)]
    return {states[s]: {states[t] for t in targets} for s, targets in enumerate(graph.moves[party])}


def test_a_party_changes_any_of_its_own_options_at_once():
    moves = moves_in_bits(Model("Dam", (UP, DOWN)), 0)
    assert moves["000"] == {"100", "010", "110"}
    assert moves["101"] == {"001", "011", "111"}


def test_one_way_options_stay_as_they_have_become():
    model = Model("Dam", (UP,), one_way=(OneWay("up.a", "to-yes"), OneWay("up.b", "to-no")))
    assert moves_in_bits(model, 0) == {"00": {"10"}, "10": set(), "01": {"00", "10", "11"}, "11": {"10"}}


def test_moves_end_in_feasible_states_and_may_pass_over_others():
    model = Model("Dam", (UP,), rules=(FormulaRule("always", Iff(A, B)),))
    assert moves_in_bits(model, 0) == {"00": {"11"}, "11": {"00"}}


def test_forbidden_moves_bind_one_party_in_one_direction():
    model = Model("Dam", (UP, DOWN), forbidden_moves=(ForbiddenMove("up", Not(A), A),))
    assert moves_in_bits(model, 0)["000"] == {"010"}
    assert moves_in_bits(model, 0)["100"] == {"000", "010", "110"}
    assert moves_in_bits(model, 1)["000"] == {"001"}


@pytest.mark.parametrize(
    ("wish", "ranks"),  # of 00, 10, 01, 11
    [
        (None, (0, 0, 0, 0)),
        (Priorities(()), (0, 0, 0, 0)),
        (Priorities((Statement(A), Statement(B))), (0, 2, 1, 3)),
        (Priorities((Statement(TRUE), Statement(Not(A)))), (1, 0, 1, 0)),
        (Ranking((("11",), ("00", "10"), ("01",))), (1, 1, 0, 2)),
        (Weights(FrozenMap({"up.a": Decimal("0.3"), "up.b": Decimal("-0.3")})), (1, 2, 0, 1)),
        (Weights(FrozenMap({"up.a": Decimal("1E+30"), "up.b": Decimal("1E-9")})), (0, 2, 1, 3)),
    ],
)
def test_ranks(wish, ranks):
    preferences = {} if wish is None else {"up": wish}
    assert graph_of(Model("Dam", (UP,), preferences=FrozenMap(preferences))).ranks == (ranks,)


def test_weights_are_added_exactly():
    third = Party("up", options=tuple(Option(f"up.{name}") for name in "abc"))
    weights = {"up.a": Decimal("0.1"), "up.b": Decimal("0.2"), "up.c": Decimal("0.3")}
    ranks = graph_of(Model("Dam", (third,), preferences=FrozenMap({"up": Weights(FrozenMap(weights))}))).ranks[0]
    assert ranks[0b011] == ranks[0b100]


def test_the_oracle_needs_no_hypothesis():
    code = (
        "import sys; sys.modules['hypothesis'] = None\n"
        "from bestand.reference import graph_of\n"
        "try:\n    from bestand.testing import models\n"
        "except ImportError as error:\n    print(error)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip().endswith("pip install hypothesis")
