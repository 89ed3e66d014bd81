"""Which premises carry a conclusion: what has to be different for a claim's verdict to be another one."""
