"""The factories make valid objects of every model, so that a failing test is about the site."""

import pytest
from django.apps import apps

from tests.factories import DRAFTS, OTHERS, PUBLISHED

pytestmark = pytest.mark.django_db

ALL = [*DRAFTS.values(), *PUBLISHED.values(), *OTHERS.values()]


@pytest.mark.parametrize("factory", ALL, ids=lambda factory: factory.__name__)
def test_factory_makes_a_valid_object(factory):
    made = factory()
    made.full_clean(exclude=["password"] if factory._meta.model.__name__ == "User" else None)
    assert factory._meta.model.objects.filter(pk=made.pk).exists()


def test_every_model_has_a_factory():
    with_factory = {*DRAFTS, *OTHERS}
    assert with_factory == set(apps.get_app_config("ecosystem").get_models())


def test_published_factories_make_public_objects():
    assert {model.__name__: factory().is_public for model, factory in PUBLISHED.items()} == {
        model.__name__: True for model in DRAFTS
    }
