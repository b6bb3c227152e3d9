"""Orders the candidates that an engine found: the same for every engine, learnt once, applied to any collection."""
