"""What follows: evolution, patterns, witnesses, claims, and what is doubtful in a model."""
