"""The outbox: what an act tells the outside, written in the act's own transaction."""
