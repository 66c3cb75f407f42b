"""The serve command: what it prepares, and what it refuses before it begins."""

import socket

import pytest
from django.core.management import CommandError, call_command

from ecosystem.domain.index import versions
from ecosystem.domain.search import search
from ecosystem.management.commands import serve
from ecosystem.models import FigureReference, IndexState, SearchDocument, User
from tests.factories import PublishedArticleFactory, PublishedObservationFactory


def without_seed(name: str, *arguments: str, **options) -> None:
    if name != "seed":
        call_command(name, *arguments, **options)


class Behind(serve.MigrationExecutor):
    """A database that an earlier version has left."""

    def migration_plan(self, *_targets) -> list[str]:
        return ["a migration of this version"]


@pytest.fixture
def started(monkeypatch, settings, tmp_path) -> list[str]:
    """Addresses at which a server was started; none really is. The seed has tests of its own."""
    addresses = []
    monkeypatch.setattr(serve, "become_server", addresses.append)
    monkeypatch.setattr(serve, "call_command", without_seed)
    # The test's own transaction lives on this connection; on PostgreSQL closing it would end the test.
    monkeypatch.setattr(serve.connection, "close", lambda: None)
    settings.STATIC_ROOT = tmp_path / "static"
    settings.STATIC_ROOT.mkdir()
    with socket.create_server(("127.0.0.1", 0)) as free:
        settings.PORT = free.getsockname()[1]
    return addresses


def test_serve_prepares_once_and_starts_the_server(db, started, settings, capsys):
    call_command("serve")
    first = capsys.readouterr().out
    assert "Collecting and compressing the static files" in first
    assert "First administrator: admin" in first
    assert f"Shanghai Tech is at {settings.SITE_URL}/" in first
    password = User.objects.get().password

    call_command("serve")
    second = capsys.readouterr().out
    assert "Collecting" not in second
    assert "administrator" not in second
    assert User.objects.get().password == password
    assert started == ["127.0.0.1", "127.0.0.1"]


def test_serve_collects_static_files_again_when_one_changed(db, started, settings, tmp_path, capsys):
    settings.STATICFILES_DIRS = [tmp_path / "source"]
    (tmp_path / "source").mkdir()
    call_command("serve")
    (tmp_path / "source" / "new.css").write_text("p { color: red }")
    capsys.readouterr()
    call_command("serve")
    assert "Collecting" in capsys.readouterr().out
    assert (settings.STATIC_ROOT / "new.css").exists()


def test_upgrade_records_anew_which_page_shows_which_figure(db, started, monkeypatch):
    metric = PublishedObservationFactory().metric
    PublishedArticleFactory(
        body=f'<p>It has <figure-ref metric="{metric.slug}"></figure-ref>.</p>', body_zh=""
    )
    call_command("serve")
    assert FigureReference.objects.count() == 0
    monkeypatch.setattr(serve, "MigrationExecutor", Behind)
    call_command("serve")
    assert [row.shown for row in FigureReference.objects.all()] == [metric]


def test_upgrade_makes_an_index_that_was_never_made_or_made_otherwise(db, started, monkeypatch, capsys):
    """Of a site that was filled before there was an index, or while documents were made in another way."""
    PublishedArticleFactory(title="Lithography")
    for model in (IndexState, SearchDocument):
        model.objects.all().delete()
    call_command("serve")
    assert "Making the index of the search ...\nThe index has 1 documents." in capsys.readouterr().out
    assert search("lithography").count == 1
    call_command("serve")
    assert "index" not in capsys.readouterr().out
    monkeypatch.setattr(versions, "WAY", versions.WAY + 1)
    call_command("serve")
    assert "Making the index" in capsys.readouterr().out


def test_serve_names_a_taken_port_before_any_work(db, started, settings):
    with socket.create_server(("127.0.0.1", 0)) as taken:
        settings.PORT = taken.getsockname()[1]
        with pytest.raises(
            CommandError, match=rf"PORT {settings.PORT}: another program listens there"
        ) as caught:
            call_command("serve")
    assert caught.value.returncode == 2
    assert not User.objects.exists()
    assert not started


@pytest.mark.parametrize(
    ("host", "said"),
    [("192.0.2.1", "this machine has no such address"), ("name.invalid", "no such name is known")],
)
def test_serve_names_a_host_that_is_not_here(started, settings, host, said):
    settings.HOST = host
    with pytest.raises(CommandError, match=f"HOST {host}, PORT .*: {said}") as caught:
        call_command("serve")
    assert caught.value.returncode == 2


def test_serve_refuses_a_weak_first_password(db, started, settings):
    settings.ADMIN_PASSWORD = "admin"
    with pytest.raises(CommandError, match="ADMIN_PASSWORD make no administrator: .*too short") as caught:
        call_command("serve")
    assert caught.value.returncode == 2
    assert not started
