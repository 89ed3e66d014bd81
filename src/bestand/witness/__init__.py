"""Why a verdict is what it is: witnesses, how they are found, and how they are checked."""
