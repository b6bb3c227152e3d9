"""Hearing and speaking on the telephone; nothing of it is built yet."""
