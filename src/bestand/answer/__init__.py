"""What answers share: how one is told, what a caller gives, and the pieces of its data."""
