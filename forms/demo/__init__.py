"""The demonstration: an invented league, told through the real commands."""
