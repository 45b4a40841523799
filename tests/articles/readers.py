"""Readers of stories, for tests: browsers that tell the paper what they read."""

from articles import counting
from articles.models import ReadCount, ReadDay

PHONE = (
    "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36"
)


def tell(client, story, address="203.0.113.7", agent=PHONE, **headers):
    """What `read-count.js` sends from a reader's browser; a header given as None is left out."""
    sent = {"user-agent": agent, "accept-language": "vi-VN,vi;q=0.9", "origin": "http://testserver"}
    sent = {name: value for name, value in {**sent, **headers}.items() if value is not None}
    pk = getattr(story, "pk", story)
    return client.post(f"/doc/{pk}/", headers=sent, REMOTE_ADDR=address)


def written():
    """Write what waits; the counts by story."""
    counting.flush()
    return counted()


def counted():
    found = {}
    for model in (ReadCount, ReadDay):
        for article, count in model.objects.values_list("article", "count"):
            found[article] = found.get(article, 0) + count
    return found
