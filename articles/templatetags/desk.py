"""What does the desk show the person who is signed in?"""

from typing import Any

from django import template

from articles.admin.desk import Panel, panels
from newsroom.lib.people import full_name

register = template.Library()


@register.simple_tag
def desk_panels(user: Any) -> list[Panel]:
    """The lists of stories for this person: own ones, what waits, what is coming, what came out today."""
    return panels(user)


register.filter("person", full_name)
