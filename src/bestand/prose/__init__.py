"""Words: messages in every language, names, phrases and numbers. Knows the model and no engine."""
