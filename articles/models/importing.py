"""Which stories came from another system?"""

from django.db import models


class ImportRecord(models.Model):
    """A story that was loaded under the key it had at its source: loading it again changes nothing."""

    source = models.CharField(max_length=60)
    source_id = models.CharField(max_length=60)
    article = models.ForeignKey("articles.Article", models.CASCADE, related_name="import_records")

    class Meta:
        verbose_name = "import record"
        constraints = [models.UniqueConstraint(fields=["source", "source_id"], name="importrecord_source")]

    def __str__(self) -> str:
        return f"{self.source}:{self.source_id}"
