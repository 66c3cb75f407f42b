"""The secret key of an installation."""

import stat
from concurrent.futures import ThreadPoolExecutor

import pytest

from shanghai_tech import secret_key
from shanghai_tech.environment import InvalidSettings


def test_kept_makes_a_key_once_that_only_its_owner_may_read(tmp_path):
    path = tmp_path / "secret_key"
    made = secret_key.kept(path)
    assert len(made) >= 50
    assert secret_key.kept(path) == made
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_kept_gives_one_key_to_all_who_ask_at_once(tmp_path):
    with ThreadPoolExecutor(16) as pool:
        keys = list(pool.map(secret_key.kept, [tmp_path / "secret_key"] * 64))
    assert len(set(keys)) == 1


def test_kept_refuses_a_key_that_was_cut_short(tmp_path):
    path = tmp_path / "secret_key"
    path.write_text("cut")
    with pytest.raises(InvalidSettings, match="SECRET_KEY: is cut short in .* remove that file"):
        secret_key.kept(path)
