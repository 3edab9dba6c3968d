"""Subjects, their records, where these are published, and the measures that rest on them."""
