"""Layer 2, domain: what the system does; verbs in noun modules."""
