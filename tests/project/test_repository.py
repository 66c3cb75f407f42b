"""What git keeps holds on any machine: no host, no index and no path of the machine that it was written on."""

import re
from pathlib import Path

import pytest

from tests.project import source_code as code

LOCKS = sorted((code.ROOT / "requirements").glob("*.txt"))
# Where people and machines keep their own files; an address on the web may have such a part.
OWN_PATHS = re.compile(r"(?<![\w.%-])/(?:home|Users|root|work|tmp|mnt|private)/[\w.-]+")


def texts() -> list[tuple[str, str]]:
    found = []
    for path in code.tracked_files():
        try:
            found.append((code.name_of(path), path.read_text(encoding="utf-8")))
        except UnicodeDecodeError:
            continue  # pictures and fonts
    return found


def test_no_file_names_a_path_of_a_machine():
    own = [re.compile(re.escape(str(place))) for place in {code.ROOT, Path.home()} if len(place.parts) > 2]
    found = [
        f"{name}: {match[0]}"
        for name, text in texts()
        for pattern in (OWN_PATHS, *own)
        for match in pattern.finditer(text)
    ]
    assert found == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_lock_file_names_no_host_no_index_and_no_path(path):
    """Requirements come from wherever the reader's pip is told; the hashes say that they are the same."""
    text = path.read_text()
    assert (
        re.findall(r"https?://\S+|\bfile:\S+|--(?:extra-)?index-url.*|--find-links.*|--trusted-host.*", text)
        == []
    )
    assert re.findall(r"^\s*(?:-[a-z]\b|--(?!hash).*|\.{0,2}/).*", text, flags=re.MULTILINE) == []


@pytest.mark.parametrize("path", LOCKS, ids=lambda path: path.name)
def test_lock_file_pins_and_hashes_everything(path):
    blocks = re.sub(r"\\\n", " ", path.read_text()).splitlines()
    required = [line for line in blocks if line.strip() and not line.lstrip().startswith("#")]
    assert required
    unfixed = [line for line in required if not re.match(r"\S+==\S+ .*--hash=sha256:[0-9a-f]{64}", line)]
    assert unfixed == []


def test_nothing_that_a_running_site_makes_is_kept():
    endings = (".sqlite3", ".sqlite3-wal", ".pyc", ".log", ".mo~")
    kept = [code.name_of(path) for path in code.tracked_files()]
    assert [name for name in kept if name.endswith(endings) or name.startswith(("var/", ".venv/"))] == []
