"""Who speaks: whether the caller does, and whether they are done."""
