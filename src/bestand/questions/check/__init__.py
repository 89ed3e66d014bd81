"""What is wrong or doubtful in a model file, told with its places; `bestand.doubts` finds what is doubtful."""
