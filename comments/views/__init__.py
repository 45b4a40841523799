"""What readers get at the addresses of comments: one subject a file."""

from comments.views.answering import like, report
from comments.views.data import ask, data
from comments.views.mails import confirm, leave
from comments.views.own import appeal, edit, mine, withdraw
from comments.views.reading import news, thread
from comments.views.writing import submit

__all__ = [
    "appeal",
    "ask",
    "confirm",
    "data",
    "edit",
    "leave",
    "like",
    "mine",
    "news",
    "report",
    "submit",
    "thread",
    "withdraw",
]
