"""Which filters of the list of stories does a member of staff keep under a name?"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from newsroom.lib.fields import NFCCharField

NAME_LENGTH = 60
QUERY_LENGTH = 2000


class SavedView(models.Model):
    """Filters and order of the list of stories under a name; a tab above the list."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    name = NFCCharField(_("name"), max_length=NAME_LENGTH)
    query = models.CharField(max_length=QUERY_LENGTH)  # of the address, as `saved_views.clean_query` writes it
    position = models.PositiveSmallIntegerField(default=0)
    is_shared = models.BooleanField(default=False)  # with everybody who sees stories
    is_default = models.BooleanField(default=False)  # what its owner's list opens with
    deleted_at = models.DateTimeField(null=True, blank=True)  # for a while it can be brought back

    class Meta:
        verbose_name = _("saved view")
        verbose_name_plural = _("saved views")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["owner", "name"], condition=Q(deleted_at=None), name="savedview_name"),
            models.UniqueConstraint(
                fields=["owner"], condition=Q(is_default=True, deleted_at=None), name="savedview_one_default"
            ),
        ]

    def __str__(self) -> str:
        return self.name
