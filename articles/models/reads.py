"""How often were stories read? Counts by hour and by day, and the lists that follow from them.

Nothing here tells who read: `CountedRead` holds keyed hashes whose key changes every day, and forgets them after it.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article


class ReadCount(models.Model):
    """Reads of a story within an hour; folded into days when no list asks for the hours any more."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="read_hours")
    hour = models.PositiveIntegerField()  # hours since 1970 began in Greenwich
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reads of an hour")
        constraints = [models.UniqueConstraint(fields=["hour", "article"], name="readcount_hour_article")]

    def __str__(self) -> str:
        return f"{self.article_id} @{self.hour}: {self.count}"


class ReadDay(models.Model):
    """Reads of a story on a day of the paper's, kept for good; the last days still stand in `ReadCount`."""

    article = models.ForeignKey(Article, models.CASCADE, db_index=False, related_name="read_days")
    day = models.DateField()
    count = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = _("reads of a day")
        constraints = [models.UniqueConstraint(fields=["article", "day"], name="readday_article_day")]

    def __str__(self) -> str:
        return f"{self.article_id} {self.day}: {self.count}"


class CountedRead(models.Model):
    """A device has been counted for a story today: the day, then a keyed hash of both, in one number.

    With the day in front, what is to be forgotten is one stretch of the primary key.
    """

    key = models.BigIntegerField(primary_key=True)

    class Meta:
        verbose_name = _("counted read")

    def __str__(self) -> str:
        return f"{self.key:016x}"


class Window(models.TextChoices):
    """How far back a list of the most read looks."""

    DAY = "24h", pgettext_lazy("most read", "24 hours")
    WEEK = "7d", pgettext_lazy("most read", "7 days")


class Ranking(models.Model):
    """When were the lists of a window last worked out? Whoever moves the time on works them out."""

    window = models.CharField(max_length=3, primary_key=True, choices=Window.choices)
    ranked_at = models.DateTimeField()
    number = models.PositiveBigIntegerField(db_default=0)  # grows with every exchange of the lists

    class Meta:
        verbose_name = _("ranking")

    def __str__(self) -> str:
        return f"{self.window} {self.ranked_at:%Y-%m-%d %H:%M:%S}"


class MostRead(models.Model):
    """A place in a list of the most read: of a section with its sub-sections, or (no section) of the whole paper."""

    window = models.CharField(max_length=3, choices=Window.choices)
    section = models.ForeignKey("articles.Section", models.CASCADE, null=True, db_index=False, related_name="+")
    position = models.PositiveSmallIntegerField()
    article = models.ForeignKey(Article, models.CASCADE, related_name="ranks")
    reads = models.PositiveIntegerField()

    class Meta:
        verbose_name = _("most read story")
        constraints = [
            models.UniqueConstraint(fields=["section", "window", "position"], name="mostread_section_window_position"),
            models.UniqueConstraint(
                fields=["window", "position"], condition=models.Q(section=None), name="mostread_window_position"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.window} {self.section_id or '–'} {self.position}: {self.article_id}"
