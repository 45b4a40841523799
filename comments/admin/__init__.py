"""How do moderators work? The desk with its queues, writers, clusters and figures; buttons call the verbs of comments.

Nobody edits a reader's words. Who sees and decides what follows from role grants, asked for in every request.
"""

from comments.admin.comments import CommentAdmin
from comments.admin.rules import ThreadRulesAdmin
from comments.admin.terms import TermAdmin

__all__ = ["CommentAdmin", "TermAdmin", "ThreadRulesAdmin"]
