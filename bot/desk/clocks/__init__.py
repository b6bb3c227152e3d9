"""Clocks of the desk: business time, targets, statutory terms, and what happens when they run out."""
