"""Does sanitising stay linear in the length of what is sent? `python bench/sanitiser.py` prints ratios.

Each line: the time for four times the input over the time for it; 4 is linear, 16 is quadratic.
"""

import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from newsroom.lib import html

STORY = "<p>Ngày 14-1, huyện tổ chức hội nghị <strong>tổng kết</strong> công tác năm.</p>"
PIECES = {
    "a story": STORY,
    "<div>": "<div>",
    "<b>": "<b>",
    "<table><tr><td>": "<table><tr><td>",
    "<!--": "<!--",
    '<a "': '<a "',
}
LENGTH = 90_000  # characters


def seconds(markup: str) -> float:
    """The best of three runs, in seconds of this process."""
    runs = []
    for _ in range(3):
        start = time.process_time()
        html.sanitise(markup)
        runs.append(time.process_time() - start)
    return min(runs)


def main() -> None:
    for name, piece in PIECES.items():
        count = LENGTH // len(piece)
        ratio = seconds(piece * count) / seconds(piece * (count // 4))
        sys.stdout.write(f"{name:18} {ratio:5.1f}\n")


if __name__ == "__main__":
    main()
