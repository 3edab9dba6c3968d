"""Benchmarks that print ratios: ours against a named floor, measured in the same run."""
