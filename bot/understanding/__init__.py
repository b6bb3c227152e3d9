"""Reads plain facts out of what a citizen says: amounts, durations, dates, people, places, yes and no, danger."""
