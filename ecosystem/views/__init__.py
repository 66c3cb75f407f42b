"""Layer 3, views: the public pages; they translate a request into a template's context and nothing more."""
