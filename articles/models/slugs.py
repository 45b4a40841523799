"""Which addresses are taken, reserved or moved? Slugs of sections, authors and tags."""

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from newsroom.lib import text

# First path parts that belong to the house: a section of that name would hide them.
RESERVED = frozenset(
    "home admin luu-tru tim-kiem tac-gia chu-de trang dinh-chinh rss feed sitemap robots binh-luan xem-truoc media "
    "static healthz readyz metrics api doc doc-nhieu".split()
)

slug_shape = RegexValidator(r"^[a-z0-9]+(?:-[a-z0-9]+)*\Z", _("Small letters, digits and single hyphens only."))


def not_reserved(slug: str) -> None:
    """Raise ValidationError where the address belongs to the house."""
    if slug in RESERVED:
        raise ValidationError(_("“%(slug)s” is an address of the site itself."), params={"slug": slug})


def free_slug(model: type[models.Model], name: str, keep: int | None = None) -> str:
    """A slug for the name that no other row has had: a number is added on collision or where it is reserved.

    `keep` is the key of the row that the slug is for. Slugs that moved stay taken, or old links would lead astray.
    """
    stem = text.slugify(name) or model._meta.model_name or ""
    others = model._default_manager.exclude(pk=keep).filter(slug__startswith=stem).values_list("slug", flat=True)
    moved = PreviousSlug.objects.filter(kind=model._meta.model_name, slug__startswith=stem)
    taken = RESERVED | set(others) | set(moved.exclude(target_id=keep or 0).values_list("slug", flat=True))
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


class SlugField(models.CharField):
    """A unique address part in small ASCII letters, never one of the house's own."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        kwargs.setdefault("max_length", 100)
        kwargs["unique"] = True
        kwargs.setdefault("help_text", _("Left empty, it is made from the name."))
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.validators = [*self.validators, slug_shape, not_reserved]


class PreviousSlug(models.Model):
    """An address that a section, author or tag had: it answers 301 to where that row is now."""

    kind = models.CharField(max_length=20)
    slug = models.CharField(max_length=100)
    target_id = models.BigIntegerField()

    class Meta:
        verbose_name = _("previous address")
        constraints = [models.UniqueConstraint(fields=["kind", "slug"], name="previousslug_kind_slug")]

    def __str__(self) -> str:
        return f"{self.kind}/{self.slug}"
