"""The factories make valid objects of every model, so that a failing test is about the site."""

import pytest
from django.apps import apps

from ecosystem.models import index
from tests.factories import DRAFTS, OTHERS, PUBLISHED

pytestmark = pytest.mark.django_db

ALL = [*DRAFTS.values(), *PUBLISHED.values(), *OTHERS.values()]


@pytest.mark.parametrize("factory", ALL, ids=lambda factory: factory.__name__)
def test_factory_makes_a_valid_object(factory):
    made = factory()
    made.full_clean(exclude=["password"] if factory._meta.model.__name__ == "User" else None)
    assert factory._meta.model.objects.filter(pk=made.pk).exists()


def test_every_model_has_a_factory():
    """Save those of the index, which are made of others."""
    with_factory = {*DRAFTS, *OTHERS}
    models = apps.get_app_config("ecosystem").get_models()
    assert with_factory == {model for model in models if model.__module__ != index.__name__}


def test_published_factories_make_public_objects():
    assert {model.__name__: factory().is_public for model, factory in PUBLISHED.items()} == {
        model.__name__: True for model in DRAFTS
    }
