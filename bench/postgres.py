"""A PostgreSQL of its own in a temporary folder, for as long as it is needed; never the one of the machine.

    python -m bench.postgres COMMAND...     runs COMMAND with DATABASE_URL naming an empty database

It listens at a socket in its folder only. PostgreSQL refuses to run as root: then it runs as `postgres`.
"""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import psycopg

OWNER = "erbij"
# As docs/settings.md asks, beside where it listens; fsync and synchronous_commit stay on.
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "wal_recycle": "off",
    "log_min_messages": "fatal",
    "log_min_error_statement": "panic",
}


def programs() -> Path | None:
    """The folder with `initdb` and `pg_ctl`: the newest that Debian installed, or what PATH finds."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
    on_path = shutil.which("initdb")
    return found[-1].parent if found else Path(on_path).resolve().parent if on_path else None


class Cluster:
    """A server and its files in `folder`; `log` is what it wrote."""

    def __init__(self, folder: Path, programs: Path, **settings: str) -> None:
        self.folder, self.programs = folder, programs
        self.data, self.log = folder / "data", folder / "log"
        self.user = "postgres" if os.geteuid() == 0 else None
        if self.user:
            account = pwd.getpwnam(self.user)
            os.chown(folder, account.pw_uid, account.pw_gid)
        self._run(
            "initdb", "--auth=trust", "--encoding=UTF8", "--no-sync", f"--username={OWNER}", "-D", self.data
        )
        with (self.data / "postgresql.conf").open("a") as file:
            wanted = SETTINGS | {"unix_socket_directories": str(folder)} | settings
            file.writelines(f"{name} = '{value}'\n" for name, value in wanted.items())

    def start(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-l", self.log, "-w", "-t", "60", "start")

    def stop(self, how: str = "fast") -> None:
        """`immediate` is a crash: nothing is written, the next start recovers from the log."""
        self._run("pg_ctl", "-D", self.data, "-m", how, "-w", "stop")

    def create(self, name: str, *, like: str = "template1") -> str:
        """Make a database, a copy of another one if wanted, and give its address."""
        self.ask(f'CREATE DATABASE "{name}" TEMPLATE "{like}"')
        return self.address(name)

    def address(self, name: str) -> str:
        return f"postgres://{OWNER}@/{name}?host={self.folder}"

    def ask(self, statement: str, *, database: str = "postgres") -> list[tuple[object, ...]]:
        with psycopg.connect(self.address(database), autocommit=True) as connection:
            cursor = connection.execute(statement)
            return cursor.fetchall() if cursor.description else []

    def _run(self, program: str, *arguments: object) -> None:
        # Not through a pipe: the server would inherit it, and reading it would never end.
        with (self.folder / "said").open("w+b") as said:
            command = [str(self.programs / program), *map(str, arguments)]
            done = subprocess.run(
                command, user=self.user, group=self.user, cwd="/", stdout=said, stderr=said, check=False
            )
            said.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program} did not work: {said.read().decode(errors='replace')}")


@contextmanager
def cluster(**settings: str) -> Iterator[Cluster]:
    """A running cluster that is gone afterwards.

    Raises
    ------
    FileNotFoundError
        PostgreSQL is not installed here.
    """
    found = programs()
    if found is None:
        raise FileNotFoundError("PostgreSQL is not installed here")
    # Its socket has to stand under a short path, and its own account has to reach it.
    folder = Path(tempfile.mkdtemp(prefix="erbij-pg-", dir="/tmp"))
    made = Cluster(folder, found, **settings)
    try:
        made.start()
        yield made
    finally:
        if (made.data / "postmaster.pid").exists():
            made.stop("immediate")
        shutil.rmtree(folder)


@contextmanager
def another(address: str) -> Iterator[str]:
    """An empty database beside the one at an address, gone afterwards."""
    name, parts = f"other-{uuid4().hex}", urlsplit(address)
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
        yield parts._replace(path=f"/{name}").geturl()
        connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')


def main() -> None:
    if programs() is None:
        raise SystemExit("PostgreSQL is not installed here: nothing was run.")
    # Whether it reaches the disk is not what a command like the tests asks; the crash tests start their own.
    with cluster(fsync="off", full_page_writes="off") as made:
        address = made.create("erbij")
        done = subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": address}, check=False)
    raise SystemExit(done.returncode)


if __name__ == "__main__":
    main()
