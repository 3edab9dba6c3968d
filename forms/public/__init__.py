"""What anyone may see without an account."""
