"""The expression language of topics: its types, what it is evaluated with, its tree and its reader."""
