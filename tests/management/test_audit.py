"""`manage.py audit`: addresses in the audit log have an end."""

import pytest
from django.core.management import CommandError, call_command

from ecosystem.models import AuditEntry

pytestmark = pytest.mark.django_db


def test_addresses_before_a_day_in_shanghai_are_emptied(capsys):
    for moment in ("2026-01-30T15:59:59Z", "2026-01-30T16:00:00Z"):
        AuditEntry.objects.create(act="change", at=moment, address="192.0.2.7")
    call_command("audit", "forget-addresses", "--before", "2026-01-31")
    assert capsys.readouterr().out == "1 entries from before 2026-01-31 have no address any more.\n"
    entries = AuditEntry.objects.order_by("at").values_list("act", "address", "detail")
    assert list(entries) == [
        ("change", None, ""),
        ("change", "192.0.2.7", ""),
        ("run", None, "audit forget-addresses --before 2026-01-31: 1"),
    ]


def test_bad_day_is_refused_with_advice():
    with pytest.raises(CommandError, match="31.1.2026 is no day; write it as 2026-01-31"):
        call_command("audit", "forget-addresses", "--before", "31.1.2026")
