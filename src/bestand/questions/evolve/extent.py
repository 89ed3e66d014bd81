"""How much of what was found is told in words, and so is always worked out."""

ENDS = 6  # that are told one by one
ROUNDS = 3  # that are told with an example
WANTED = 2  # states that satisfy what was asked for, with paths, beside the nearest equilibria among them
FEW = 16  # states that get a column each, all of them
COLUMNS = 64  # states that get a column where they are more, on the widest page
