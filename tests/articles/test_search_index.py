"""The search index follows every way in which documents are written, and can be made anew."""

import pytest
from django.core.management import call_command

from articles import search
from articles.models import SearchDoc
from articles.queries import Query
from tests.builders import hours, make_article, withdraw

pytestmark = pytest.mark.django_db


def story(headline, body="<p>Tin ngắn.</p>", **fields):
    return make_article(headline=headline, lead=fields.pop("lead", "Tin từ các phường."), body=body, **fields)


def headlines(query):
    return [hit.article.headline for hit in search.search(Query.read(query)).hits]


def test_the_index_follows_every_way_of_writing():
    first, second = story("Mùa sen nở"), story("Mùa cốm mới")
    SearchDoc.objects.filter(pk=first.pk).update(headline="mua ban", headline_exact="mùa ban")
    assert headlines("mùa ban") == ["Mùa sen nở"]
    documents = list(SearchDoc.objects.filter(pk=second.pk))
    SearchDoc.objects.all().delete()
    assert headlines("mùa") == []
    SearchDoc.objects.bulk_create(documents)
    assert headlines("mùa cốm") == ["Mùa cốm mới"]


def test_reindex_makes_what_is_missing_and_drops_what_is_too_much(capsys):
    kept, gone = story("Mùa sen nở"), story("Mùa sen tàn")
    withdraw(gone)
    SearchDoc.objects.all().delete()
    SearchDoc.objects.create(article=gone, published_at=hours(-1), headline="mua sen", headline_exact="mùa sen")
    call_command("reindex")
    assert list(SearchDoc.objects.values_list("article", flat=True)) == [kept.pk]
    assert headlines("mùa sen") == ["Mùa sen nở"]
    call_command("reindex")
    assert headlines("mùa sen") == ["Mùa sen nở"]


def test_the_document_says_what_publishing_wrote():
    article = story("Hoà bình cho “Đảng bộ”")
    document = search.document(article, article.live_revision.snapshot)
    assert document["headline"] == "hoa binh cho dang bo"
    assert document["headline_exact"] == "hòa bình cho đảng bộ"
