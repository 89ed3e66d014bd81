"""The answer for people: words, tables and plain data."""
