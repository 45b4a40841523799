"""What can be found of a story, by readers and at the desk?"""

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
    # Sections as "§3", authors as "@7", for PostgreSQL's index. NULL, so that SQLite only adds a column.
    places = models.TextField(null=True, editable=False)  # noqa: DJ001

    class Meta:
        verbose_name = "search document"
        indexes = [models.Index(fields=["-published_at"], name="searchdoc_newest")]

    def __str__(self) -> str:
        return self.headline


class DeskDoc(models.Model):
    """The words of a working text's headline, `fold`ed: what the list of stories finds, published or not.

    A table of its own, so that the index over it (made by migration `desk_search`) survives changes of Article.
    """

    article = models.OneToOneField("articles.Article", models.CASCADE, primary_key=True, related_name="desk_doc")
    words = models.TextField()

    class Meta:
        verbose_name = "search document of the desk"

    def __str__(self) -> str:
        return self.words
