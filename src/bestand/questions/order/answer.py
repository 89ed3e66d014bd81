"""The order of a deal: `Ordered`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from bestand.answer.answer import Answer, Drawings
from bestand.answer.setting import Setting
from bestand.document.blocks import Block
from bestand.engine.choose import choose
from bestand.model.errors import CallError
from bestand.model.formula import Formula
from bestand.model.model import Model
from bestand.plan.asked import asked_plan, asked_terms
from bestand.plan.joint import Joint
from bestand.plan.order import Orders, orders
from bestand.plan.proposal import lean
from bestand.plan.ruling_values import Terms
from bestand.plan.terms import joint_of
from bestand.solve.positions import find_state
from bestand.solve.purpose import Purpose
from bestand.stability.registry import EVERY, chosen

from . import data, picture, words

if TYPE_CHECKING:
    from bestand.engine.explicit import ExplicitEngine


@dataclass(frozen=True, eq=False, repr=False)
class Ordered(Answer):
    """In which order a deal can be done.

    Parameters
    ----------
    model : Model
        With the readings applied.
    readings : tuple of str
    terms : Terms
    concept : str
    state : int
        The deal, a bit mask.
    number, of : int
        Which it is of the deals with the fewest changes that are kept, and how many these are; 0 for one that was
        named.
    orders : Orders
    """

    model: Model
    readings: tuple[str, ...]
    terms: Terms
    concept: str
    state: int
    number: int
    of: int
    orders: Orders
    stopped: None = None

    def data(self) -> dict[str, Any]:
        return data.data(self)

    def _blocks(self, width: int) -> Iterable[Block]:
        return words.blocks(self)

    def _pictures(self) -> Drawings:
        return {"order": lambda: picture.draw_order(self)}

    def _undrawable(self, name: str) -> str:
        return "there is no order in which the deal could safely be done, and so none to draw"

    def _brief(self) -> str:
        return f"{self.orders.count} finest orders"


def ordered(
    setting: Setting,
    deal: str | int | None,
    number: int,
    plan: str | Formula | None,
    concept: str,
    no_deal: str | Formula | None,
    consent: tuple[str, ...],
    start: str | int,
) -> Ordered:
    """Find the finest orders of a deal."""
    model, watch = setting.under, setting.watch
    formula = asked_plan(model, plan)
    (asked,) = chosen([concept])
    engine = choose(model, None, watch).engine
    if not engine.lists:
        raise CallError("the states of this model are too many to list: the order of a deal is worked out one by one")
    terms = asked_terms(model, engine, formula, start, no_deal, consent, ())
    watch.phase("working out what can be signed")
    joint = joint_of(Purpose(cast("ExplicitEngine", engine), EVERY[asked].rounds, watch), terms)
    state, of = _chosen(joint, deal, number)
    return Ordered(
        model,
        setting.readings,
        terms,
        asked,
        int(joint.purpose.space.states[state]),
        number if deal is None else 0,
        of,
        orders(joint, state, watch),
    )


def _chosen(joint: Joint, deal: str | int | None, number: int) -> tuple[int, int]:
    """Return the deal that is asked about, as a state index, and how many deals have the fewest changes."""
    if not len(joint.kept):
        why = "why" if len(joint.proposal.deals) else "who refuses what"
        more = (
            "; bestand analyse MODEL names what, if it were right, would make one"
            if joint.purpose.space.model.readings
            else ""
        )
        raise CallError(
            f"there is no deal that is kept, and so no order to do it in; bestand deals MODEL says {why}{more}"
        )
    fewest = lean(joint.purpose.space, joint.kept, joint.start)
    if deal is not None:
        state = find_state(joint.purpose.space, deal)
        if state not in joint.kept:
            raise CallError(_no_deal(joint, state))
        return state, len(fewest)
    if not 1 <= number <= len(fewest):
        count = "one deal has" if len(fewest) == 1 else f"{len(fewest)} deals have"
        raise CallError(f"--number {number}: {count} the fewest changes; give 1 to {len(fewest)}")
    return int(fewest[number - 1]), len(fewest)


def _no_deal(joint: Joint, state: int) -> str:
    if not joint.plan[state]:
        return "in the state given the plan is not true; bestand deals MODEL lists deals"
    if state not in joint.proposal.deals:
        return "the state given is no deal: somebody refuses it, or has nothing in it; bestand deals MODEL lists deals"
    return "the state given is a deal that would not be kept; bestand deals MODEL lists deals that are"
