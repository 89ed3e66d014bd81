"""How many examples a test draws that asks for its own number of them."""

import os


def examples(number: int) -> int:
    """So many; fewer where CI is set, which draws the same ones every time: a scheduled job draws others, and all."""
    return max(10, number * 2 // 5) if os.environ.get("CI") else number
