"""Processes that are asked line by line: each holds what it once has read, as those of a running site do."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.sites import ROOT, environment

READY = "ready"


class Process:
    """A process that has said that it is ready; it answers each line with one."""

    def __init__(self, place: Path, arguments: Sequence[str], **variables: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            env=environment(place) | variables,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        if self._process.stdout.readline().strip() != READY:
            raise RuntimeError("The process that answers did not start.")

    def say(self, line: str) -> str:
        self._process.stdin.write(f"{line}\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def ask(self, path: str, *, may_be_missing: bool = False) -> float:
        """The milliseconds of processor time that a server of pages spends on one answer."""
        asked = {"path": path, "times": 1, "may_be_missing": may_be_missing}
        (spent,) = json.loads(self.say(json.dumps(asked)))
        return spent

    def close(self) -> None:
        self._process.stdin.close()
        self._process.wait()
