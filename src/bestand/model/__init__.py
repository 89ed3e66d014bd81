"""What the analyst says: parties, options, rules, outcomes, preferences, readings, claims. Frozen values, no arrays."""
