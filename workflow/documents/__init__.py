"""Documents 材料 and letters 文书: bytes that are kept as they were, forever."""
