"""In which form does a story stand on its page?"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Presentation(models.TextChoices):
    """The form of a story (dạng bài): the page of each is laid out in its own way."""

    STANDARD = "", _("Standard story")
    PHOTOS = "photos", _("Photo story")
    LONG = "long", _("Long read")
    VIDEO = "video", _("Video")
    INFOGRAPHIC = "infographic", _("Infographic")
