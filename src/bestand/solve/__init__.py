"""From a model to verdicts, by the engine that suits it; many variants of a model side by side."""
