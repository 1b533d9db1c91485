"""The nouns of the care desk and their rules. Pure: no I/O, no clock, no globals."""
