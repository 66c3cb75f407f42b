"""A small public site in which every kind of page has every part that it can have."""

from datetime import date
from decimal import Decimal

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import override

from ecosystem.domain import figure_records
from ecosystem.models import Metric, Observation, Organization, OrganizationName, Standing
from tests import factories as made

KINDS = (
    "article",
    "organization",
    "initiative",
    "place",
    "event",
    "metric",
    "ranking",
    "topic",
    "person",
    "source",
)
HOUSE_PAGES = ("about", "method", "contact", "reuse", "privacy", "accessibility")
LANGUAGES = ("en", "zh-hans")
PERIOD = "2024"

Site = dict[str, Model]


def make_site() -> Site:
    """One page of each kind, each connected to the others and to neighbors of its own kind."""
    site = background() | subjects()
    site["ranking"] = made.PublishedRankingFactory(
        slug="makers", name="Makers", name_zh="制造", metrics=[site["metric"], background_metric(site)]
    )
    site["organization"].district = site["event"].place = site["place"]
    site["organization"].save(), site["event"].save()
    made.CorrectionFactory(organization=None, article=site["article"])
    for kind in ("organization", "initiative", "place", "event", "metric", "person"):
        made.ChangeNoteFactory(**{"organization": None, kind: site[kind]})
    add_values(site)
    enlarge(site)
    return site


def background() -> Site:
    """What other pages refer to."""
    return {
        "topic": made.TopicFactory(
            slug="chips", name="Chips", name_zh="芯片", description="What is made of silicon."
        ),
        "source": made.PublishedSourceFactory(slug="yearbook", title="Yearbook", title_zh="年鉴"),
        "person": made.PublishedPersonFactory(slug="writer", name="A Writer", summary=figure_in("Counts")),
        "place": made.PublishedDistrictFactory(
            slug="pudong", name="Pudong", name_zh="浦东新区", summary=figure_in("Has")
        ),
    }


def subjects() -> Site:
    """What the site is about, each with a figure in its text."""
    return {
        "organization": made.PublishedOrganizationFactory(
            slug="foundry",
            name="Foundry",
            name_zh="晶圆厂",
            founded="2000-04",
            summary=figure_in("Makes"),
            description=f"<p>{figure_in('It made')}</p>",
        ),
        "initiative": made.PublishedInitiativeFactory(
            slug="plan", name="Plan", name_zh="规划", summary=figure_in("Wants")
        ),
        "event": made.PublishedEventFactory(
            slug="forum-2024", name="Forum 2024", series=made.EventSeriesFactory(), summary=figure_in("Shows")
        ),
        "metric": made.PublishedMetricFactory(
            slug="wafers",
            name="Wafers",
            name_zh="晶圆",
            nature=Metric.Nature.STOCK,
            ledger_position=1,
            definition=figure_in("Counted as"),
        ),
        "article": made.PublishedArticleFactory(
            slug="story", title="Story", title_zh="故事", lead_position=1, **texts()
        ),
    }


def background_metric(site: Site) -> Metric:
    """What the metric is compared with; one value agrees in its period and none does in the other's newest."""
    other = made.PublishedMetricFactory(
        slug="panels", name="Panels", name_zh="面板", unit=site["metric"].unit
    )
    made.PublishedObservationFactory(metric=other, period="2023", value=Decimal(700), source=site["source"])
    return other


def figure_in(words: str) -> str:
    return f'{words} <figure-ref metric="wafers" period="2023"></figure-ref>.'


def texts() -> dict[str, str]:
    """An article's texts with everything that may stand in them."""
    figure = '<figure-ref metric="wafers" period="latest"></figure-ref>'
    note = '<source-note source="yearbook" locator="page 3">Counted twice.</source-note>'
    cited = '<cited-figure source="yearbook">400</cited-figure>'
    rank = '<figure-ref metric="wafers" form="rank" ranking="makers"></figure-ref>'
    return {
        "standfirst": f"It makes {figure} a month.",
        "standfirst_zh": f"每月生产{figure}。",
        "body": f'<h2>Growth</h2><p>Of {figure} wafers {cited} are <a href="/organizations/foundry/">its own</a>.{note}'
        f'</p><h3>In short</h3><table><thead><tr><th scope="col">Year</th></tr></thead><tbody><tr><td>{figure}</td>'
        f"</tr></tbody></table><p>It is the {rank}.</p><h2>Growth</h2><ul><li>One</li></ul>"
        "<blockquote><p>Said.</p></blockquote>",
        "body_zh": f"<h2>增长</h2><p>共{figure}片。{note}</p>",
    }


def add_values(site: Site) -> None:
    """A line, a rival, a doubtful value, a forecast, and a value that was corrected."""
    metric, source = site["metric"], site["source"]
    for year, number in ((2022, 300), (2023, 400), (2024, 500)):
        made.PublishedObservationFactory(
            metric=metric, source=source, period=str(year), value=Decimal(number)
        )
    made.DisputedObservationFactory(metric=metric, period=PERIOD, value=Decimal(900), qualifier="~")
    unopened = made.UnopenedSourceFactory()
    made.PublishedObservationFactory(
        metric=metric, source=unopened, period="2025-H1", value=Decimal(600), standing=Standing.UNVERIFIED
    )
    made.PublishedObservationFactory(metric=metric, period="2030", release=Observation.Release.FORECAST)
    newer = made.PublishedObservationFactory(
        metric=metric,
        period=PERIOD,
        method="clean rooms",
        supersede_reason="our-error",
        supersede_note="Read wrongly.",
    )
    made.PublishedObservationFactory(
        metric=metric, period=PERIOD, method="clean rooms", source=newer.source, superseded_by=newer
    )


def enlarge(site: Site, times: int = 1) -> None:
    """Add one more of everything that a page may list."""
    for _ in range(times):
        neighbors = {kind: made.PUBLISHED[type(site[kind])]() for kind in KINDS if kind != "topic"}
        connect(site, neighbors | {"topic": made.TopicFactory()})
        connect(neighbors | {"topic": site["topic"]}, site)
        made.OrganizationNameFactory(organization=site["organization"])
        made.OrganizationNameFactory(organization=site["organization"], kind=OrganizationName.Kind.BRAND)
        made.IdentifierFactory(organization=site["organization"])
        made.PublishedObservationFactory(metric=neighbors["metric"], source=site["source"])
        made.CorrectionFactory(organization=site["organization"])


def connect(page: Site, other: Site) -> None:
    """Point from the pages of one site to those of another, wherever a page can point."""
    article, organization, initiative, event = (
        page[k] for k in ("article", "organization", "initiative", "event")
    )
    for item in (article, organization, initiative, event, page["metric"]):
        item.topics.add(page["topic"], other["topic"])
    for kind in ("organization", "place", "initiative", "event"):
        getattr(article, f"{kind}s").add(other[kind])
    made.ContributionFactory(article=article, person=other["person"])
    made.OrganizationRelationshipFactory(organization=organization, other=other["organization"])
    made.ParticipationFactory(organization=organization, initiative=other["initiative"])
    initiative.places.add(other["place"])
    page["place"].located_in.add(other["place"])
    other["organization"].district = page["place"]
    other["event"].place, other["event"].series = page["place"], event.series
    other["organization"].save(), other["event"].save()
    for kind in KINDS:
        if kind not in {"topic", "source", "ranking"}:
            made.CitationFactory(
                **{"organization": None, kind: page[kind]}, source=other["source"], note_zh="注"
            )
    page["ranking"].metrics.add(other["metric"])
    mention(other["article"], page["metric"])


def mention(article: Model, metric: Model) -> None:
    """Let an article show the metric, and write that down."""
    figure = f'{article.title} has <figure-ref metric="{metric.slug}"></figure-ref>.'
    article.standfirst += f" {figure}"
    article.body += f"<p>{figure}</p>"
    article.save()
    figure_records.record_references(article)


def addresses(site: Site, language: str = "en") -> dict[str, str]:
    """The address of every kind of page, by the name of its URL."""
    with override(language):
        found = {name: reverse(name) for name in ("home", "correction_list", *HOUSE_PAGES)}
        found["search"] = reverse("search") + "?q=makes"
        found |= {f"{kind}_list": reverse(f"{kind}_list") for kind in KINDS}
        found |= {f"{kind}_detail": site[kind].get_absolute_url() for kind in KINDS}
        found["organization_compare"] = f"{reverse('organization_compare')}?{compared(site)}"
        for view in ("table", "map", "statistics"):
            found[f"organization_list {view}"] = f"{reverse('organization_list')}?view={view}"
        found["metric_pair"] = reverse("metric_pair", args=pair_of(site))
        return found | {"evidence": reverse("evidence", args=[site["metric"].slug, PERIOD])}


def compared(site: Site) -> str:
    """The query string of the organization beside a neighbor."""
    neighbor = Organization.objects.published().exclude(pk=site["organization"].pk).earliest("pk")
    return f"with={site['organization'].slug}&with={neighbor.slug}"


def pair_of(site: Site) -> list[str]:
    """The metric and a neighbor, in the order that their common address has."""
    neighbor = Metric.objects.exclude(pk=site["metric"].pk).earliest("pk")
    return sorted([site["metric"].slug, neighbor.slug])


def coming_event() -> Model:
    """An event that has not begun, whenever this runs."""
    return made.PublishedEventFactory(
        starts_on=date(2999, 5, 1), ends_on=None, state="planned", name="Forum 2999"
    )
