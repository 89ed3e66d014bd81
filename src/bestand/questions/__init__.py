"""One folder a question: its answer, words, data and pictures, and the mathematics of its own."""
