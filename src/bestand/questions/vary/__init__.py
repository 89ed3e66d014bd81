"""How sure it all is: every answer under every combination of what is open, or under a sample of them."""
