"""Editorial text."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import Slugged
from ecosystem.models.fields import RichTextField
from ecosystem.models.people import Person
from ecosystem.models.publishing import KeyedQuerySet, Publishable


class Article(Slugged, Publishable):
    """A text written for this site, whose numbers are references to observations or cite their source."""

    class Kind(models.TextChoices):
        STORY = "story", _("story")
        TOPIC = "topic", _("topic article")
        CLAIMS = "claims", _("claims checked")
        METHOD = "method", _("about this site")

    class Drawing(models.TextChoices):
        SKYLINE = "skyline", _("skyline")
        CHIP = "chip", _("chip")
        MOLECULE = "molecule", _("molecule")
        CAR = "car", _("car")
        ANTENNA = "antenna", _("antenna")
        COINS = "coins", _("coins")
        CAMPUS = "campus", _("campus")
        LEDGER = "ledger", _("ledger")
        BALANCE = "balance", _("balance")
        ROBOT = "robot", _("robot")

    title = models.CharField(_("title"), max_length=200, help_text=_("Sentence case, without a full stop."))
    title_zh = models.CharField(_("title in Chinese"), max_length=200, blank=True, default="")
    kind = models.CharField(_("kind"), max_length=8, choices=Kind, default=Kind.TOPIC)
    standfirst = RichTextField(
        _("standfirst"),
        inline=True,
        help_text=_("Two or three sentences that say what the text finds; figures too."),
    )
    standfirst_zh = RichTextField(_("standfirst in Chinese"), inline=True)
    body = RichTextField(
        _("body"),
        help_text=_(
            "HTML. Numbers are references: <figure-ref metric=“gdp” period=“latest” form=“unit”></figure-ref>, "
            "or cite a source: <cited-figure source=“…”>400</cited-figure>."
        ),
    )
    body_zh = RichTextField(_("body in Chinese"))
    topics = models.ManyToManyField(
        "ecosystem.Topic", blank=True, related_name="articles", verbose_name=_("topics")
    )
    organizations = models.ManyToManyField(
        "ecosystem.Organization", blank=True, related_name="articles", verbose_name=_("organizations")
    )
    places = models.ManyToManyField(
        "ecosystem.Place", blank=True, related_name="articles", verbose_name=_("places")
    )
    initiatives = models.ManyToManyField(
        "ecosystem.Initiative", blank=True, related_name="articles", verbose_name=_("initiatives")
    )
    events = models.ManyToManyField(
        "ecosystem.Event", blank=True, related_name="articles", verbose_name=_("events")
    )
    authors = models.ManyToManyField(
        Person, through="ecosystem.Contribution", related_name="articles", verbose_name=_("authors")
    )
    drawing = models.CharField(_("cover drawing"), max_length=10, choices=Drawing, blank=True, default="")
    cover = models.ForeignKey(
        "ecosystem.Image",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="articles",
        verbose_name=_("cover"),
    )
    lead_position = models.PositiveSmallIntegerField(
        _("place on the home page"),
        null=True,
        blank=True,
        help_text=_("1 leads the home page, the next numbers follow; empty: by date."),
    )
    internal_note = models.TextField(_("internal note"), blank=True, default="", help_text=_("Never public."))

    class Meta(Publishable.Meta):
        ordering = ["-published_at", "title"]
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        constraints = [
            *Publishable.Meta.constraints,
            models.UniqueConstraint(
                fields=["lead_position"],
                condition=Q(lead_position__isnull=False),
                name="article_one_per_lead_position",
                violation_error_message=_("Another article has this place on the home page; free it first."),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """Its title, so that lists of mixed pages can ask every page for its name."""
        return self.title

    @property
    def name_zh(self) -> str:
        return self.title_zh


class Contribution(models.Model):
    """The part that a person has in an article."""

    class Role(models.TextChoices):
        AUTHOR = "author", _("author")
        QUOTED = "quoted", _("quoted")

    article = models.ForeignKey(
        Article, models.CASCADE, related_name="contributions", verbose_name=_("article")
    )
    person = models.ForeignKey(Person, models.PROTECT, related_name="contributions", verbose_name=_("person"))
    role = models.CharField(_("role"), max_length=8, choices=Role, default=Role.AUTHOR)
    position = models.PositiveSmallIntegerField(_("position"), default=1)

    objects = KeyedQuerySet.as_manager()
    natural_key_fields = ("article__slug", "person__slug", "role")

    class Meta:
        ordering = ["position", "pk"]
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            models.UniqueConstraint(fields=["article", "person", "role"], name="contribution_unique")
        ]

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}"

    def natural_key(self) -> tuple[str, str, str]:
        return (self.article.slug, self.person.slug, self.role)

    natural_key.dependencies = ["ecosystem.article", "ecosystem.person"]
