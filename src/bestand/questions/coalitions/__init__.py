"""What parties can do together: coalition improvements, the coalition forms of the concepts, and merged players."""
