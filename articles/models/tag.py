"""What is a story about? Keywords that lead to other stories."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from articles.models.slugs import SlugField
from newsroom.lib.fields import NFCCharField, NFCTextField
from newsroom.lib.routes import address


class Tag(models.Model):
    """A keyword (từ khóa). Bão and Bảo are two: names are compared with their marks."""

    name = NFCCharField(_("name"), max_length=80)
    slug = SlugField(_("address"), blank=True)
    description = NFCTextField(_("description"), blank=True)
    name_key = models.CharField(max_length=90, unique=True, editable=False)
    name_fold = models.CharField(max_length=90, editable=False, db_index=True)
    sort = models.CharField(max_length=255, editable=False)

    class Meta:
        verbose_name = _("tag")
        verbose_name_plural = _("tags")
        ordering = ["sort", "pk"]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return address("tag", self.slug)
