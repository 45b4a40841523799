"""What several hosts share, for tests: a Redis and a server of S3-compatible storage, each a process of its own."""

import json
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import boto3
import pytest
from django.db import connection

from tests.processes import ROOT


def free_port():
    with closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    for _try in range(200):
        with suppress(OSError), closing(socket.create_connection(("127.0.0.1", port), 1)):
            return
        assert process.poll() is None, "it ended at once"
        time.sleep(0.05)
    raise AssertionError(f"nothing answers on port {port}")


class Server:
    """A process that answers on a port; it may be stopped, and started again on the same one."""

    def __init__(self, command, **environ):
        self.port, self.environ = free_port(), {**os.environ, **environ}
        self.command = [str(part).format(port=self.port) for part in command]
        self.start()

    def start(self, log=subprocess.DEVNULL):
        self.process = subprocess.Popen(self.command, env=self.environ, cwd=ROOT, stdout=log, stderr=log)
        wait_for(self.port, self.process)

    def stop(self):
        self.process.terminate()
        self.process.wait()


def start_redis():
    if not shutil.which("redis-server"):
        pytest.skip("redis-server is not installed: sudo apt-get install redis-server")
    quiet = ["--save", "", "--appendonly", "no", "--bind", "127.0.0.1", "--loglevel", "warning"]
    return Server(["redis-server", "--port", "{port}", *quiet])


@contextmanager
def bucket(name="bao"):
    """An empty bucket whose `media/` everybody may read, as the handbook says; its STORAGE_URL without parameters."""
    server = Server([Path(sys.executable).with_name("moto_server"), "-H", "127.0.0.1", "-p", "{port}"])
    try:
        yield Bucket(server, name)
    finally:
        server.stop()


class Bucket:
    def __init__(self, server, name):
        self.server, self.name = server, name
        self.url = f"s3+http://KEY:secret%2F@127.0.0.1:{server.port}/{name}"
        self.public = f"http://127.0.0.1:{server.port}/{name}/media"
        self.client = boto3.client(
            "s3",
            endpoint_url=f"http://127.0.0.1:{server.port}",
            aws_access_key_id="KEY",
            aws_secret_access_key="secret/",
            region_name="us-east-1",
        )
        self.client.create_bucket(Bucket=name)
        self.allow("media/*")

    def allow(self, what):
        """Everybody may read what this names."""
        allowed = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject"}
        policy = {"Version": "2012-10-17", "Statement": [{**allowed, "Resource": f"arn:aws:s3:::{self.name}/{what}"}]}
        self.client.put_bucket_policy(Bucket=self.name, Policy=json.dumps(policy))


def fetched(url):
    """Status, headers and body of what anybody gets at an address."""
    try:
        with urllib.request.urlopen(url, timeout=10) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


class Follower:
    """A PostgreSQL that follows the one of the tests, made with pg_basebackup."""

    def __init__(self, home):
        self.home, self.port = home, free_port()
        self.bin = max(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
        told = connection.settings_dict
        home.mkdir()
        if os.getuid() == 0:
            shutil.chown(home, "postgres", "postgres")
        address = ["-h", told["HOST"], "-p", told["PORT"], "-U", told["USER"]]
        self.run("pg_basebackup", *address, "-D", home / "data", "-R", "-c", "fast", "-X", "stream")
        self.start()

    def run(self, program, *arguments):
        command = [str(part) for part in (self.bin / program, *arguments)]
        if os.getuid() == 0:  # no server of PostgreSQL runs as root
            command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
        done = subprocess.run(command, cwd=self.home, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr + done.stdout

    def start(self):
        options = f"-p {self.port} -c listen_addresses=127.0.0.1 -c unix_socket_directories={self.home} -c fsync=off"
        self.run("pg_ctl", "start", "-D", "data", "-w", "-l", "log", "-o", options)

    def stop(self):
        self.run("pg_ctl", "stop", "-D", "data", "-m", "immediate")

    def forget(self):
        self.stop()
        shutil.rmtree(self.home)

    def ask(self, statement):
        url = connection.settings_dict
        self.run("psql", "-h", "127.0.0.1", "-p", str(self.port), "-U", url["USER"], "-c", statement, url["NAME"])

    @property
    def url(self):
        told = connection.settings_dict
        return f"postgres://{told['USER']}@127.0.0.1:{self.port}/{told['NAME']}"
