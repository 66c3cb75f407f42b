"""How properties are searched for counterexamples: the same way at every run, without a limit of time."""

from hypothesis import settings

settings.register_profile("repeatable", derandomize=True, deadline=None, database=None, max_examples=200)
settings.load_profile("repeatable")
