"""What operators and editors can set and run stands in the documents."""

import ast
import re

from tests.project import source_code as code

SETTINGS = code.ROOT / "shanghai_tech" / "settings.py"
COMMANDS = code.ROOT / "ecosystem" / "management" / "commands"


def readme() -> str:
    return (code.ROOT / "README.md").read_text(encoding="utf-8")


def settings_read() -> set[str]:
    """The variables that settings.py takes from the environment: env.switch("DEBUG", …)."""
    calls = [call for call in code.calls_of(code.tree_of(SETTINGS)) if code.chain_of(call)[:1] == ["env"]]
    return {call.args[0].value for call in calls if call.args and isinstance(call.args[0], ast.Constant)}


def test_every_setting_stands_in_the_readme():
    assert {name for name in settings_read() if f"`{name}`" not in readme()} == set()


def test_settings_that_are_read_are_found():
    assert {"DATA_DIR", "SITE_URL", "DATABASE_URL"} <= settings_read()


def test_every_command_stands_in_the_readme():
    commands = {path.stem for path in COMMANDS.glob("*.py")} - {"__init__"}
    assert {name for name in commands if f"`{name}`" not in readme()} == set()


def test_every_make_target_stands_in_the_readme():
    targets = re.findall(r"^([a-z]+):.*## ", (code.ROOT / "Makefile").read_text(), flags=re.MULTILINE)
    assert {name for name in targets if f"make {name}" not in readme()} - {"help"} == set()


def test_files_that_documents_name_exist():
    """Links between documents, and paths in them, go somewhere."""
    broken = []
    for path in code.tracked_files():
        if path.suffix == ".md":
            for target in re.findall(r"\]\(([^)#:\s]+)(?:#[^)]*)?\)", path.read_text(encoding="utf-8")):
                if not (path.parent / target).exists():
                    broken.append(f"{code.name_of(path)}: {target}")
    assert broken == []
