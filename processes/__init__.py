"""The law and the cases: one package each, all of the same shape."""
