"""The cost of looking for names in long texts, on either database."""

from tests.domain.checklist.found import found_by
from tests.factories import DraftArticleFactory, PublishedOrganizationFactory


def test_long_text_asks_for_names_in_three_queries(either_database, django_assert_max_num_queries):
    PublishedOrganizationFactory(name="Fudan University", name_zh="复旦大学")
    body = (
        "<p>"
        + "上海的科技企业与复旦大学共同建设研发平台。" * 100
        + "He left Fudan University. " * 100
        + "</p>"
    )
    article = DraftArticleFactory(body=body)
    with django_assert_max_num_queries(12):
        assert len(found_by("names", article)) == 1
