"""Commands of `python -m knowledge_base`, one module each."""
