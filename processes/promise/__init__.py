"""信用承诺: so far the repair promise, with number, publication and liability."""
