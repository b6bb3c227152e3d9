"""Interviews: topics written as data, turned into questions, findings and opinions."""
