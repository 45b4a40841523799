"""Which comments of the demonstration do readers like and report, what did the newsroom choose and answer itself?"""

from typing import Any, Final

from django.contrib.auth.models import AbstractBaseUser
from django.utils import timezone

from articles.models import Article
from comments import complaints, likes, moderation, posting
from comments.complaints import Complained, Sender
from comments.models import Comment, State, Thread, ThreadRules, Verb
from comments.moderation import Decision
from newsroom.lib.people import full_name

LIVELY: Final = 6  # threads with the most comments
MOST_LIKES: Final = 9
COMPLAINTS: Final = (  # of the last comment of as many threads
    (("off-topic", "Không liên quan tới bài."),),
    (("insult", "Lời lẽ khó nghe với người lao động."), ("insult", "")),
    (("false", "Không đúng, tôi ở ngay đó và thấy khác."), ("other", "Một người viết dưới nhiều tên.")),
    (("private", "Nói chuyện nhà người khác, đọc là biết ai."),),
)
ANSWER: Final = "Cảm ơn bạn đọc đã góp ý. Tòa soạn đã chuyển câu hỏi tới ban tổ chức và sẽ cập nhật trong bài."


def set_up_answers(staff: dict[str, AbstractBaseUser]) -> None:
    """The liveliest threads, as readers and the newsroom leave them. What is there already stays as it is."""
    if ThreadRules.objects.exists():
        return
    ThreadRules.objects.create(close_after_days=60, wave_reports=20)
    threads = Thread.objects.filter(visible_count__gt=2).order_by("-visible_count", "-pk")[:LIVELY]
    for place, thread in enumerate(threads):
        roots = list(Comment.objects.shown().roots().filter(thread=thread).order_by("-reply_count", "pk"))
        for number, comment in enumerate(roots[:5]):
            like(comment, (MOST_LIKES + place - 2 * number) % (MOST_LIKES + 1))
        moderation.decide(roots[0].pk, roots[0].version, Decision(Verb.FEATURE), staff["kiemduyet"])
        for said in COMPLAINTS[place : place + 1]:
            complain(roots[-1], said)
        Thread.objects.filter(pk=thread.pk).update(rank_due_at=timezone.now())
    answer(newest(), by=staff["bientapvien"], moderator=staff["kiemduyet"])


def like(comment: Comment, number: int) -> None:
    for n in range(number):
        likes.toggle(comment.pk, f"demo {comment.pk} {n}", f"198.18.{n}.1")


def complain(comment: Comment, said: tuple[tuple[str, str], ...]) -> None:
    for number, words in enumerate(said):
        complaints.report(comment.pk, Complained(*words), Sender(f"demo {number}", f"198.18.200.{number}"))


def newest() -> Comment | None:
    """A comment under the newest story that takes comments, for the newsroom to answer."""
    shown = Comment.objects.shown().roots().filter(thread__article__in=Article.objects.published())
    return shown.order_by("-thread__article__published_at", "-published_at").first()


def answer(comment: Comment | None, *, by: Any, moderator: Any) -> None:
    """Signed in, so that it carries the newsroom's mark."""
    if comment is None:
        return
    letter = posting.Letter(full_name(by), f"{by.get_username()}@example.org", ANSWER, comment.pk)
    envelope = posting.Envelope(f"demo{comment.pk}", "demo-desk", "198.18.0.1", 60, user=by)
    made = posting.post(comment.thread_id, letter, envelope)
    if made.state == State.PENDING:
        moderation.approve(made.pk, made.version, moderator)
