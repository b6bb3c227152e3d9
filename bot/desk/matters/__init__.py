"""Matters: what a citizen came with, from its first message to its end."""
