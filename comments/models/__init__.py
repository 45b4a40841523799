"""The nouns of comments, one group a file; outside code imports them from here.

Direction: words -> thread, commenter, term -> comment -> answers, letters, desk.
"""

from comments.models.answers import Like, Report
from comments.models.comment import Comment, CommentQuerySet, CommentRevision
from comments.models.commenter import Block, Commenter
from comments.models.desk import Batch, Claim, ModAction, ModNote, Pointer
from comments.models.letters import DataRequest, Letter, Subscription
from comments.models.term import Term
from comments.models.thread import COUNTERS, RankOrder, Thread, ThreadRules
from comments.models.words import BODY_MAX, BODY_MIN, NAME_LENGTH, NOTE_LENGTH, Badge, Complaint, Reason, State, Verb

__all__ = [
    "BODY_MAX",
    "BODY_MIN",
    "COUNTERS",
    "NAME_LENGTH",
    "NOTE_LENGTH",
    "Badge",
    "Batch",
    "Block",
    "Claim",
    "Comment",
    "CommentQuerySet",
    "CommentRevision",
    "Commenter",
    "Complaint",
    "DataRequest",
    "Letter",
    "Like",
    "ModAction",
    "ModNote",
    "Pointer",
    "RankOrder",
    "Reason",
    "Report",
    "State",
    "Subscription",
    "Term",
    "Thread",
    "ThreadRules",
    "Verb",
]
