"""The settings as an operator meets them: what is refused, and what is said."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from shanghai_tech.environment import Environment, InvalidSettings

BASE = Path(__file__).resolve().parents[2]


def problems(read) -> dict[str, str]:
    env = Environment()
    read(env)
    with pytest.raises(InvalidSettings) as caught:
        env.finish()
    return caught.value.problems


@pytest.mark.parametrize(
    ("parser", "value", "said"),
    [
        ("switch", "perhaps", "should be 1 or 0, not 'perhaps'"),
        ("host", "a b", "should be an address or name of this machine"),
        ("site_url", "example.org", "should be an address such as https://www.example.org"),
        ("site_url", "ftp://example.org", "should be an address that starts with http:// or https://"),
        ("site_url", "https://", "should be an address such as https://www.example.org"),
        ("site_url", "https://example.org:port", "should be an address such as https://www.example.org"),
        ("site_url", "https://example.org/site/", "should be an address without a path"),
        ("host_names", "example.org,https://example.com", "should be host names"),
        ("networks", "10.0.0.5/8", "should be addresses or networks"),
        ("user_name", "a b", "should be at most 150 letters"),
        ("email_address", "nobody", "should be an email address"),
        ("key", "short", "should be at least 50 random characters"),
        ("cache", "memcached://host", "should be redis://"),
        ("mail", "pigeon://host", "should be submission://"),
        ("mail", "submission://", "should be submission://"),
    ],
)
def test_environment_says_what_a_bad_value_should_be(monkeypatch, parser, value, said):
    monkeypatch.setenv("SETTING", value)
    assert problems(lambda env: getattr(env, parser)("SETTING", ""))["SETTING"].startswith(said)


@pytest.mark.parametrize("value", ["eight", "0", "65536", "80.5", "-1", "٨٠٠٠"])
def test_environment_refuses_a_port_that_is_none(monkeypatch, value):
    monkeypatch.setenv("PORT", value)
    said = problems(lambda env: env.whole_number("PORT", "8000", least=1, most=65535))
    assert said == {"PORT": f"should be a whole number from 1 to 65535, not {value!r}"}


@pytest.mark.parametrize("url", ["mysql://u:hidden@host/db", "no address", "http://[", "postgresql"])
def test_environment_refuses_other_databases_and_shows_no_password(monkeypatch, url):
    monkeypatch.setenv("DATABASE_URL", url)
    said = problems(lambda env: env.database("DATABASE_URL", "", base=BASE))
    assert said == {
        "DATABASE_URL": "should be postgresql://user:password@host:5432/name or sqlite:////path/of/a/file"
    }


def test_environment_refuses_a_data_directory_that_is_a_file(monkeypatch, tmp_path):
    file = tmp_path / "file"
    file.touch()
    monkeypatch.setenv("DATA_DIR", str(file))
    said = problems(lambda env: env.directory("DATA_DIR", "var", base=BASE))
    assert said["DATA_DIR"].startswith("should be a directory that exists or can be made")


def test_environment_names_all_bad_values_at_once(monkeypatch):
    monkeypatch.setenv("DEBUG", "perhaps")
    monkeypatch.setenv("HOST", "a b")
    assert set(problems(lambda env: (env.switch("DEBUG", "0"), env.host("HOST", "::1")))) == {"DEBUG", "HOST"}


def test_environment_takes_an_empty_variable_as_not_set(monkeypatch):
    monkeypatch.setenv("HOST", "")
    assert Environment().host("HOST", "127.0.0.1") == "127.0.0.1"


@pytest.mark.parametrize(
    ("value", "address"),
    [
        ("https://www.example.org/", "https://www.example.org"),
        ("http://[::1]:8000", "http://[::1]:8000"),
        ("HTTPS://Example.org", "https://example.org"),
    ],
)
def test_environment_takes_a_site_address_without_its_last_slash(monkeypatch, value, address):
    monkeypatch.setenv("SITE_URL", value)
    assert Environment().site_url("SITE_URL", "") == address


def test_environment_keeps_sqlite_options_for_a_database_elsewhere(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path}/other.sqlite3")
    database = Environment().database("DATABASE_URL", "", base=BASE)
    assert database["NAME"] == tmp_path / "other.sqlite3"
    assert database["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def manage(*arguments: str, **environment: str) -> subprocess.CompletedProcess:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=BASE,
        env=os.environ | {"DJANGO_SETTINGS_MODULE": "shanghai_tech.settings"} | environment,
        capture_output=True,
        text=True,
        check=False,
    )


def test_manage_answers_bad_settings_with_one_message_and_2(tmp_path):
    ended = manage("check", DATA_DIR=str(tmp_path), PORT="eight", DEBUG="perhaps")
    assert ended.returncode == 2
    assert ended.stderr.splitlines() == [
        "These settings, read from the environment, cannot be used:",
        "  DEBUG: should be 1 or 0, not 'perhaps'",
        "  PORT: should be a whole number from 1 to 65535, not 'eight'",
    ]


def test_settings_pass_the_checks_of_a_public_site(tmp_path):
    environment = {"DATA_DIR": str(tmp_path), "SITE_URL": "https://www.example.org"}
    ended = manage("check", "--deploy", "--fail-level", "WARNING", **environment)
    assert (ended.returncode, ended.stderr) == (0, "")
