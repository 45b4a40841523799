"""The logs of the house refuse changes and deletions in the database itself, whoever asks."""

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from articles import workflow
from articles.models import Transition
from comments import moderation
from comments.models import ModAction, State
from newsroom.lib import append_only
from newsroom.lib.audit.models import AuditEvent, record
from tests import builders
from tests.comments import voices

pytestmark = pytest.mark.django_db
LOGS = [Transition, AuditEvent, ModAction]


@pytest.fixture
def logs(cast):
    """A row in each log, and the triggers that the migrations set."""
    story = builders.make_article()
    (comment,) = voices.load(story, State.PENDING)
    moderation.approve(comment.pk, comment.version, by=cast.mo)
    record("section.changed", by=cast.ada, label="Thời sự")
    append_only.set_triggers(*append_only.TABLES)
    return story


def test_the_list_of_logs_is_whole():
    tables = {model._meta.db_table for model in apps.get_models()}
    assert {model._meta.db_table for model in LOGS} <= set(append_only.TABLES) <= tables


@pytest.mark.parametrize("model", LOGS)
@pytest.mark.parametrize("how", ["update", "delete"])
def test_rows_are_neither_changed_nor_deleted(logs, model, how):
    before = list(model.objects.values())
    rows = model.objects.all()
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic():
        rows.update(at=timezone.now()) if how == "update" else rows._raw_delete(rows.db)
    assert list(model.objects.values()) == before and before


@pytest.mark.parametrize("model", LOGS)
def test_rows_are_not_replaced_or_emptied(logs, model):
    table, key = model._meta.db_table, model.objects.first().pk
    columns = ", ".join(field.column for field in model._meta.fields)
    sql = {
        "sqlite": f"INSERT OR REPLACE INTO {table} ({columns}) SELECT {columns} FROM {table} WHERE id = {key}",
        "postgresql": f"TRUNCATE {table} CASCADE",
    }[connection.vendor]
    connection.check_constraints()  # PostgreSQL empties no table that still owes a check
    with pytest.raises(IntegrityError, match="only grows"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    assert model.objects.filter(pk=key).exists()


def test_the_house_goes_on_working(logs, cast):
    before = [model.objects.count() for model in LOGS]
    story = builders.make_article()
    workflow.perform(story.pk, "withdraw", by=cast.cora, note="Sai")
    record("tag.added", by=cast.ada, label="Bão")
    after = [model.objects.count() for model in LOGS]
    assert after[0] >= before[0] + 2 and after[1] > before[1]


def test_triggers_can_be_set_twice_and_taken_away(logs):
    append_only.set_triggers(*append_only.TABLES)
    append_only.take_triggers(*append_only.TABLES)
    append_only.take_triggers(*append_only.TABLES)
    assert AuditEvent.objects.update(label="x") == AuditEvent.objects.count()


def test_every_log_is_protected_by_the_migrations(request, db):
    if request.config.getoption("nomigrations"):
        pytest.skip("the tables were made without migrations")
    tables = {
        "sqlite": "SELECT tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%_no_%'",
        "postgresql": "SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname LIKE '%_no_change'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(tables)
        assert {row[0] for row in cursor.fetchall()} >= set(append_only.TABLES)
