"""The law: articles and their validity, search, citations and deadlines."""
