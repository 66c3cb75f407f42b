"""Makes comments for tests, on an organization that is public; a comment on another item is made by the domain."""

from factory import LazyAttribute, Sequence, SubFactory
from factory.django import DjangoModelFactory

from ecosystem.models import Comment
from tests import factories


class CommentFactory(DjangoModelFactory):
    class Meta:
        model = Comment

    kind = "organization"
    item_id = LazyAttribute(lambda _comment: factories.PublishedOrganizationFactory().pk)
    text = Sequence(lambda n: f"Name the source of sentence {n}.")
    author = SubFactory("tests.factories.EditorFactory")
    revision = SubFactory("tests.factories.RevisionFactory")
