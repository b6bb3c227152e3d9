"""Documents beside the law: cases, guides, answers, institutions; their index and their search."""
