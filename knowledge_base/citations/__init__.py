"""References to law: read, named, verified, led to today's article."""
