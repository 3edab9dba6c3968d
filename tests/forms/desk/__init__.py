"""The other side of the counter."""
