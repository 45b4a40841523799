"""What becomes of readers' reports when a moderator decides about the comment, and when the decision is undone?"""

from datetime import datetime
from typing import Any, Final

from django.db.models import F

from articles.rights import Person
from comments import tallies
from comments.models import Comment, Report, Verb

# What a decision says of the reports; other verbs leave them open.
SAYS: Final[dict[str, Report.State]] = {
    Verb.APPROVE: Report.State.DISMISSED,
    Verb.KEEP: Report.State.DISMISSED,
    Verb.REJECT: Report.State.UPHELD,
    Verb.SPAM: Report.State.UPHELD,
}


def resolve(
    comment: Comment, verb: Verb, by: Person, now: datetime, details: dict[str, Any]
) -> tuple[dict[str, Any], tallies.Moves]:
    """Answer the open reports with the decision; returns the columns and tallies that change.

    `details` gets what an undo needs.
    """
    if verb not in SAYS:
        return {}, tallies.Moves()
    reports = list(comment.reports.select_for_update().filter(state=Report.State.OPEN).order_by("pk"))
    if not reports:
        return ({"report_count": 0, "report_weight": 0} if comment.report_count else {}), tallies.Moves()
    keys = [report.pk for report in reports]
    Report.objects.filter(pk__in=keys).update(state=SAYS[verb], resolved_at=now, resolved_by=by.pk)
    weight = comment.report_weight
    details["reports"] = {"keys": keys, "state": SAYS[verb], "count": comment.report_count, "weight": weight}
    return {"report_count": 0, "report_weight": 0}, tallies.moves_of_reports(reports, SAYS[verb], 1)


def reopen(answered: dict[str, Any]) -> tuple[dict[str, Any], tallies.Moves]:
    """Take back what `resolve` wrote into the log; reports that came since stay counted."""
    reports = list(Report.objects.select_for_update().filter(pk__in=answered["keys"], state=answered["state"]))
    Report.objects.filter(pk__in=[report.pk for report in reports]).update(
        state=Report.State.OPEN, resolved_at=None, resolved_by=None
    )
    counts = {
        "report_count": F("report_count") + answered["count"],
        "report_weight": F("report_weight") + answered["weight"],
    }
    return counts, tallies.moves_of_reports(reports, answered["state"], -1)
