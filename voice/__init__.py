"""Hearing and speaking on the telephone."""
