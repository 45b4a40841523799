"""With which lists of words does the demonstration begin? Few, and only what any newspaper would hold back."""

from typing import Final

from django.contrib.auth.models import AbstractBaseUser

from comments import terms
from comments.models import Term

LISTED: Final[dict[Term.Kind, tuple[str, ...]]] = {
    Term.Kind.BANNED: (
        "địt mẹ", "đụ má", "con cặc", "cái lồn", "vãi lồn", "lồn", "cặc", "buồi", "địt", "đéo", "đĩ", "🖕",
    ),
    Term.Kind.SUSPECT: (
        "đm", "đkm", "vcl", "clgt", "óc chó", "chó chết", "mất dạy", "khốn nạn", "súc vật", "mẹ kiếp", "vay nóng",
        "tài xỉu", "nhà cái", "inbox", "telegram",
    ),
    Term.Kind.ALLOW: ("lon bia", "lon nước", "cái lon", "các bạn", "đi làm", "đi học", "du lịch", "buổi sáng"),
}  # fmt: skip
ON_TRIAL: Final = ("dân ngu", "quan tham")


def set_up_terms(by: AbstractBaseUser) -> None:
    """What the lists hold already stays as it is."""
    terms.add_many([Term(text=text, kind=kind) for kind, texts in LISTED.items() for text in texts], by)
    terms.add_many([Term(text=text, kind=Term.Kind.SUSPECT, is_trial=True) for text in ON_TRIAL], by)
