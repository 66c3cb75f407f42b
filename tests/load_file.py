"""The large list of real organizations that tests and benchmarks read where it is at hand; no part of the project."""

import os
from pathlib import Path

import pytest

NOT_SET = "This test reads a large file of organizations; name it in the environment as LOAD_FILE."


def load_file() -> Path:
    """The file, or a skipped test."""
    name = os.environ.get("LOAD_FILE", "")
    if not name:
        pytest.skip(NOT_SET)
    return Path(name).resolve()
