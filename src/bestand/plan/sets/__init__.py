"""The verdict on a plan where nobody can list the states: the same definitions over sets of states as diagrams."""
