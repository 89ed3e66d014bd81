"""The whole answer as a document."""
