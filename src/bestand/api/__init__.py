"""What a script sees, a module for each thing that one can ask. The package `bestand` exports it."""
