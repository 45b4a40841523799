"""What does the paper say about itself? Pages that stay: about us, contact, rules for comments, privacy."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from articles.models.slugs import SlugField
from newsroom.lib.fields import NFCCharField, NFCTextField


class StaticPage(models.Model):
    """A page at /trang/<address>/. Its text is canonical HTML like that of a story."""

    name = NFCCharField(_("name"), max_length=120)
    slug = SlugField(_("address"), blank=True)
    body = NFCTextField(_("text"))
    description = NFCTextField(_("description"), blank=True, help_text=_("One or two sentences for search engines."))
    position = models.PositiveSmallIntegerField(_("position"), default=0, help_text=_("Small numbers come first."))
    is_shown = models.BooleanField(_("shown to readers"), default=True)
    is_in_footer = models.BooleanField(_("linked at the foot of every page"), default=True)
    updated_at = models.DateTimeField(_("updated at"))

    class Meta:
        verbose_name = _("page")
        verbose_name_plural = _("pages")
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("page", args=[self.slug])
