"""Who signs a story: under what readers have, and in the text that is worked on."""

from django.db import models
from django.db.models import F
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from articles.models.article import Article


class Byline(models.Model):
    """A name under the published story, in order, with what that person did."""

    class Role(models.TextChoices):
        TEXT = "text", pgettext_lazy("byline", "text")
        PHOTO = "photo", _("photo")
        VIDEO = "video", _("video")
        TRANSLATION = "translation", _("translation")

    article = models.ForeignKey(Article, models.CASCADE, related_name="bylines")
    author = models.ForeignKey("articles.Author", models.PROTECT, related_name="bylines")
    role = models.CharField(_("role"), max_length=12, choices=Role.choices, default=Role.TEXT)
    position = models.PositiveSmallIntegerField()
    published_at = models.DateTimeField()

    class Meta:
        verbose_name = _("byline")
        ordering = ["position"]
        indexes = [models.Index(F("author"), F("published_at").desc(), F("article").desc(), name="byline_newest")]
        constraints = [
            models.UniqueConstraint(fields=["article", "position"], name="byline_article_position"),
            models.UniqueConstraint(fields=["article", "author", "role"], name="byline_article_author_role"),
        ]

    def __str__(self) -> str:
        return f"{self.author_id} ({self.get_role_display()})"


class WorkingByline(models.Model):
    """A name in the byline of a working text, while that is not what readers have: by it co-authors find the story."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="working_bylines")
    author = models.ForeignKey("articles.Author", models.CASCADE, related_name="+")

    class Meta:
        verbose_name = _("byline of a working text")
        constraints = [models.UniqueConstraint(fields=["article", "author"], name="working_byline_article_author")]

    def __str__(self) -> str:
        return f"{self.article_id}: {self.author_id}"
