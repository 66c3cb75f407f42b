"""The public addresses: the plural noun, then the slug."""

from django.urls import path
from django.views.generic import TemplateView

from ecosystem.feeds import ArticleFeed, ChangeFeed, MetricFeed
from ecosystem.views.articles import ArticleList, ArticlePage
from ecosystem.views.base import Page
from ecosystem.views.chart_files import MetricPng, MetricSvg
from ecosystem.views.citing import MetricBibtex, MetricCslJson
from ecosystem.views.comparing import OrganizationCompare
from ecosystem.views.directory import OrganizationList
from ecosystem.views.directory_files import OrganizationStatistics
from ecosystem.views.downloads import MetricCsv, MetricJson
from ecosystem.views.embedding import MetricEmbed
from ecosystem.views.events import EventList, EventPage
from ecosystem.views.home import Home
from ecosystem.views.metrics import EvidencePage, MetricList, MetricPage
from ecosystem.views.organization_files import OrganizationCsv, OrganizationJson, OrganizationWorkbook
from ecosystem.views.organizations import OrganizationPage
from ecosystem.views.pages import (
    CorrectionList,
    InitiativeList,
    InitiativePage,
    PersonList,
    PersonPage,
    PlaceList,
    PlacePage,
    SourceList,
    SourcePage,
    TopicList,
    TopicPage,
)
from ecosystem.views.pairs import PairCsv, PairPage
from ecosystem.views.rankings import RankingList, RankingPage
from ecosystem.views.reports import Report
from ecosystem.views.search import Search
from ecosystem.views.suggestions import Suggestions

KINDS = (
    ("article", "articles", ArticleList, ArticlePage),
    ("organization", "organizations", OrganizationList, OrganizationPage),
    ("initiative", "initiatives", InitiativeList, InitiativePage),
    ("place", "places", PlaceList, PlacePage),
    ("event", "events", EventList, EventPage),
    ("metric", "metrics", MetricList, MetricPage),
    ("ranking", "rankings", RankingList, RankingPage),
    ("topic", "topics", TopicList, TopicPage),
    ("person", "people", PersonList, PersonPage),
    ("source", "sources", SourceList, SourcePage),
)
# Pages about the site itself, each a template of that name.
HOUSE_PAGES = ("about", "method", "contact", "reuse", "privacy", "accessibility")

urlpatterns = [
    path("", Home.as_view(), name="home"),
    # Before the page of an organization: none can have this slug (RESERVED_SLUGS).
    path("organizations/compare/", OrganizationCompare.as_view(), name="organization_compare"),
    path("organizations.csv", OrganizationCsv.as_view(), name="organization_csv"),
    path("organizations.json", OrganizationJson.as_view(), name="organization_json"),
    path("organizations.xlsx", OrganizationWorkbook.as_view(), name="organization_xlsx"),
    path("organizations/statistics.csv", OrganizationStatistics.as_view(), name="organization_statistics"),
    path("search/", Search.as_view(), name="search"),
    path("report/", Report.as_view(), name="report"),
    path("suggestions.json", Suggestions.as_view(), name="suggestions"),
    path("corrections/", CorrectionList.as_view(), name="correction_list"),
    path("articles.atom", ArticleFeed(), name="article_feed"),
    path("changes.atom", ChangeFeed(), name="change_feed"),
    path("metrics/<slug:slug>.atom", MetricFeed(), name="metric_feed"),
    # Another form of a page is its address without the last slash, and an ending.
    path("metrics/<slug:slug>.bib", MetricBibtex.as_view(), name="metric_bib"),
    path("metrics/<slug:slug>.csl.json", MetricCslJson.as_view(), name="metric_csl"),
    path("metrics/<slug:slug>/with/<slug:other>.csv", PairCsv.as_view(), name="metric_pair_csv"),
    path("metrics/<slug:slug>/with/<slug:other>/", PairPage.as_view(), name="metric_pair"),
    path("metrics/<slug:slug>/embed/", MetricEmbed.as_view(), name="metric_embed"),
    path("metrics/<slug:slug>/<str:period>.bib", MetricBibtex.as_view(), name="evidence_bib"),
    path("metrics/<slug:slug>/<str:period>.csl.json", MetricCslJson.as_view(), name="evidence_csl"),
    path("metrics/<slug:slug>.svg", MetricSvg.as_view(), name="metric_svg"),
    path("metrics/<slug:slug>.png", MetricPng.as_view(), name="metric_png"),
    path("metrics/<slug:slug>.csv", MetricCsv.as_view(), name="metric_csv"),
    path("metrics/<slug:slug>.json", MetricJson.as_view(), name="metric_json"),
    path("metrics/<slug:slug>/<str:period>.csv", MetricCsv.as_view(), name="evidence_csv"),
    path("metrics/<slug:slug>/<str:period>.json", MetricJson.as_view(), name="evidence_json"),
    path("metrics/<slug:slug>/<str:period>/", EvidencePage.as_view(), name="evidence"),
    *(path(f"{plural}/", listing.as_view(), name=f"{kind}_list") for kind, plural, listing, _page in KINDS),
    *(
        path(f"{plural}/<slug:slug>/", page.as_view(), name=f"{kind}_detail")
        for kind, plural, _list, page in KINDS
    ),
    # What readers would see of a page in its present state, for editors.
    *(
        path(f"preview/{plural}/<slug:slug>/", page.as_view(is_preview=True), name=f"{kind}_preview")
        for kind, plural, _list, page in KINDS
        if issubclass(page, Page)
    ),
    # The same for whoever has a link that an editor made.
    *(
        path(
            f"preview/{plural}/<slug:slug>/<str:token>/",
            page.as_view(is_preview=True, is_shared=True),
            name=f"{kind}_shared_preview",
        )
        for kind, plural, _list, page in KINDS
        if issubclass(page, Page)
    ),
    *(
        path(f"{name}/", TemplateView.as_view(template_name=f"house/{name}.html"), name=name)
        for name in HOUSE_PAGES
    ),
]
