"""How calls reach us: every transport ends in a `MediaSession`."""
