"""What the search is worth: benchmarks and timings."""
