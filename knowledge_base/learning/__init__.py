"""Learns the ranking and its word vectors."""
