"""Layer 0, values: pure Python without Django models, databases or settings."""
