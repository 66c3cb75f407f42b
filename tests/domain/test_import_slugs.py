"""Addresses of imported organizations: from names, in the letters of addresses, each once."""

import pytest
from django.core.validators import validate_slug

from ecosystem.domain.import_rows import Entry
from ecosystem.domain.import_slugs import slugs_for
from ecosystem.domain.renaming import rename
from tests.factories import PublishedOrganizationFactory


def entry(name: str, key: str = "key") -> Entry:
    return Entry(2, "ror", key, name, "", "other", "", "", (), 0)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Fudan University", "fudan-university"),
        ("M&S Food, Inc. (U.K.)", "ms-food-inc-uk"),
        ("People's_Bank -- of/China", "peoples-bank-of-china"),
        ("Społem Łódź – Ærø", "spolem-lodz-aero"),
        ("Université de Genève", "universite-de-geneve"),
        ("Ｗｉｄｅ Ｂａｎｋ", "wide-bank"),
        ("上海交通大学", "shang-hai-jiao-tong-da-xue"),
        ("闵行区", "min-hang-qu"),  # as the region says it
        ("長寧區", "chang-ning-qu"),
        ("重庆银行", "chong-qing-yin-hang"),
        ("ABB中国", "abb-zhong-guo"),
        ("АО «Транснефть»", "ror-key"),
        ("A Московский университет", "ror-key"),  # one letter tells nothing
        ("&", "ror-key"),
        ("Compare", "compare-key"),  # where organizations are compared
        ("2024", "2024"),
        ("word " * 30, ("word-" * 20).strip("-")),
        ("x" * 150, "x" * 100),
    ],
)
def test_address_of_a_name(name, slug):
    assert slugs_for([entry(name)]) == [slug]


@pytest.mark.django_db
def test_address_that_is_taken_is_followed_by_the_key():
    PublishedOrganizationFactory(slug="bank")
    assert slugs_for([entry("Bank", "a"), entry("Bank", "b"), entry("Bank a", "c")]) == [
        "bank-a",
        "bank-b",
        "bank-a-c",
    ]


@pytest.mark.django_db
def test_long_key_is_shortened_to_a_digest_and_the_address_stays_within_its_limit():
    first, second = slugs_for([entry("x" * 150, "a"), entry("x" * 150, "a long key of a register")])
    assert (len(first), len(second)) == (100, 100)
    assert second.startswith("x" * 91 + "-")


@pytest.mark.django_db
def test_address_with_the_key_may_be_taken_too():
    for slug in ("bank", "bank-a"):
        PublishedOrganizationFactory(slug=slug)
    [slug] = slugs_for([entry("Bank", "a")])
    assert slug.startswith("bank-") and len(slug) == len("bank-") + 12


@pytest.mark.django_db
def test_address_that_another_of_the_batch_was_given_is_asked_of_the_database_with_its_key():
    """The first two are one name, so the second gets its key; the third is called as the second is now."""
    PublishedOrganizationFactory(slug="bank-b-c")
    slugs = slugs_for([entry("Bank", "a"), entry("Bank", "b"), entry("Bank B", "c")])
    assert slugs[:2] == ["bank", "bank-b"]
    assert slugs[2] not in {"bank-b", "bank-b-c"}


@pytest.mark.django_db
def test_all_addresses_are_valid_and_each_stands_once():
    names = ["Łódź", "复旦", "Bank", "", "&&", "ß", "…", "Bank", "a" * 300, "ءا", "bank"]
    slugs = slugs_for([entry(name, f"k{number}:!{number}") for number, name in enumerate(names)])
    for slug in slugs:
        validate_slug(slug)
    assert len(set(slugs)) == len(names)


@pytest.mark.django_db
def test_address_that_leads_to_a_renamed_organization_is_taken():
    rename(PublishedOrganizationFactory(slug="bank"), "old-bank", by=None)
    assert slugs_for([entry("Bank", "a")]) == ["bank-a"]
