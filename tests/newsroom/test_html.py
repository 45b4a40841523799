"""The HTML of articles: what stays, what goes, and that nothing gets through or changes on a second reading."""

import os
import subprocess
import sys

import pytest

from newsroom.lib import html

VIDEO = "https://www.youtube.com/watch?v=dQw4w9WgXcQ"
EMBED = f'<figure class="embed" data-embed="{VIDEO}"></figure>'

CANONICAL = [
    "<p>Ngày 14-1, Huyện ủy <strong>Phúc</strong> <em>Thọ</em> H<sub>2</sub>O m<sup>2</sup><br>tổ chức</p>",
    "<h2>Tít xen</h2>\n<h3>Nhỏ</h3>\n<hr>",
    "<ul><li>một</li><li>hai<ol><li>ba</li></ol></li></ul>",
    '<blockquote class="pull"><p>Trích</p></blockquote>\n<blockquote><p>Dẫn</p></blockquote>',
    '<table><thead><tr><th colspan="2">A</th></tr></thead><tbody><tr><td>1</td><td></td></tr></tbody></table>',
    '<p><a href="https://example.com/?a=1&amp;b=2" title="Xem">x</a> <a href="/luu-tru/">y</a></p>',
    '<p><a href="mailto:toasoan@example.vn">m</a> <a href="tel:+84-24-1234">t</a></p>',
    '<figure class="image" data-image="7"><figcaption>Quang cảnh. Ảnh: <em>A</em></figcaption></figure>',
    '<figure class="image" data-image="7"></figure>',
    EMBED,
    '<aside class="box"><h3>Hộp</h3><p>x</p><ul><li>y</li></ul></aside>',
    "<p>năm&nbsp;2021 &lt;b&gt; &amp;amp; \"x\" 'y'</p>",
    "",
]


@pytest.mark.parametrize("canonical", CANONICAL)
def test_the_canonical_form_stays(canonical):
    assert html.sanitise(canonical) == canonical


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ("chữ trần", "<p>chữ trần</p>"),
        ("<h1>A</h1><h4>B</h4>", "<h2>A</h2>\n<h3>B</h3>"),
        ("<p><b>a</b> <i>b</i></p>", "<p><strong>a</strong> <em>b</em></p>"),
        ("<div>a<div>b</div>c</div>", "<p>a</p>\n<p>b</p>\n<p>c</p>"),
        ("<p>a<p>b", "<p>a</p>\n<p>b</p>"),
        ("<p>&nbsp;</p><p> </p><p><br></p><p><strong>&nbsp;</strong></p><div></div>", ""),
        ("<p> a <br><br></p>", "<p>a</p>"),
        ("<p>a<strong></strong>b<strong> </strong>c</p>", "<p>ab c</p>"),
        ("<ul><li>a<li>b</ul>", "<ul><li>a</li><li>b</li></ul>"),
        ("<ul><li>a</li><ul><li>b</li></ul></ul>", "<ul><li>a</li><li><ul><li>b</li></ul></li></ul>"),
        ("<ul><li></li></ul><table><tr><td></td></tr></table><blockquote></blockquote>", ""),
        ("<table><tr><td colspan=2 rowspan=1>1<td>2</table>", None),
        ('<aside class="box"><h2>a</h2></aside>', '<aside class="box"><h3>a</h3></aside>'),
        ("<aside>a</aside>", "<p>a</p>"),
        ('<aside class="box"><p>a</p><table><tr><td>1</table></aside>', None),
        ('<blockquote class="x pull y">a</blockquote>', '<blockquote class="pull"><p>a</p></blockquote>'),
        ('<b style="font-weight:normal"><p>a</p><p>b</p></b>', "<p>a</p>\n<p>b</p>"),
        ("<h2><div>a</div></h2>", "<h2>a</h2>"),
        ("<p>T\u0069\u00ea\u0301ng</p>", "<p>Tiếng</p>"),
        ("<p>e<span>\u0301</span></p>", "<p>é</p>"),
        ("<p>a&#x200b;&shy;b&#0;&#13;c\ud800</p>", "<p>ab\ufffd c</p>"),
        ("<p>a<strong>\u0338b</strong></p>", "<p>a<strong>b</strong></p>"),
        ("a < b > c & d", "<p>a &lt; b &gt; c &amp; d</p>"),
        ("<p>x<!-- y --><!--[if mso]><xml>z</xml><![endif]--><![if !a]>t<![endif]></p>", "<p>xt</p>"),
        ("<style>a</style><script>b</script><title>c</title>d", "<p>d</p>"),
        ("<a href='/x'>a<a href='/y'>b</a></a>", '<p><a href="/x">a</a><a href="/y">b</a></p>'),
        ("<p title=it's>a</p>", "<p>a</p>"),
    ],
)
def test_pastes_come_out_clean(pasted, expected):
    cleaned = html.sanitise(pasted)
    assert html.sanitise(cleaned) == cleaned
    if expected is not None:
        assert cleaned == expected


def test_word_paste():
    pasted = (
        '<p class="MsoNormal" style="mso-margin-top-alt:auto"><span lang="VI" style="font-size:14pt;mso-fareast:x">'
        '<font face=".VnTime"><b><b>Năm 2020</b></b>, Huyện ủy</font><o:p></o:p></span></p>'
        '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
    )
    assert html.sanitise(pasted) == "<p><strong>Năm 2020</strong>, Huyện ủy</p>"


@pytest.mark.parametrize(
    ("pasted", "expected"),
    [
        ('<img data-image="5" src="x.jpg" alt="a">', '<figure class="image" data-image="5"></figure>'),
        (
            '<p>a<strong>b<img data-image="5">c</strong></p>',
            '<p>ab</p>\n<figure class="image" data-image="5"></figure>\n<p>c</p>',
        ),
        (
            '<figure class="x"><p><img data-image="5"></p><figcaption><p>Chú <b>thích</b></p></figcaption></figure>',
            '<figure class="image" data-image="5"><figcaption>Chú <strong>thích</strong></figcaption></figure>',
        ),
        (
            '<figure class="image" data-image="4"><img data-image="5"><figcaption>&nbsp;</figcaption></figure>',
            '<figure class="image" data-image="5"></figure>',
        ),
        ('<figure><img src="http://evil/x.png"><figcaption>a</figcaption></figure>', "<p>a</p>"),
        ('<p>a<img src="x">b</p>', "<p>ab</p>"),
        ('<img data-image="05"><img data-image="-1"><img data-image="1 onerror=x"><img data-image="٥">', ""),
        ('<figure class="image" data-image="x"></figure>', ""),
        ("<iframe src='https://www.youtube.com/embed/dQw4w9WgXcQ?rel=0&amp;a=1'>x</iframe>", EMBED),
        ("<p>a<iframe width=1 src=//youtu.be/dQw4w9WgXcQ></iframe>b</p>", f"<p>a</p>\n{EMBED}\n<p>b</p>"),
        ('<iframe src="https://evil.example/"></iframe>a', "<p>a</p>"),
        ('<figure class="embed" data-embed="https://evil.example/"><figcaption>a</figcaption></figure>', "<p>a</p>"),
        ('<figure data-embed="https://youtu.be/dQw4w9WgXcQ"><a href="/x">x</a></figure>', EMBED),
    ],
)
def test_figures_are_reduced(pasted, expected):
    cleaned = html.sanitise(pasted)
    assert html.sanitise(cleaned) == cleaned
    assert cleaned == expected


@pytest.mark.parametrize(
    "href", ["https://a.vn/x?y=1#z", "HTTP://a.vn", "/", "/bai-1.html", "mailto:a@b.vn", "tel:+8424"]
)
def test_links_that_stay(href):
    assert html.sanitise(f'<p><a href="{href}" target="_blank" rel="x">a</a></p>') == f'<p><a href="{href}">a</a></p>'


@pytest.mark.parametrize(
    "href",
    [
        *["javascript:alert(1)", "JaVaScRiPt:alert(1)", " javascript:alert(1)", "java\tscript:alert(1)"],
        *["java&#10;script:alert(1)", "&#1;javascript:alert(1)", "&#x2028;javascript:alert(1)", "javascript&colon;x"],
        *["data:text/html,x", "vbscript:x", "file:///etc/passwd", "blob:x", "//evil.example", "/\\evil.example"],
        *[
            "\\\\evil",
            "/\t/evil.example",
            "https:evil",
            "https://",
            "https://a.vn@evil.example",
            "http://[bad",
            "x.html",
        ],
        *["#x", "?x", "", "&#x200b;//evil.example", "mailto:", "tel:x"],
    ],
)
def test_links_that_lose_their_address(href):
    assert html.sanitise(f'<p><a href="{href}">chữ</a></p>') == "<p>chữ</p>"


def test_depth_is_bounded():
    assert html.sanitise("<blockquote>" * 5000 + "a").count("<blockquote>") <= 64


def test_too_long():
    with pytest.raises(html.TooLong):
        html.sanitise("a" * (html.MAX_HTML + 1))
    with pytest.raises(html.TooLong):
        html.sanitise("&" * (html.MAX_HTML // 4))  # too long once it is escaped
    assert issubclass(html.TooLong, ValueError)


def test_every_process_writes_the_same():
    code = "import sys; from newsroom.lib.html import sanitise; sys.stdout.write(ascii(sanitise(sys.argv[1])))"
    pasted = (
        "<table><tr><td rowspan=2 colspan=3>a</table><a title=t href=/x>b</a><figure data-image=3 class=x></figure>"
    )
    outputs = {
        subprocess.run(
            [sys.executable, "-c", code, pasted],
            env=os.environ | {"PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in "123"
    }
    assert len(outputs) == 1
    assert b'<td colspan="3" rowspan="2">' in outputs.pop()


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ&t=3", VIDEO),
        ("http://m.youtube.com/watch?app=x&v=dQw4w9WgXcQ", VIDEO),
        ("https://youtu.be/dQw4w9WgXcQ?si=x", VIDEO),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", VIDEO),
        ("//www.youtube-nocookie.com/embed/dQw4w9WgXcQ", VIDEO),
        ("https://player.vimeo.com/video/12345?h=x", "https://vimeo.com/12345"),
        ("https://www.tiktok.com/@a.b_c/video/12345?x", "https://www.tiktok.com/@a.b_c/video/12345"),
        ("https://www.facebook.com/hanoimoi/videos/12345/", "https://www.facebook.com/hanoimoi/videos/12345"),
        ("https://www.facebook.com/watch/?v=12345", "https://www.facebook.com/watch/?v=12345"),
        (
            "https://www.facebook.com/plugins/video.php?height=3&href=https%3A%2F%2Fwww.facebook.com%2Fa%2Fvideos%2F12%2F",
            "https://www.facebook.com/a/videos/12",
        ),
        (
            "https://open.spotify.com/embed/track/4uLU6hMCjMI75M1A2tKUQC?x",
            "https://open.spotify.com/track/4uLU6hMCjMI75M1A2tKUQC",
        ),
        ("https://soundcloud.com/a-b/sets/c", "https://soundcloud.com/a-b/sets/c"),
        ("https://w.soundcloud.com/player/?url=https%3A//soundcloud.com/a/b&x=1", "https://soundcloud.com/a/b"),
        (
            "https://www.google.com/maps/embed?pb=!1m18!1m12!2zSMOg",
            "https://www.google.com/maps/embed?pb=!1m18!1m12!2zSMOg",
        ),
    ],
)
def test_embeds_have_one_address(url, canonical):
    assert html.embed_url(url) == canonical
    assert html.embed_url(canonical) == canonical


@pytest.mark.parametrize(
    "url",
    [
        *["", "x", "https://evil.example/watch?v=dQw4w9WgXcQ", "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ"],
        *["https://youtube.com@evil.example/embed/dQw4w9WgXcQ", "javascript://youtube.com/embed/dQw4w9WgXcQ"],
        *[
            "https://www.youtube.com/watch?v=short",
            "https://www.youtube.com/",
            "https://www.youtube.com:8080/watch?v=x",
        ],
        *["https://www.google.com/maps/embed?pb=%22onload", "https://www.google.com/search?q=a", "http://[bad"],
        "https://w.soundcloud.com/player/?url=https%3A//evil.example/a/b",
    ],
)
def test_other_embeds_are_refused(url):
    assert html.embed_url(url) is None


STORY = (
    '<p>Một &amp; hai</p>\n<figure class="image" data-image="7"><figcaption>Ảnh <em>A</em></figcaption></figure>\n'
    f'{EMBED}\n<ul><li>ba<figure class="image" data-image="9"></figure></li></ul>'
)


def test_figures():
    assert html.figures(STORY) == [(7, "Ảnh A"), (9, "")]


def test_replace_figures():
    replaced = html.replace_figures(STORY, lambda number, caption: f"[{number}|{caption}]", lambda url, _: f"[{url}]")
    assert replaced == f"<p>Một &amp; hai</p>\n[7|Ảnh <em>A</em>]\n[{VIDEO}]\n<ul><li>ba[9|]</li></ul>"


def test_embed_addresses_are_given_unescaped():
    url = "https://www.facebook.com/watch/?v=12345"
    canonical = html.sanitise(f'<figure data-embed="{url}&amp;x=1"></figure>')
    assert html.replace_figures(canonical, lambda *_: "", lambda given, _: given) == url


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (STORY, "Một & hai\nẢnh A\nba"),
        ("<p>a<br>b</p><p>c <strong>d</strong>e</p>", "a\nb\nc de"),
        ("<table><tr><td>1</td><td>2</td></tr><tr><td>3</td></tr></table>", "1 2\n3"),
        ("<p>&lt;b&gt;&nbsp;x\n y</p>", "<b> x y"),
        ("<script>x</script><!-- y -->z", "z"),
    ],
)
def test_to_text(written, expected):
    assert html.to_text(written) == expected
