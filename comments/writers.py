"""Who sends a comment: which commenter, proved or only claimed, banned, blocked, or of the newsroom?"""

from datetime import datetime
from typing import Any

from django.db.models import Q

from articles.models import Article
from comments import identity
from comments.models import Badge, Block, Comment, Commenter
from newsroom.lib import text


def locked(email: str, name: str, user: Any = None) -> Commenter:
    """The commenter with this address, made if need be, locked: limits of a writer hold over several stories at once.

    `user` is a member of staff who is signed in.
    """
    known = {"email": email, "name": name}
    commenter, _new = Commenter.objects.get_or_create(email_key=identity.email_key(email), defaults=known)
    commenter = Commenter.objects.select_for_update().get(pk=commenter.pk)
    if not commenter.email:  # forgotten, for nobody had confirmed it
        Commenter.objects.filter(pk=commenter.pk).update(email=email)
        commenter.email = email
    if user is not None and commenter.user_id is None and not Commenter.objects.filter(user=user.pk).exists():
        commenter.user_id = user.pk
        commenter.save(update_fields=["user"])
    return commenter


def is_proved(commenter: Commenter, writer_id: int | None, user: Any = None) -> bool:
    """Whether this browser has shown that the address is the sender's: by a link from a mail, or by a sign-in."""
    by_mail = commenter.confirmed_at is not None and commenter.pk == writer_id
    return by_mail or (user is not None and commenter.user_id == user.pk)


def is_banned(commenter: Commenter, now: datetime) -> bool:
    if commenter.status != Commenter.Status.BANNED:
        return False
    return commenter.status_until is None or commenter.status_until > now


def blocked(comment: Comment, email: str, now: datetime) -> str:
    """What a block of the desk says about the comment: "", "hold" or "refuse".

    Thousands share a network, so it is only ever held.
    """
    values = {
        Block.Kind.EMAIL: identity.email_key(email),
        Block.Kind.DOMAIN: email.rpartition("@")[2].lower(),
        Block.Kind.NETWORK: comment.ip_prefix,
        Block.Kind.DEVICE: comment.device_key,
        Block.Kind.NAME: name_key(comment.author_name),
    }
    asked = Q()
    for kind, value in values.items():
        asked |= Q(kind=kind, value_key=value) if value else Q()
    found = Block.objects.filter(asked, Q(expires_at=None) | Q(expires_at__gt=now), lifted_at=None)
    actions = {Block.Action.HOLD if each.kind == Block.Kind.NETWORK else each.action for each in found}
    return next((action for action in (Block.Action.REFUSE, Block.Action.HOLD) if action in actions), "")


def name_key(name: str) -> str:
    """The key under which a name is blocked, however it is spelt."""
    return identity.key("name", text.fold(name))


def badge_of(user: Any, article: Article) -> Badge:
    """What a sign-in shows of the sender; a name shows nothing."""
    if user is None:
        return Badge.NONE
    is_author = article.bylines.filter(author__user=user.pk).exists()
    return Badge.AUTHOR if is_author else Badge.STAFF
