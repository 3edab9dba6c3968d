"""The journal: evidence, not a log. Append-only, chained per case, tied to every state change."""
