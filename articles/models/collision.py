"""Which quick corrections could not be carried into the text that was being worked on?"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Collision(models.Model):
    """A quick correction that readers have and the working text lacks, because both changed the same place.

    The two texts are compared anew whenever it is looked at (`articles.hotfix.clashes`); open until somebody chose.
    """

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="collisions")
    base = models.ForeignKey("articles.Revision", models.PROTECT, related_name="+")  # what both started from
    fix = models.ForeignKey("articles.Revision", models.PROTECT, related_name="+")  # what readers have
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    settled_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("collision of texts")
        verbose_name_plural = _("collisions of texts")
        constraints = [
            models.UniqueConstraint(
                fields=["article"], condition=models.Q(settled_at=None), name="collision_one_open_a_story"
            )
        ]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.base_id} {self.fix_id}"
