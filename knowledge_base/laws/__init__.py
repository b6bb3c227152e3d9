"""The index of articles, embedded."""
