"""What did a form of the admin change? Its model admin logs that, with the values before and after."""

from collections.abc import Collection
from typing import TYPE_CHECKING, Any, Final

from django.http import HttpRequest

from newsroom.lib import text
from newsroom.lib.audit.models import record

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin
else:
    Base = object

VALUE_LENGTH: Final = 200  # of a value as it is logged


class LoggedAdmin(Base):
    """For a ModelAdmin: additions, changes and deletions are recorded in the transaction of the form."""

    noun = ""  # of the kind; empty: the model's name

    def kind(self, deed: str) -> str:
        return f"{self.noun or self.opts.model_name}.{deed}"

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        if not change:
            record(self.kind("added"), by=request.user, about=form.instance)
        elif detail := self.changes(form):
            record(self.kind("changed"), by=request.user, about=form.instance, **detail)

    def changes(self, form: Any) -> dict[str, Any]:
        """What is logged of a change; nothing: none is."""
        fields = changed_fields(form)
        return {"fields": fields} if fields else {}

    def log_deletions(self, request: HttpRequest, queryset: Any) -> Any:
        """Django calls it before it deletes, one thing or many."""
        for thing in queryset:
            record(self.kind("deleted"), by=request.user, about=thing)
        return super().log_deletions(request, queryset)


def changed_fields(form: Any, names: Collection[str] | None = None) -> dict[str, list[str]]:
    """Name of each field (of these, or of all) that changed -> its value before and after, in words."""
    found = {}
    for name in form.changed_data:
        if names is not None and name not in names:
            continue
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
