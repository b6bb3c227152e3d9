"""How the law changed and what cites it."""
