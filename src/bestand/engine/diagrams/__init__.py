"""Decision diagrams: sets of states far too many to list. A handful of operations, and packages that provide them."""
