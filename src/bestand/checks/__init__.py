"""Sentences put to a model: one by one with what was found, or many variants side by side for the verdict alone."""
