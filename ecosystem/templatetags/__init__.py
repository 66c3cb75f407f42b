"""Layer 3, template tags: how records are written in templates."""
