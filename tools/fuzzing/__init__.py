"""Kinds of random input: what makes one, and what puts it to the program and raises where something is not right.

Each kind is a module with ``make(random)`` and ``put(given)``; ``put`` returns in a word what came of it.
"""
