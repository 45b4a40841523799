"""What is a person called? Vietnamese names begin with the family name."""

from typing import Protocol


class Named(Protocol):
    """What a user of Django's has of a name."""

    first_name: str
    last_name: str

    def get_username(self) -> str: ...


def full_name(person: Named | None) -> str:
    """Family name first, as on a Vietnamese masthead; the login name where no other is known."""
    if person is None:
        return "–"
    return f"{person.last_name} {person.first_name}".strip() or person.get_username()
