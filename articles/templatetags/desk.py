"""What does the desk show the person who is signed in, and in which words?"""

from datetime import datetime
from typing import Any

from django import template
from django.utils import timezone

from articles.admin.desk import badges, stage_label, step_label
from articles.admin.panels import Panel, panels
from newsroom.lib import dates
from newsroom.lib.people import full_name

register = template.Library()


@register.simple_tag
def desk_panels(user: Any) -> list[Panel]:
    """The lists of stories for this person: own ones, what waits, what is coming, what came out today."""
    return panels(user)


@register.filter
def waited(since: datetime) -> str:
    """How long something has been waiting: "2 giờ"."""
    return dates.length(timezone.now() - since)


register.filter("person", full_name)
register.filter("badges", badges)
register.filter("stage_label", stage_label)
register.filter("step_label", step_label)
