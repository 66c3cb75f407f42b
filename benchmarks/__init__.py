"""Measurements of what must be quick; each module is run by `make bench`, and none by the tests."""
