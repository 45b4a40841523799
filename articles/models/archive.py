"""How many stories did a day have, and when did that change?"""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class DayCount(models.Model):
    """Stories with this date, in a section with its sub-sections, or (no section) in the whole paper.

    Written in the publishing transaction; what is not yet due, or has ended, is subtracted when it is read.
    """

    day = models.DateField(_("day"))
    section = models.ForeignKey("articles.Section", models.CASCADE, null=True, related_name="+")
    count = models.IntegerField(_("stories"), default=0)
    changed_at = models.DateTimeField(default=timezone.now)  # a story of this day came, went or was published anew

    class Meta:
        verbose_name = _("stories of a day")
        constraints = [
            models.UniqueConstraint(fields=["section", "day"], name="daycount_section_day"),
            models.UniqueConstraint(fields=["day"], condition=models.Q(section=None), name="daycount_day"),
            models.CheckConstraint(condition=models.Q(count__gte=0), name="daycount_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.day}: {self.count}"
