"""The cast of every test about comments: a story, Lan who moderates, and her browser."""

import pytest

from tests.builders import make_article, make_user


@pytest.fixture
def story():
    return make_article()


@pytest.fixture
def mo():
    return make_user("moderator", name="mo", first_name="Lan")


@pytest.fixture
def desk(client, mo):
    client.force_login(mo)
    return client
