"""Titles that state what was found, for chapters and parts of the brief."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bestand.plan.ruling_values import HOLDS
from bestand.prose.messages import _, _n, _s, listing, number
from bestand.prose.phrases import party_names

if TYPE_CHECKING:
    from bestand.model.model import Model
    from bestand.plan.ruling_values import Ruling
    from bestand.questions.claims.answer import Claims
    from bestand.questions.plans.answer import Plans
    from bestand.questions.report.answer import Report
    from bestand.questions.vary.conditions import Condition
    from bestand.questions.what_if.answer import Levers


def versions_title(ruling: Ruling) -> str:
    """Whether everybody says yes to any kind of versions."""
    good = sum(kind.deals == kind.states for kind in ruling.versions)
    if good:
        return _n("Everybody says yes to {n} kind of it", "Everybody says yes to {n} kinds of it", good)
    if ruling.deals:
        return _("Everybody says yes to some versions of it")
    if len(ruling.versions) == 1:
        return _("Somebody is against every version of it")
    return _("Each kind of it has somebody against it")


def standings_title(ruling: Ruling) -> str:
    """What comes without a deal, and whether a deal is another thing."""
    stays = ruling.no_deal == (ruling.terms.start,)
    match ruling.kind, stays:
        case "stands", _stays:
            return _("It is so today, and nobody ends it")
        case "comes-by-itself", _stays:
            return _("Left alone, things come to it")
        case "deal", True:
            return _("Left alone, nothing changes; a deal would change that")
        case "deal", False:
            return _("Left alone, things go another way than a deal would")
        case "deal-not-kept", _stays:
            return _("A deal would be signed, and not kept")
        case _kind, True:
            return _("Left alone, nothing changes")
        case _:
            return _("Without a deal, things do not stay as they are")


def turns_title(report: Report) -> str:
    """How many answers to open questions would change the verdict, each by itself."""
    still = len(report.result.model.open_still(report.readings))
    turns = report.result.turns
    if turns is None:
        return _n("{n} question is left open", "{n} questions are left open", still)
    if not turns:
        return _n(
            "No other answer to the question left open would change the verdict",
            "No other answer to the {n} questions left open changes the verdict by itself",
            still,
        )
    return _n(
        "Other answers to {n} question left open would change the verdict: {turning}",
        "Other answers to the {n} questions left open would change the verdict by themselves: {turning}",
        still,
        turning=number(len(turns)),
    )


def levers_title(levers: Levers) -> str:
    """How many single changes alter the verdict."""
    turning = sum(levers.changes_verdict(tried) for tried in levers.tried if not tried.decides)
    if not turning:
        return _("No single change alters the verdict")
    return _n(
        "{n} single change of {of} would alter the verdict",
        "{n} single changes of {of} would alter the verdict",
        turning,
        of=number(len(levers.tried)),
    )


def claims_title(claims: Claims) -> str:
    """How many conclusions follow."""
    found = claims.findings
    holding = sum(result.answer.verdict == "holds" for result in found)
    if not holding:
        return _n("The conclusion does not follow", "None of {n} conclusions follows", len(claims.results))
    return _n(
        "{holding} of {n} conclusion follows",
        "{holding} of {n} conclusions follow",
        len(claims.results),
        holding=number(holding),
    )


def plans_title(plans: Plans | None) -> str:
    """Which of several plans hold."""
    if plans is None:
        return _("Which plan holds?")
    holding = [id for id, ruling in plans.rulings.items() if ruling.kind in HOLDS]
    if not holding:
        return _("None of the plans holds")
    if len(holding) == len(plans.rulings):
        return _("Every plan holds")
    return _n(
        "Of {of} plans, only {plans} holds",
        "Of {of} plans, {plans} hold",
        len(holding),
        of=number(len(plans.rulings)),
        plans=listing(holding),
    )


def refusals_title(model: Model, ruling: Ruling) -> str:
    """Who stands in the way of the plan, or breaks it."""
    if ruling.kind == "deal-not-kept" and ruling.lean:
        breaking = [party for party, keeper in ruling.lean[0].by.items() if keeper.how == "breaks"]
        if breaking:
            return _s("Only {party} breaks it", "Only {party} break it", party_names(model, breaking))
    if ruling.lean:
        return _("What each gives and gets, and what keeps it")
    if ruling.blocking:
        names = party_names(model, ruling.blocking[0])
        return _("No version of it passes {parties}", parties=names)
    return _("Does it hold?")


def drift_title(report: Report) -> str:
    """Where single moves come to rest."""
    drift = report.result.drift
    resting = drift[0].resting if drift else None
    if resting is None:
        return _("Where it goes from here")
    if not resting:
        return _("Step by step, it comes to no rest")
    return _n("Step by step, it comes to rest in {n} way", "Step by step, it comes to rest in {n} ways", resting)


def sure_title(report: Report) -> str:
    """Whether what is open changes the verdict."""
    varied = report.varied
    if varied is None or varied.plan is None or not varied.plan.kinds:
        return _("How sure that is")
    if sum(share.count != 0 for share in varied.plan.kinds.values()) == 1:
        return _("The verdict is the same whatever is right of what is open")
    return _("The verdict hangs on what is open")


def deal_title(condition: Condition) -> str:
    """In how many combinations of what is open there is a deal."""
    if not condition.combinations:
        return _("Whatever is right of what is open, there is no deal")
    if condition.combinations == condition.of:
        return _("Whatever is right of what is open, there is a deal")
    return _n(
        "There is a deal in {found} of {n} combination of what is open",
        "There is a deal in {found} of {n} combinations of what is open",
        condition.of,
        found=number(condition.combinations),
    )
