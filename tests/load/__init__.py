"""Benchmarks: what `faxian bench` measures, side by side in one run."""
