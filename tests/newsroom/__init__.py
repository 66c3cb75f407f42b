"""Several editors at once, each in a process of their own on one database."""
