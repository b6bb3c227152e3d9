"""Everything imported, merged, and the index that is built from it."""
