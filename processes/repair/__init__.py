"""信用修复: one application, once, in one place, on time, everywhere."""
