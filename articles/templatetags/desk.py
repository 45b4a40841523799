"""What does the desk show the person who is signed in, and in which words?"""

from typing import Any

from django import template

from articles.admin.desk import badges, stage_label, step_label
from articles.admin.panels import Panel, panels
from newsroom.lib.people import full_name

register = template.Library()


@register.simple_tag
def desk_panels(user: Any) -> list[Panel]:
    """The lists of stories for this person: own ones, what waits, what is coming, what came out today."""
    return panels(user)


register.filter("person", full_name)
register.filter("badges", badges)
register.filter("stage_label", stage_label)
register.filter("step_label", step_label)
