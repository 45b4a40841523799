"""What is in the picture library, who may use it until when, and where is it used?"""

from typing import Final

from django.conf import settings
from django.core.files.storage import storages
from django.core.files.storage.base import Storage
from django.core.validators import MaxValueValidator
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from newsroom.lib.fields import NFCCharField, NFCTextField

# Percent across and down, until somebody looks: heads are in the upper third. No machine looks for faces.
FOCUS: Final = (50, 33)


def originals() -> Storage:
    """The private store of pictures as they came (without their metadata); pages only ever show renditions."""
    return storages["originals"]


class Image(models.Model):
    """A picture with what a reader must be told about it.

    `renditions` says which files exist for pages (`articles.renditions` makes and names them):
    {"full": {"v": "a1b2c3", "widths": [480], "bytes": {"480": 31204}}, "card": {…, "was": "the version before"}};
    bytes are those of the JPEG files. `key` is random: addresses cannot be guessed.
    """

    file = models.FileField(_("file"), storage=originals, upload_to="", max_length=120)
    key = models.CharField(max_length=32, unique=True, editable=False)
    file_name = NFCCharField(_("file name"), max_length=200, blank=True, editable=False)
    title = NFCCharField(_("title"), max_length=200)
    caption = NFCTextField(_("caption"), blank=True, help_text=_("A sentence with a full stop; says who, what, when."))
    credit = NFCCharField(_("credit"), max_length=150, blank=True, help_text=_("Photographer or agency."))
    alt = NFCCharField(
        _("description for the blind"), max_length=300, blank=True, help_text=_("What is to be seen, in one sentence.")
    )
    is_decorative = models.BooleanField(
        _("decorative"), default=False, help_text=_("Says nothing that the text does not: screen readers skip it.")
    )
    focal_x = models.PositiveSmallIntegerField(
        _("focal point, across"), default=FOCUS[0], validators=[MaxValueValidator(100)]
    )
    focal_y = models.PositiveSmallIntegerField(
        _("focal point, down"), default=FOCUS[1], validators=[MaxValueValidator(100)]
    )
    width = models.PositiveIntegerField(_("width"), editable=False)
    height = models.PositiveIntegerField(_("height"), editable=False)
    bytes = models.PositiveIntegerField(_("size"), editable=False)
    format = models.CharField(_("format"), max_length=10, editable=False)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    rights = NFCTextField(_("rights"), blank=True, help_text=_("Licence, agreement, limits of use."))
    rights_from = models.DateField(_("may be used from"), null=True, blank=True)
    rights_until = models.DateField(_("may be used until"), null=True, blank=True)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("uploaded by"),
        null=True,
        editable=False,
        related_name="+",
    )
    uploaded_at = models.DateTimeField(_("uploaded at"), auto_now_add=True, db_index=True)
    fold = models.TextField(editable=False, default="")
    renditions = models.JSONField(default=dict, editable=False)
    colour = models.CharField(max_length=7, default="", editable=False)  # as `articles.tones` finds it; "": not yet

    class Meta:
        verbose_name = _("picture")
        verbose_name_plural = _("pictures")
        ordering = ["-uploaded_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=models.Q(focal_x__lte=100, focal_y__lte=100), name="image_focal_point"),
            models.CheckConstraint(
                condition=models.Q(rights_from=None)
                | models.Q(rights_until=None)
                | models.Q(rights_from__lte=models.F("rights_until")),
                name="image_rights_window",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("admin:articles_image_change", args=[self.pk])


class ImageUse(models.Model):
    """This version of a story shows this picture: whatever is used, or was, cannot be deleted."""

    class Place(models.TextChoices):
        LEAD = "lead", _("lead picture")
        BODY = "body", _("in the text")

    image = models.ForeignKey(Image, models.PROTECT, related_name="uses")
    revision = models.ForeignKey("articles.Revision", models.CASCADE, related_name="image_uses")
    place = models.CharField(max_length=4, choices=Place.choices)

    class Meta:
        verbose_name = _("use of a picture")
        constraints = [
            models.UniqueConstraint(fields=["revision", "image", "place"], name="imageuse_revision_image_place")
        ]

    def __str__(self) -> str:
        return f"{self.image} ({self.get_place_display()})"
