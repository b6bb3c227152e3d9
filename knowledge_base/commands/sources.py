"""The sources that can be imported, told without importing what reads them."""

from __future__ import annotations

SOURCES = ("lawrefbook", "npc-docx", "cases", "institutions")
"""Names of `knowledge_base.sources.importers`, told without importing them."""
