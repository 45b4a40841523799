"""Which published stories lead to this one?"""

from django.db import models


class StoryLink(models.Model):
    """The live text of a story links to the address of another; written whenever that text goes live."""

    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="links_out")
    target_id = models.BigIntegerField()  # the number in the address: such a story may not exist (any more)

    class Meta:
        verbose_name = "link between stories"
        indexes = [models.Index(fields=["target_id"], name="storylink_target")]
        constraints = [models.UniqueConstraint(fields=["article", "target_id"], name="storylink_article_target")]

    def __str__(self) -> str:
        return f"{self.article_id} → {self.target_id}"
