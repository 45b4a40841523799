"""The counters are proved right, and set right if they ever are not."""

import pytest
from django.core.management import CommandError, call_command

from comments import likes
from comments.models import Comment, State, Thread
from tests.builders import make_article
from tests.comments.voices import counted, load, recount

pytestmark = pytest.mark.django_db


def test_nothing_is_wrong():
    story = make_article()
    (root,) = load(story, State.VISIBLE)
    load(story, State.VISIBLE, State.PENDING, under=root)
    likes.toggle(root.pk, "máy", "198.51.100.7")
    call_command("recount", "--check", verbosity=0)


def test_drift_is_an_alarm_and_is_mended(capsys):
    story = make_article()
    (root,) = load(story, State.VISIBLE)
    Thread.objects.update(visible_count=7)
    Comment.objects.update(like_count=3, reply_count=2)
    with pytest.raises(CommandError, match="3 counters"):
        call_command("recount", "--check")
    assert f"#{story.pk} visible: 7, counted 1" in capsys.readouterr().out
    assert Thread.objects.get().visible_count == 7
    call_command("recount", verbosity=0)
    root.refresh_from_db()
    assert counted(story.pk) == recount(story.pk) and (root.like_count, root.reply_count) == (0, 0)
