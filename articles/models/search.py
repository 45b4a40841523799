"""What can be found of a story?"""

from django.db import models


class SearchDoc(models.Model):
    """A story's text for searching: `fold`ed, and in lower case with its marks. Written when a story goes live.

    The full-text index over it belongs to the database (FTS5 or tsvector), made by migration `search_index`.
    """

    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="search_doc")
    published_at = models.DateTimeField()
    headline = models.TextField()
    body = models.TextField()
    headline_exact = models.TextField()
    body_exact = models.TextField()

    class Meta:
        verbose_name = "search document"
        indexes = [models.Index(fields=["-published_at"], name="searchdoc_newest")]

    def __str__(self) -> str:
        return self.headline
