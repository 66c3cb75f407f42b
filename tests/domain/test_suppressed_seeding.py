"""The next seed brings nothing back that was suppressed."""

import pytest

from ecosystem.domain import suppression
from ecosystem.domain.seed_rows import hidden_key
from ecosystem.domain.seeding import seed
from ecosystem.domain.suppressed_records import places_of
from ecosystem.models import Observation, Organization, OrganizationName, SeededKey
from ecosystem.values.cutting import Cutter
from tests.domain.test_seeding import ALL, row, write  # noqa: F401 — a fixture

pytestmark = pytest.mark.django_db
SAID = {"ground": "court-order", "reference": "order 7", "notice": "It was removed."}
NAMED = [
    *ALL,
    row("organizationname", organization=["fabco"], text="Li Ming Works", language="en", kind="former"),
    row("citation", uid="organization/fabco/Li Ming", organization=["fabco"], source=["bulletin"], note="Li Ming"),
]  # fmt: skip


def test_suppressed_value_stays_away(write, editor):  # noqa: F811
    seed(write())
    suppression.suppress_value(Observation.objects.get(period="2024"), by=editor, **SAID)
    report = seed(write())
    assert (sum(report.seeded.values()), Observation.objects.filter(period="2024").exists()) == (0, False)


def test_same_value_under_another_key_is_kept_out_too(write, editor):  # noqa: F811
    seed(write())
    suppression.suppress_value(Observation.objects.get(period="2024"), by=editor, **SAID)
    again = row(
        "observation", uid="firms/2024/bulletin-2", metric=["firms"], period="2024", value="100",
        standing="reported", source=["bulletin"], status="published",
    )  # fmt: skip
    other_year = row(
        "observation", uid="firms/2025/bulletin", metric=["firms"], period="2025", value="120",
        standing="reported", source=["bulletin"], status="published",
    )  # fmt: skip
    report = seed(write([*ALL, again, other_year]))
    assert report.notes == [
        "observation firms/2024/bulletin-2: not seeded, a value of this metric and period was suppressed."
    ]
    assert list(Observation.objects.order_by("period").values_list("period", flat=True)) == ["2023", "2025"]


def test_suppressed_words_stay_away_although_keys_were_made_of_them(write, editor):  # noqa: F811
    seed(write(NAMED))
    fabco = Organization.objects.get(slug="fabco")
    suppression.suppress_text(fabco, "Li Ming", by=editor, **SAID)
    report = seed(write(NAMED))
    assert (report.notes, sum(report.seeded.values())) == ([], 0)
    assert places_of(Cutter(["Li Ming"])) == []
    assert not [key.key for key in SeededKey.objects.all() if "Li Ming" in key.key]
    assert sorted(OrganizationName.objects.values_list("text", flat=True)) == ["FC", "Works"]


def test_row_that_needs_a_suppressed_key_is_left_out(write, editor):  # noqa: F811
    """The ledger knows a hidden key, so that a link to it is gone and not an error."""
    seed(write())
    SeededKey.objects.filter(kind="organization", key="fabco").update(key=hidden_key("organization", "fabco"))
    Organization.objects.get(slug="fabco").delete()
    later = row("organizationname", organization=["fabco"], text="FabCo Ltd", language="en", kind="legal")
    report = seed(write([*ALL, later]))
    assert [note for note in report.notes if "FabCo Ltd" in note] == [
        "organizationname fabco / FabCo Ltd / legal: not seeded, because it needs organization fabco, "
        "which was seeded once and has been renamed or deleted since."
    ]
