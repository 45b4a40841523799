"""How a story's stored text becomes what readers see, and what the editor shows."""

import re

import pytest
from django.template import Context, Template

from articles.rendering import editor_html, picture, render_body
from newsroom.lib import html
from tests import builders

WIDE = {"full": {"v": "a1", "widths": [480, 800]}, "card": {"v": "a1", "widths": [320, 640]}}


def wide(**fields):
    return builders.make_image(**{"width": 800, "height": 600, "renditions": WIDE, **fields})


def figure(image, caption=""):
    inner = f"<figcaption>{caption}</figcaption>" if caption else ""
    return f'<figure class="image" data-image="{image.pk}">{inner}</figure>'


def test_figure_has_every_format_and_its_size(db):
    image = wide(caption="Hồ sáng sớm.", credit="Minh Hà", alt="Mặt hồ")
    shown = render_body(figure(image))
    assert re.findall(r'type="(image/\w+)"', shown) == ["image/avif", "image/webp"]
    assert 'width="800" height="600" alt="Mặt hồ" loading="lazy" decoding="async"' in shown
    assert f"/media/p/{image.key[:2]}/{image.key}/full-480-a1.webp 480w" in shown
    assert "Hồ sáng sớm." in shown
    assert "data-image" not in shown
    assert "\n" not in shown


def test_caption_of_this_place_wins(db):
    shown = render_body(figure(wide(caption="Của ảnh."), "Của <em>bài</em> này."))
    assert "Của <em>bài</em> này." in shown
    assert "Của ảnh." not in shown


def test_credit_is_added_once_and_in_the_language_of_the_site(db, settings):
    settings.LANGUAGE_CODE = "en"
    image = wide(credit="Minh Hà")
    assert '<span class="credit">Photo: Minh Hà</span>' in render_body(figure(image, "Hồ."))
    assert 'class="credit"' not in render_body(figure(image, "Hồ. Ảnh: MINH HÀ"))


def test_picture_words_are_escaped(db):
    image = wide(caption='<script>alert("x")</script>', credit='"><b>', alt='"><img src=x onerror=alert(1)>')
    shown = render_body(figure(image))
    assert "<script" not in shown and "<b>" not in shown
    assert shown.count("<img") == 1
    assert "&quot;&gt;&lt;img" in shown


def test_decorative_picture_is_silent(db):
    assert 'alt=""' in render_body(figure(wide(is_decorative=True, alt="Hoa văn")))


def test_unknown_pictures_are_left_out(db):
    body = '<p>Một.</p><figure class="image" data-image="999999"><figcaption>Mất</figcaption></figure><p>Hai.</p>'
    assert render_body(body).replace("\n", "") == "<p>Một.</p><p>Hai.</p>"


def test_all_pictures_in_one_query(db, django_assert_num_queries):
    body = "".join(figure(wide()) for _turn in range(5))
    with django_assert_num_queries(1):
        render_body(body)
    with django_assert_num_queries(0):
        render_body("<p>Không ảnh.</p>")


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert(1)</script>",
        '<p onclick="alert(1)">a</p>',
        '<a href="javascript:alert(1)">a</a>',
        '<img src="data:image/svg+xml,<svg onload=alert(1)>">',
        '<iframe src="https://evil.example/"></iframe>',
        '<figure class="embed" data-embed="https://evil.example/watch?v=aaaaaaaaaaa"></figure>',
        '<figure class="image" data-image="1&quot; onload=&quot;alert(1)"></figure>',
        '<p style="position:fixed">a</p>',
    ],
)
def test_hostile_text_never_survives(db, hostile):
    shown = render_body(f"<p>Chữ.</p>{hostile}")
    assert not re.search(r"alert\(1\)[^<]*>|<script|<iframe|\son\w+=|javascript:|evil\.example|style=", shown)
    assert "Chữ." in shown


@pytest.mark.parametrize(
    ("address", "service", "player"),
    [
        ("https://youtu.be/dQw4w9WgXcQ", "YouTube", "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ"),
        ("https://vimeo.com/12345", "Vimeo", "https://player.vimeo.com/video/12345?dnt=1"),
        ("https://www.tiktok.com/@a.b/video/123", "TikTok", "https://www.tiktok.com/embed/v2/123"),
        ("https://www.facebook.com/reel/77", "Facebook", "video.php?href=https%3A%2F%2Fwww.facebook.com%2Freel%2F77"),
        ("https://soundcloud.com/a/b", "SoundCloud", "player/?url=https%3A%2F%2Fsoundcloud.com%2Fa%2Fb"),
        ("https://www.google.com/maps/embed?pb=!1m18", "Google Maps", "https://www.google.com/maps/embed?pb=!1m18"),
    ],
)
def test_embed_is_a_link_that_needs_no_script(db, address, service, player):
    shown = render_body(f'<figure class="embed" data-embed="{address}"><figcaption>Xem.</figcaption></figure>')
    assert service in shown and player in shown
    assert '<a href="https://' in shown and 'rel="noopener"' in shown
    assert "<figcaption>Xem.</figcaption>" in shown
    assert "<iframe" not in shown


def test_links_to_other_sites_do_not_hand_over_the_window(db, settings):
    settings.SITE_URL = "https://nhipsong.example"
    shown = render_body(
        '<p><a href="https://other.example/a">a</a> <a href="/b">b</a> <a href="https://nhipsong.example/c">c</a></p>'
    )
    assert shown.count('rel="noopener"') == 1
    assert 'href="https://other.example/a" rel="noopener"' in shown


def test_tables_scroll_by_themselves(db):
    shown = render_body("<table><tbody><tr><td>1</td></tr></tbody></table>")
    assert shown.startswith('<div class="table-scroll" tabindex="0" role="region" aria-label="')
    assert shown.endswith("</table></div>")


def test_editor_and_sanitiser_are_inverse(db):
    image = wide()
    stored = html.sanitise(
        f"<p>Một.</p>{figure(image, 'Chú <em>thích</em>')}{figure(image)}"
        '<figure class="embed" data-embed="https://vimeo.com/12345"><figcaption>Phim</figcaption></figure>'
        '<figure class="image" data-image="999999"></figure>'
    )
    shown = editor_html(stored)
    assert f'<img data-image="{image.pk}" src="/media/p/' in shown
    assert html.sanitise(shown) == stored


# --- templates


def rendered(source, **context):
    return Template("{% load pictures %}" + source).render(Context(context))


def test_first_picture_is_eager(db):
    shown = rendered("{% picture image family='full' eager=True sizes='100vw' alt='' %}", image=wide())
    assert 'fetchpriority="high"' in shown and "lazy" not in shown
    assert 'sizes="100vw"' in shown and 'alt=""' in shown


def test_nothing_where_there_is_no_picture(db):
    assert rendered("{% picture image %}{% figure image %}", image=None).strip() == ""
    assert rendered("{% picture image %}{% figure image %}", image=wide(renditions={})).strip() == ""
    assert picture(None) is None


def test_figure_tag_takes_a_plain_caption(db):
    shown = rendered("{% figure image caption=text eager=True %}", image=wide(credit="Minh Hà"), text="a < b")
    assert "a &lt; b" in shown and "Minh Hà" in shown


def test_stored_html_is_shown_as_it_is():
    assert rendered("{{ html|as_html }}", html="<p>Chữ.</p>") == "<p>Chữ.</p>"
