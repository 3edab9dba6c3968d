"""Composition of the house: settings, addresses, processes; nothing here knows the law."""
