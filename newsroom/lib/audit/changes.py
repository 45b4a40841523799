"""What did a form of the admin change? Its model admin logs that, with the values before and after."""

from typing import TYPE_CHECKING, Any, Final

from django.contrib.admin import ModelAdmin
from django.db import models
from django.db.models import QuerySet
from django.http import HttpRequest

from newsroom.lib import text
from newsroom.lib.audit.models import record

VALUE_LENGTH: Final = 200  # of a value as it is logged

Base = ModelAdmin if TYPE_CHECKING else object


class LoggedAdmin(Base):
    """For a ModelAdmin: additions, changes and deletions are recorded in the transaction of the form."""

    noun = ""  # of the kind; empty: the model's name

    def kind(self, deed: str) -> str:
        return f"{self.noun or self.opts.model_name}.{deed}"

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        fields = changed_fields(form) if change else {}
        if fields or not change:
            deed = self.kind("changed" if change else "added")
            record(deed, by=request.user, about=form.instance, **({"fields": fields} if fields else {}))

    def delete_model(self, request: HttpRequest, obj: models.Model) -> None:
        record(self.kind("deleted"), by=request.user, about=obj)
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> None:
        for thing in queryset:
            record(self.kind("deleted"), by=request.user, about=thing)
        super().delete_queryset(request, queryset)


def changed_fields(form: Any) -> dict[str, list[str]]:
    """Name of each field that changed -> its value before and after, in words."""
    found = {}
    for name in form.changed_data:
        before, after = said(form.initial.get(name), form.fields[name]), said(form.cleaned_data.get(name))
        if before != after:
            found[name] = [before, after]
    return found


def said(value: Any, field: Any = None) -> str:
    """A value as the log keeps it: what a key points to by its name, a long text shortened."""
    choices = getattr(field, "queryset", None)
    if choices is not None and value not in (None, ""):
        value = choices.model._default_manager.filter(pk=value).first()
    return "" if value is None else text.excerpt(text.clean_line(str(value)), VALUE_LENGTH)
