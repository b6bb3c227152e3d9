"""Readers of the places law texts come from; each turns one source into SourceLaw records."""
