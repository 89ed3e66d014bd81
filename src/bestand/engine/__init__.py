"""What can happen: states, moves and ranks as arrays, and the closure operators on them."""
