"""The groups of the roles, on either database."""

from django.contrib.auth.models import Group


def test_groups_are_made_on_both_databases(either_database):
    assert sorted(Group.objects.values_list("name", flat=True)) == ["Administrator", "Author", "Editor"]
    of_authors = Group.objects.get(name="Author").permissions
    assert of_authors.filter(codename="add_article").count() == 1
