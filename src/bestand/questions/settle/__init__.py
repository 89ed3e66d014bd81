"""The inverse question: which changes would make a wanted state an equilibrium."""
