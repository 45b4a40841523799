"""Whose name stands under a story? Bylines and pen names, with or without a login."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.slugs import SlugField
from newsroom.lib.fields import NFCCharField, NFCTextField
from newsroom.lib.routes import address


class Author(models.Model):
    """A byline: it outlives the login of whoever writes under it."""

    name = NFCCharField(_("name or pen name"), max_length=100)
    slug = SlugField(_("address"), blank=True)
    bio = NFCTextField(_("about the author"), blank=True)
    email = models.EmailField(_("e-mail"), blank=True, help_text=_("Shown on the author's page."))
    portrait = models.ForeignKey(
        "articles.Image", models.PROTECT, verbose_name=_("portrait"), null=True, blank=True, related_name="+"
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        verbose_name=_("login"),
        null=True,
        blank=True,
        related_name="bylines",
        help_text=_("Stories with this byline belong to this member of staff."),
    )
    is_active = models.BooleanField(_("offered for new stories"), default=True)
    name_key = models.CharField(max_length=110, unique=True, editable=False)
    name_fold = models.CharField(max_length=110, editable=False)
    sort = models.CharField(max_length=255, editable=False, db_index=True)

    class Meta:
        verbose_name = _("author")
        verbose_name_plural = _("authors")
        ordering = ["sort", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("author", self.slug)
