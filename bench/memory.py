"""How much memory do two workers take after minutes of load, on pages of which most are asked for once?

    DATABASE_URL=postgres:///newsroom_1000000 .venv/bin/python bench/memory.py --minutes 10

The database must have stories (bench/archive.py). Needs wrk. Writes the proportional set size of the server with its
workers after each minute.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bench.load import CONNECTIONS, ROOT, Target, free_port, granian, prepared, started

ADDRESSES = 20_000
MANY = f"""
import json, django
django.setup()
from django.urls import reverse
from articles.models import Article, Section, Tag
stories = Article.objects.published().newest_first()[:{ADDRESSES}]
places = [story.get_absolute_url() for story in stories.only("pk", "slug")]
places += [reverse("comments:thread", args=[story.pk]) for story in stories[:2000]]
places += [section.get_absolute_url() for section in Section.objects.select_related("parent")]
places += [f"/chu-de/{{tag.slug}}/" for tag in Tag.objects.all()[:200]]
months = [(year, month) for year in (2024, 2025) for month in range(1, 13)]
places += [f"/luu-tru/{{year}}/{{month:02}}/{{day:02}}/" for year, month in months for day in range(1, 29)]
print(json.dumps(["/"] * 200 + places))
"""
# Pages in no order, compressed as browsers ask for them.
READERS = """
wrk.headers["Accept-Encoding"] = "gzip, deflate, br"
local addresses, n = {{}}, 0
for line in io.lines("{file}") do addresses[#addresses + 1] = line end
math.randomseed(7)
request = function() return wrk.format("GET", addresses[math.random(#addresses)]) end
"""


def main() -> None:
    cli = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    cli.add_argument("--minutes", type=int, default=10)
    options = cli.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        environment = {**prepared(folder, 2000), **as_deployed()}
        said = subprocess.run([sys.executable, "-c", MANY], cwd=ROOT, env=environment, check=True, capture_output=True)
        (folder / "addresses").write_text("\n".join(json.loads(said.stdout)))
        (folder / "readers.lua").write_text(READERS.format(file=folder / "addresses"))
        port = free_port()
        target = Target("cached", granian("newsroom.wsgi:application", port), {"home": "/"}, port=port)
        with started(target, environment):
            sys.stdout.write(f"start: {taken(target)}\n")
            for minute in range(1, options.minutes + 1):
                sys.stdout.write(f"minute {minute}: {asked(target, folder)}, {taken(target)}\n")
                sys.stdout.flush()


def as_deployed() -> dict[str, str]:
    """What deploy/newsroom.env tells the C library about memory."""
    lines = (ROOT / "deploy" / "newsroom.env").read_text().splitlines()
    return dict(line.split("=", 1) for line in lines if line.startswith("MALLOC_"))


def taken(target: Target) -> str:
    whole, workers = target.memory()
    return f"{whole:.0f} MB, of which {workers:.0f} the workers"


def asked(target: Target, folder: Path) -> str:
    """A minute of load; wrk's own sum of it. Raises RuntimeError where an answer is not 200."""
    command = ["wrk", "-t1", f"-c{CONNECTIONS}", "-d60s", "-s", str(folder / "readers.lua"), target.url]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    if "Non-2xx" in said:
        raise RuntimeError(said)
    return next(line.strip() for line in said.splitlines() if "requests in" in line)


if __name__ == "__main__":
    main()
