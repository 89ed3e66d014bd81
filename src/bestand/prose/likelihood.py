"""Words for how likely something is: the scale of Intelligence Community Directive 203, and no other.

The scale says how likely a thing is, never how sure somebody is of that; what a share rests on is said in a sentence of
its own. A boundary that two bands share belongs to the one that is farther from an even chance. What is so in none of
the cases looked at, or in all of them, is counted and gets no word of the scale: the scale ends at 1 and 99 percent.

Sources: ICD 203, Analytic Standards (Office of the Director of National Intelligence 2015), section D.6.e(2)(a).
"""

from __future__ import annotations

import itertools
from fractions import Fraction

from .messages import _, _p

BOUNDS = (
    Fraction(5, 100),
    Fraction(20, 100),
    Fraction(45, 100),
    Fraction(55, 100),
    Fraction(80, 100),
    Fraction(95, 100),
)


def band(share: float | Fraction) -> int:
    """Tell which band of the scale a share lies in: 0 (almost no chance) to 6 (almost certain).

    Parameters
    ----------
    share : float or Fraction
        0 to 1. A float is taken for the decimal number that it prints as, so that 0.05 is a boundary.

    Examples
    --------
    >>> band(0.05), band(0.2), band(0.45), band(0.5), band(0.55), band(0.8), band(0.95)
    (0, 1, 2, 3, 4, 5, 6)
    """
    exact = Fraction(repr(float(share))) if isinstance(share, float) else Fraction(share)
    return sum(exact > bound for bound in BOUNDS[:3]) + sum(exact >= bound for bound in BOUNDS[3:])


def likelihood_words(share: float | Fraction) -> str:
    """Tell what the scale calls a share between 0 and 1: "likely".

    Examples
    --------
    >>> likelihood_words(0.62), likelihood_words(0.5)
    ('likely', 'roughly even chance')
    """
    return scale()[band(share)]


def between_words(low: float, high: float) -> str:
    """Tell what the scale calls a share that lies between two: one band, or from one to another.

    Examples
    --------
    >>> between_words(0.6, 0.7), between_words(0.5, 0.7)
    ('likely', 'roughly even chance to likely')
    """
    if band(low) == band(high):
        return likelihood_words(low)
    return _("{low} to {high}", low=likelihood_words(low), high=likelihood_words(high))


def scale() -> tuple[str, ...]:
    """The words of the scale, the least likely first."""
    return (
        _p("likelihood", "almost no chance"),
        _p("likelihood", "very unlikely"),
        _p("likelihood", "unlikely"),
        _p("likelihood", "roughly even chance"),
        _p("likelihood", "likely"),
        _p("likelihood", "very likely"),
        _p("likelihood", "almost certain"),
    )


def bounds_words() -> tuple[str, ...]:
    """The percentages of each word of `scale`, in the same order."""
    edges = [1, *(int(100 * bound) for bound in BOUNDS), 99]
    return tuple(
        _p("percentages of a likelihood", "{low} to {high}%", low=low, high=high)
        for low, high in itertools.pairwise(edges)
    )
