"""The walk through the stack: what a reader, an editor and an operator do, step by step."""

import os
import re
import signal
import time

from readers import Browser, Form, Load

APPROVED = (
    "from articles.models import Article; a = Article.objects.filter(stage='approved', published_at=None, "
    "trashed_at=None).first(); print(a.pk)"
)
ADDRESS = "from articles.models import Article; a = Article.objects.get(pk={}); print(a.get_absolute_url())"


def steps(stack):
    """(name, deed) in their order."""
    walk = Walk(stack)
    yield "code and libraries", stack.prepare
    yield "PostgreSQL with deploy/postgresql.conf", stack.start_postgres
    yield "migrate, collectstatic, demo", walk.fill
    yield "nginx -t, two application servers, nginx", walk.start
    for deed in (
        walk.reads, walk.files, walk.health, walk.signs_in, walk.publishes, walk.comments, walk.restarts, walk.reloads,
        walk.kills, walk.sends_while_restarting, walk.loses_everything, walk.maintains, walk.backs_up, walk.doctor,
    ):  # fmt: skip
        yield deed.__doc__, deed


class Walk:
    def __init__(self, stack):
        self.stack = stack

    def fill(self):
        self.stack.manage("migrate", "-v0")
        self.stack.manage("collectstatic", "--noinput", "-v0")
        self.stack.manage("demo", "--if-empty", "-v0")
        self.stack.manage("release_due", "-v0")

    def start(self):
        self.stack.start_application()
        self.stack.start_nginx()
        self.reader = Browser(self.stack)
        for name in ("one", "two"):
            self.wait_for(name)

    def wait_for(self, name):
        """Until the application server is ready."""
        began, last = time.monotonic(), ""
        while time.monotonic() - began < 30:
            try:
                last = Browser(self.stack, name).ask("/readyz")
                if last.status == 200:
                    return time.monotonic() - began
            except OSError:
                pass
            time.sleep(0.05)
        raise AssertionError(f"{name} is not ready: {getattr(last, 'text', last)}")

    def reads(self):
        """a reader's home page and story"""
        home = self.reader.ask("/")
        assert home.status == 200 and home.headers["Content-Encoding"] == "gzip" and home.headers["X-Request-ID"]
        self.story = re.search(r'href="(/[a-z0-9-]+-\d+\.html)"', home.text)[1]
        story = self.reader.ask(self.story)
        assert story.status == 200 and "Set-Cookie" not in story.headers and "X-Accel-Expires" not in story.headers
        numbers = {self.reader.ask("/").headers["X-Request-ID"] for _time in range(3)}
        assert len(numbers) == 3, "each answer has a number of its own"
        log = (self.stack.work / "nginx/newsroom.log").read_text()
        assert " HIT " in log, "the micro-cache answers"
        self.home = home.text
        return f"{len(home.raw) / 1000:.0f} and {len(story.raw) / 1000:.0f} KB compressed"

    def files(self):
        """static files and pictures, from nginx, for a year"""
        sheet = re.search(r'href="(/static/css/base\.[0-9a-f]{12}\.css)"', self.home)[1]
        picture = re.search(r'(/media/[^" ]+\.(?:webp|jpg|avif))', self.home)[1]
        for path in (sheet, picture):
            answer = self.reader.ask(path)
            assert answer.status == 200 and "max-age=31536000, immutable" in answer.headers["Cache-Control"], path
            assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert self.reader.ask(sheet).headers["Content-Encoding"] == "gzip"
        missing = self.reader.ask("/media/khong-co.webp")
        assert missing.status == 404 and "/static/" in missing.text, "the paper's own page"

    def health(self):
        """health and metrics, for this machine alone"""
        assert self.reader.ask("/readyz").status == 404 == self.reader.ask("/metrics").status
        assert self.reader.ask("/healthz").text == "ok\n"
        wanted = (
            "newsroom_requests_total",
            "newsroom_comments_waiting",
            "newsroom_release_due_age_seconds",
            'newsroom_page_cache_total{result="',
        )
        sums = []
        for name in ("one", "two"):
            answer = Browser(self.stack, name).ask("/metrics")
            assert answer.status == 200 and all(metric in answer.text for metric in wanted)
            sums.append(sum(map(float, re.findall(r"^newsroom_requests_total\{.*\} (\S+)$", answer.text, re.M))))
        assert 0 < sums[0] <= sums[1] <= sums[0] + 2, f"both tell of both: {sums}"

    def signs_in(self):
        """a managing editor signs in"""
        password = (self.stack.var / "demo-password.txt").read_text().split()[-1]
        self.editor = Browser(self.stack)
        page = self.editor.ask("/admin/login/").text
        csrf = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)[1]
        form = {"username": "thuky", "password": password, "csrfmiddlewaretoken": csrf, "next": "/admin/"}
        answer = self.editor.ask("/admin/login/?next=/admin/", form)
        assert answer.status == 302, answer.text[:500]
        assert self.editor.ask("/admin/").status == 200

    def publishes(self):
        """publishes; readers see it within a second"""
        pk = self.stack.manage("shell", "-c", APPROVED).stdout.split()[-1]
        address = self.stack.manage("shell", "-c", ADDRESS.format(pk)).stdout.split()[-1]
        place = f"/admin/articles/article/{pk}/change/"
        page = self.editor.ask(place).text
        fields = Form(page, "article_form").fields
        assert fields, "the form of the story"
        assert self.reader.ask(address).status == 404
        with Load(self.stack, [address, "/"], threads=2) as load:
            answer = self.editor.ask(place, [*fields, ("_verb", "publish")])
            began = time.monotonic()
            assert answer.status == 302, re.findall(r'class="errornote">[^<]+|errorlist[^<]*<[^<]+', answer.text)[:5]
            while self.reader.ask(address).status != 301:  # to its address with the headline
                time.sleep(0.01)
                assert time.monotonic() - began < 5, self.editor.ask(place).text[-3000:]
            took = time.monotonic() - began
        assert took < 1 and set(load.seen) == {200, 301, 404}, (took, load.seen)
        self.fresh = self.reader.ask(address).headers["Location"]
        assert self.reader.ask(self.fresh).status == 200
        return f"{took:.2f} s after the editor's answer"

    def comments(self):
        """a reader comments: preview, then sent"""
        path = f"/binh-luan/{re.search(r'-([0-9]+).html', self.story)[1]}/gui/"
        typed = {
            "consent": "on",
            "name": "Trần Bình",
            "email": "binh@example.org",
            "body": "Bài viết rất thiết thực, cảm ơn tòa soạn.",
        }
        preview = self.reader.ask(path, typed)
        assert preview.status == 200, preview.status
        hidden = dict(re.findall(r'name="(token|csrfmiddlewaretoken)" value="([^"]+)"', preview.text))
        time.sleep(3)  # nobody types faster
        sent = self.reader.ask(path, {**typed, **hidden})
        assert sent.status == 303, sent.text[:300]
        assert typed["body"] in self.reader.ask(sent.headers["Location"]).text

    def restarts(self):
        """servers restarted one after the other, under load"""
        with Load(self.stack, ["/?x={}", self.story + "?x={}"]) as load:
            for name in ("one", "two"):
                unit = self.stack.units[name]
                unit.stop()
                unit.start()
                self.wait_for(name)
        return load.told()

    def reloads(self):
        """systemctl reload (SIGHUP), under load"""
        with Load(self.stack, ["/?x={}", self.story + "?x={}"]) as load:
            for name in ("one", "two"):
                old = self.stack.units[name].workers()
                os.kill(self.stack.units[name].process.pid, signal.SIGHUP)
                began = time.monotonic()
                while set(old) & set(self.stack.units[name].workers()):
                    assert time.monotonic() - began < 20, "the old worker has to go"
                    time.sleep(0.1)
        return load.told()

    def kills(self):
        """kill -9 of a worker, under load"""
        with Load(self.stack, ["/?x={}", self.story + "?x={}"]) as load:
            for name in ("one", "two"):
                (worker,) = self.stack.units[name].workers()
                os.kill(worker, signal.SIGKILL)
                time.sleep(1)
                self.wait_for(name)
        return load.told()

    def sends_while_restarting(self):
        """comments previewed while servers restart"""
        path = f"/binh-luan/{re.search(r'-([0-9]+).html', self.story)[1]}/gui/"
        typed = {
            "consent": "on",
            "name": "Trần Bình",
            "email": "binh@example.org",
            "body": "Mong tòa soạn thông tin tiếp.",
        }
        with Load(self.stack, [path], threads=1, form=typed) as load:
            for name in ("one", "two"):
                self.stack.units[name].stop()
                self.stack.units[name].start()
                self.wait_for(name)
        return load.told()

    def loses_everything(self):
        """no application server, then no database: readers have the last copy"""
        assert self.reader.ask("/").status == 200 == self.reader.ask(self.story).status
        for name in ("one", "two"):
            self.stack.units[name].stop(kill=True)
        time.sleep(2)
        assert self.reader.ask("/").status == 200 == self.reader.ask(self.story).status
        for name in ("one", "two"):
            self.stack.units[name].start()
            self.wait_for(name)
        self.stack.postgres("stop", "-m", "fast")
        answer = Browser(self.stack, "one").ask("/readyz")
        assert answer.status == 503 and "Cơ sở dữ liệu không trả lời" in answer.text
        self.stack.postgres("start")
        return f"back {max(map(self.wait_for, ('one', 'two'))):.1f} s after the database"

    def maintains(self):
        """maintenance: readers read, the staff waits"""
        self.stack.manage("maintenance", "on", "--minutes", "5")
        waits = self.editor.ask("/admin/")
        assert waits.status == 503 and waits.headers["Retry-After"] == "300"
        assert self.reader.ask("/").status == 200
        self.stack.manage("maintenance", "off")
        time.sleep(2)
        assert self.editor.ask("/admin/").status == 200

    def backs_up(self):
        """backup, and a restore into an empty site that reads the same"""
        self.stack.manage("backup")
        (path,) = (self.stack.work / "backups").glob("newsroom-*.zip")
        self.stack.create_database("again")
        again = {
            "DATABASE_URL": f"postgres://newsroom@127.0.0.1:{self.stack.ports['postgres']}/again",
            "VAR_DIR": str(self.stack.var / "again"),
            "STATIC_ROOT": str(self.stack.var / "static"),
        }
        said = self.stack.manage("restore", str(path), **again).stdout
        assert "giống hệt" in said, said
        read = (
            "from django.test import Client; from hashlib import sha256; "
            f"answer = Client(HTTP_HOST='localhost').get({self.fresh!r}); "
            "print(answer.status_code, sha256(answer.content).hexdigest())"
        )
        here, there = (self.stack.manage("shell", "-c", read, **where).stdout.split() for where in ({}, again))
        assert here[-2] == "200" and here[-2:] == there[-2:], (here, there)
        return said.splitlines()[1]

    def doctor(self):
        """what the doctor says"""
        done = self.stack.manage("doctor", "--language", "en", check=False)
        assert done.returncode < 2, done.stdout + done.stderr
        return "; ".join(re.findall(r"^! (.+)$", done.stdout, re.M)) or "well"
