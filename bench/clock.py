"""What did it cost? Processor time of this process and of its database backend, which other programs do not change."""

import time
from pathlib import Path

from django.db import connection


class Clock:
    """Reads seconds of work done so far. A PostgreSQL on another machine is not seen."""

    def __init__(self) -> None:
        self.backend: Path | None = None
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET max_parallel_workers_per_gather = 0")  # their work would not be counted
                cursor.execute("SELECT pg_backend_pid()")
                self.backend = Path(f"/proc/{cursor.fetchone()[0]}/schedstat")

    def read(self) -> tuple[float, float]:
        """Seconds of both together, and of the backend alone (0.0 on SQLite, which works in this process)."""
        backend = int(self.backend.read_text().split()[0]) / 1e9 if self.backend and self.backend.exists() else 0.0
        return time.process_time() + backend, backend
