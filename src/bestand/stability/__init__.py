"""What holds: one module per stability concept, the definition first."""
