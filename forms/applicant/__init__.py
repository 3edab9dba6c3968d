"""What a subject or its agent sees and does."""
