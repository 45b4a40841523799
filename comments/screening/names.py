"""Does a reader write under a name that is not free: the newsroom's, an office's, or that of one of its people?"""

from collections.abc import Iterable, Iterator
from typing import Final

from comments.screening.findings import Effect, Finding, Reserved, Submission, Trust
from comments.words import Form, Term, WordList

OFFICES: Final = (
    "tòa soạn", "ban biên tập", "tổng biên tập", "biên tập viên", "thư ký tòa soạn", "ban thư ký", "quản trị viên",
    "ban quản trị", "kiểm duyệt", "ban bạn đọc", "phóng viên", "bbt", "admin", "administrator", "moderator", "editor",
)  # fmt: skip


def reserved(own_names: Iterable[str], people: Iterable[str]) -> Reserved:
    """Made ready: the offices with the paper's own names, and the names of its people."""
    offices = [name for name in dict.fromkeys([*OFFICES, *own_names]) if name.strip()]
    named = [name for name in dict.fromkeys(people) if len(name.split()) > 1]  # "Lan" may be anybody
    return Reserved(*(WordList(Term(n, name) for n, name in enumerate(names)) for names in (offices, named)))


def impersonation(submission: Submission) -> Iterator[Finding]:
    """In every disguise that comments.words knows. The newsroom's badge comes from a sign-in, never from a name."""
    if submission.trust is Trust.STAFF:
        return
    name = submission.name
    for match in submission.reserved.offices.find(name):
        yield Finding("office", Effect.HOLD, words=match.term.text)
        return
    for match in submission.reserved.people.find(name):
        is_whole = not any(map(str.isalnum, name[: match.start] + name[match.end :]))
        if is_whole and match.form is not Form.MASKED:
            yield Finding("person", Effect.HOLD, words=match.term.text)
            return
