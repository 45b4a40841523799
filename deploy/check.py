"""Does the stack of deploy/ work? Starts exactly it on this machine and walks through it: `make deploy-check`.

The files of deploy/ are used as they stand, with paths and ports put in; nginx and PostgreSQL are Debian's. As root
everything runs as users without rights; nothing outlives the run. What systemd does for a unit, `Unit` does here.
"""

import contextlib
import os
import pwd
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

import walk

ROOT = Path(__file__).resolve().parent.parent
ENVIRON = {
    "SITE_URL": "http://bao.example.vn:{http}",
    "SECRET_KEY": "{secret}",
    "DATABASE_URL": "postgres://newsroom@127.0.0.1:{postgres}/newsroom",
    "EMAIL_URL": "consolemail://",
    "PATH": "/usr/bin:/bin",
}


class Unit:
    """A service as systemd keeps it: started again when it ends, unless it was told to end."""

    def __init__(self, stack, name, command, environ, user):
        self.stack, self.name, self.command, self.environ, self.user = stack, name, command, environ, user
        self.start()

    def start(self):
        log = (self.stack.work / f"{self.name}.log").open("ab")
        self.process = subprocess.Popen(
            as_user(self.user, self.command),
            cwd=self.stack.code,
            env=self.environ,
            stdout=log,
            stderr=log,
            start_new_session=True,
        )
        log.close()

    def stop(self, kill=False):
        """By its main process, or all of its processes at once, as systemd does in the end."""
        if kill:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
        else:
            self.process.terminate()
        self.process.wait(45)

    def workers(self):
        """The processes that answer requests."""
        found = []
        for stat in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):  # it ended while we looked
                parent = stat.read_text().rpartition(")")[2].split()[1]
                if int(parent) == self.process.pid and b"tracker" not in stat.with_name("cmdline").read_bytes():
                    found.append(int(stat.parent.name))
        return found


class Stack:
    """PostgreSQL, two application servers and nginx in a folder of their own."""

    def __init__(self, work):
        self.work, self.code, self.var = work, work / "srv", work / "var"
        self.app_user, self.sql_user = ("nobody", "postgres") if os.getuid() == 0 else (None, None)
        names = ("http", "inner", "one", "two", "postgres")
        self.ports = dict(zip(names, free_ports(len(names)), strict=True))
        self.places = {
            "/srv/newsroom": self.code,
            "/var/lib/newsroom": self.var,
            "/var/backups/newsroom": work / "backups",
            "/run/newsroom": work / "run",
            "/var/cache/nginx/newsroom": work / "cache",
            "/var/log/nginx": work / "nginx",
            "/etc/nginx/newsroom-proxy.conf": work / "nginx-proxy.conf",
            "127.0.0.1:8000": f"127.0.0.1:{self.ports['inner']}",
            "127.0.0.1:8001": f"127.0.0.1:{self.ports['one']}",
            "127.0.0.1:8002": f"127.0.0.1:{self.ports['two']}",
            "listen 80;": f"listen {self.ports['http']};",
        }
        self.units = {}

    def rendered(self, name):
        """A file of deploy/ with the paths and ports of this run."""
        text = (ROOT / "deploy" / name).read_text()
        for place, here in self.places.items():
            text = text.replace(place, str(here))
        return text

    def prepare(self):
        """The code, its libraries and the folders, readable for the users that run them."""
        self.work.chmod(0o755)
        tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
        for name in filter(None, tracked.decode().split("\0")):
            if not name.startswith(("tests/", "bench/", "docs/")) and (ROOT / name).is_file():
                (self.code / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, self.code / name)
        self.install()
        for folder in (self.var, *map(self.work.joinpath, ("run", "cache", "nginx", "backups"))):
            folder.mkdir()
            own(folder, self.app_user)
        self.environ = self.read_environ()

    def install(self):
        """The virtual environment of the unit: Debian's Python with the libraries that are here, or pinned ones."""
        python = "/usr/bin/python3" if os.getuid() == 0 else sys.executable
        run([python, "-m", "venv", self.code / ".venv"])
        (site,) = (self.code / ".venv/lib").glob("python*/site-packages")
        here = ROOT / ".venv/lib" / site.parent.name / "site-packages"
        if here.exists():
            shutil.copytree(
                here, site, dirs_exist_ok=True, ignore=shutil.ignore_patterns("pip*", "mypy*", "playwright*")
            )
            program = self.code / ".venv/bin/granian"
            program.write_text(
                f"#!{self.code}/.venv/bin/python\n" + "from granian.cli import entrypoint\nentrypoint()\n"
            )
            program.chmod(0o755)
        else:
            pip = [self.code / ".venv/bin/pip", "install", "-q", "--no-deps", "--require-hashes", "-r"]
            run([*pip, ROOT / "requirements.txt"])

    def read_environ(self):
        """newsroom.env as systemd reads it, with what an operator fills in."""
        lines = [line for line in self.rendered("newsroom.env").splitlines() if line and not line.startswith("#")]
        filled = {name: value.format(secret="k" * 60, **self.ports) for name, value in ENVIRON.items()}
        return dict(line.split("=", 1) for line in lines) | filled

    def manage(self, *command, check=True, **environ):
        """Run a command of the house as newsroom-job@.service does; returns the finished process."""
        python = [self.code / ".venv/bin/python", "manage.py", *command]
        told = {"env": self.environ | environ, "cwd": self.code, "capture_output": True, "text": True}
        done = subprocess.run(as_user(self.app_user, python), check=False, **told)
        if check and done.returncode:
            raise AssertionError(f"manage.py {command[0]}: {done.stdout[-500:]}{done.stderr[-1500:]}")
        return done

    def start_postgres(self):
        """A cluster with the settings of deploy/postgresql.conf."""
        home = self.work / "postgres"
        home.mkdir()
        own(home, self.sql_user)
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        initdb = [self.bin / "initdb", "-D", home / "data", "-U", "newsroom", "-A", "trust", "-E", "UTF8", "-N"]
        run(as_user(self.sql_user, [*initdb, "--locale=C.UTF-8"]), cwd=home)
        port = f"port = {self.ports['postgres']}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{home}'\n"
        with (home / "data/postgresql.conf").open("a") as file:
            file.write(port + self.rendered("postgresql.conf"))
        self.postgres("start")
        self.create_database("newsroom")

    def postgres(self, deed, *options):
        """start or stop"""
        command = [self.bin / "pg_ctl", deed, "-D", self.work / "postgres/data", "-w", *options]
        log = ["-l", self.work / "postgres/log"] if deed == "start" else []
        run(as_user(self.sql_user, [*command, *log]), cwd=self.work)

    def create_database(self, name):
        address = ["-h", "127.0.0.1", "-p", str(self.ports["postgres"]), "-U", "newsroom"]
        run([self.bin / "createdb", *address, name])

    def start_application(self):
        unit = self.rendered("newsroom@.service")
        command = re.search(r"^ExecStart=(.+)$", unit, re.MULTILINE)[1]
        for name in ("one", "two"):
            port = str(self.ports[name])
            self.units[name] = Unit(self, name, shlex.split(command.replace("%i", port)), self.environ, self.app_user)

    def start_nginx(self):
        (self.work / "nginx-proxy.conf").write_text(self.rendered("nginx-proxy.conf"))
        (self.work / "site.conf").write_text(self.rendered("nginx.conf"))
        temporary = "\n".join(
            f"{kind}_temp_path {self.work}/nginx/{kind};"
            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        (self.work / "nginx.conf").write_text(
            f"daemon off; pid {self.work}/nginx/pid; worker_processes 2; error_log {self.work}/nginx/error.log;\n"
            "events { worker_connections 1024; }\n"
            "http { include /etc/nginx/mime.types; default_type application/octet-stream; sendfile on; gzip on;\n"
            f"{temporary}\ninclude {self.work}/site.conf; }}\n"
        )
        command = [shutil.which("nginx", path="/usr/sbin:/usr/bin"), "-c", self.work / "nginx.conf"]
        run(as_user(self.app_user, [*command, "-t"]))
        self.units["nginx"] = Unit(self, "nginx", command, {"PATH": "/usr/bin"}, self.app_user)

    def stop(self):
        for unit in self.units.values():
            unit.stop(kill=True)
        if (self.work / "postgres/data/postmaster.pid").exists():
            self.postgres("stop", "-m", "immediate")


def as_user(user, command):
    """The command as this user; as we are, where there is none."""
    command = [str(part) for part in command]
    if user is None:
        return command
    group = pwd.getpwnam(user).pw_gid
    return ["setpriv", f"--reuid={user}", f"--regid={group}", "--clear-groups", *command]


def own(folder, user):
    if user:
        shutil.chown(folder, user, pwd.getpwnam(user).pw_gid)


def run(command, **options):
    done = subprocess.run([str(part) for part in command], capture_output=True, text=True, check=False, **options)
    if done.returncode:
        raise AssertionError(f"{command[0]}: {done.stdout[-500:]}{done.stderr[-1500:]}")


def free_ports(count):
    sockets = [socket.socket() for _number in range(count)]
    for one in sockets:
        one.bind(("127.0.0.1", 0))
    ports = [one.getsockname()[1] for one in sockets]
    for one in sockets:
        one.close()
    return ports


def say(line):
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def install_missing():
    wanted = [name for name, tool in {"nginx": "/usr/sbin/nginx"}.items() if not Path(tool).exists()]
    wanted += [] if any(Path("/usr/lib/postgresql").glob("*/bin/initdb")) else ["postgresql"]
    if wanted:
        if os.getuid() != 0:
            sys.exit(f"sudo apt-get install {' '.join(wanted)}")
        environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        subprocess.run(["apt-get", "update", "-qq"], check=True, env=environ, stdout=subprocess.DEVNULL)
        install = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *wanted]
        subprocess.run(install, check=True, env=environ, stdout=subprocess.DEVNULL)


def main():
    install_missing()
    began, stack = time.monotonic(), Stack(Path(tempfile.mkdtemp(prefix="newsroom-check.")))
    try:
        for name, step in walk.steps(stack):
            start = time.monotonic()
            told = step() or "ok"
            say(f"{time.monotonic() - start:6.1f} s  {name}: {told}")
    except Exception:
        say(f"FAILED: {name}\n{traceback.format_exc()}")
        for log in (
            *stack.work.glob("*.log"),
            stack.work / "nginx/error.log",
            stack.work / "nginx/newsroom-error.log",
        ):
            say(f"--- {log.name}\n" + (log.read_text(errors="replace")[-1500:] if log.exists() else ""))
        sys.exit(1)
    finally:
        stack.stop()
        shutil.rmtree(stack.work, ignore_errors=True)
    say(f"{time.monotonic() - began:6.1f} s  all")


if __name__ == "__main__":
    main()
