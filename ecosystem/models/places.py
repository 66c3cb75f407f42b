"""Where things are."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ecosystem.models.base import Named
from ecosystem.models.fields import RichTextField
from ecosystem.models.publishing import Publishable


class Place(Named, Publishable):
    """A district, park, zone, facility or venue, located in one district or in several."""

    class Kind(models.TextChoices):
        DISTRICT = "district", _("district")
        PARK = "park", _("park")
        ZONE = "zone", _("zone")
        CAMPUS = "campus", _("campus")
        FACILITY = "facility", _("facility")
        VENUE = "venue", _("venue")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    summary = RichTextField(_("summary"), inline=True, help_text=_("One sentence; figures may stand in it."))
    summary_zh = RichTextField(_("summary in Chinese"), inline=True)
    description = RichTextField(_("description"))
    description_zh = RichTextField(_("description in Chinese"))
    located_in = models.ManyToManyField(
        "self",
        symmetrical=False,
        blank=True,
        related_name="holds",
        verbose_name=_("located in"),
        help_text=_("The districts it lies in; several where a zone crosses their borders."),
    )
    admin_code = models.CharField(
        _("division code"),
        max_length=6,
        blank=True,
        default="",
        help_text=_("Six digits, districts only: 310115."),
    )
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    coordinate_basis = models.CharField(
        _("basis of the point"),
        max_length=200,
        blank=True,
        default="",
        help_text=_("Where the point comes from and how exact it is; WGS-84."),
    )
    tile_column = models.PositiveSmallIntegerField(_("tile column"), null=True, blank=True)
    tile_row = models.PositiveSmallIntegerField(_("tile row"), null=True, blank=True)
    internal_note = models.TextField(_("internal note"), blank=True, default="", help_text=_("Never public."))

    class Meta(Publishable.Meta):
        # Districts first and in code order, as official lists have them; then the rest by name.
        ordering = ["kind", "admin_code", "name"]
        verbose_name = _("place")
        verbose_name_plural = _("places")
        constraints = [
            *Publishable.Meta.constraints,
            models.CheckConstraint(
                # Both are asked for by name: a comparison with a missing one would count as kept.
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="place_point_is_whole",
                violation_error_message=_("Give latitude and longitude together, within their range."),
            ),
            models.CheckConstraint(
                condition=Q(tile_column__isnull=True, tile_row__isnull=True)
                | Q(kind="district", tile_column__isnull=False, tile_row__isnull=False),
                name="place_tile_is_whole",
                violation_error_message=_("Only districts stand on the tile map, with column and row."),
            ),
            models.UniqueConstraint(
                fields=["tile_column", "tile_row"],
                condition=Q(tile_column__isnull=False),
                name="place_one_per_tile",
                violation_error_message=_("Another district stands on this tile."),
            ),
            models.UniqueConstraint(
                fields=["admin_code"],
                condition=~Q(admin_code=""),
                name="place_admin_code_unique",
                violation_error_message=_("Another place has this division code."),
            ),
        ]
