"""Recognisers: what turns the caller's sound into words."""
