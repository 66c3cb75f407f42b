"""Lists that are asked for by the former slug of a topic, a place or an organization: the present one answers them."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, QueryDict

from ecosystem.domain.addresses import moved_slugs
from ecosystem.filters.organizations import COMPARED

# The parameters whose values are slugs, with the kind of item that has them.
SLUGS = {"topic": "topic", "district": "place", "park": "place", COMPARED: "organization"}
# No list is asked for by more; whoever sends thousands is not looked up.
MOST = 50


def moved_query(request: HttpRequest) -> HttpResponse | None:
    """Where the list stands that is asked for by former slugs; none where no value is one.

    Called only where a value is not known, so that lists without one pay nothing.
    """
    query = present_query(request.GET)
    if query is None:
        return None
    moved = HttpResponsePermanentRedirect(f"{request.path}?{query.urlencode()}")
    # A browser that kept it unasked would go round in circles when the item takes its old address back.
    moved.headers["Cache-Control"] = "no-cache"
    return moved


def present_query(asked: QueryDict) -> QueryDict | None:
    """The query string with present slugs in the places of former ones; none where it has no former one."""
    query, has_moved = asked.copy(), False
    for name, kind in SLUGS.items():
        given = asked.getlist(name)
        moved = moved_slugs(kind, [value.strip() for value in given[:MOST]])
        if moved:
            has_moved = True
            query.setlist(name, [moved.get(value.strip(), value) for value in given])
    return query if has_moved else None
