"""What `tools/mutate.py` makes of the sources, and which tests have to notice it."""
