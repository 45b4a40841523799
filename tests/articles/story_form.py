"""The form of a story as a browser would send it back."""

from django.urls import reverse

ADD = reverse("admin:articles_article_add")
LIST = reverse("admin:articles_article_changelist")


def page_of(article):
    return reverse("admin:articles_article_change", args=[article.pk])


def typed(**fields):
    """What a new story's form sends, empty but for these fields."""
    empty = dict.fromkeys(
        "version headline subheadline lead body picture picture_caption source primary_section tag_names".split(), ""
    )
    return {**empty, "comments": "", "byline_rows-author": [""], "byline_rows-role": ["text"], **fields}


def shown(client, article, **changed):
    """What the form of this story sends as it stands on the page, with these fields changed."""
    page = client.get(page_of(article)).context
    form, saving = page["adminform"].form, page["saving"]
    fields = {name: "" if value is None else value for name, value in form.initial.items()}
    bylines = fields.pop("byline_rows", [])
    fields["byline_rows-author"] = [ref.author for ref in bylines]
    fields["byline_rows-role"] = [ref.role for ref in bylines]
    hidden = {"tab": saving.tab, "base": saving.base, "user": saving.user}
    return {**fields, **hidden, **changed}


def told(response):
    """The messages of the page that the answer leads to, and of its form."""
    found = [str(message) for message in response.context["messages"]]
    form = response.context.get("adminform")
    if form:
        found += [error for errors in form.form.errors.values() for error in errors]
    return " ".join(found)
