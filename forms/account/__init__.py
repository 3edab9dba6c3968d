"""Signing in, out, and choosing whom one acts for."""
