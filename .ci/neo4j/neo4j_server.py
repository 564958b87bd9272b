"""A real Neo4j Community server for tests and benches, from the jars of the Maven registry; no container is needed.

Order of steps: `fetch` has Maven copy the jars of one version into a folder of the user's cache (once); `find_java`
looks for a Java that this version runs on; `Server.start` writes the settings and the first password into a home of
its own, takes free ports, starts the process and waits until Bolt answers; `Server.stop` ends it in order. A program
that is killed takes its server along: a shell beside it waits for the program's end of a pipe to close.

By hand (``up`` prints the address; name and password are neo4j and test-password)::

    python .ci/neo4j/neo4j_server.py up build/neo4j --version 5.26.30
    python .ci/neo4j/neo4j_server.py down build/neo4j

Environment: ZEREN_NEO4J_JARS (folder of the jars, one folder a version below it), ZEREN_NEO4J_JAVA (path of a java,
before those of JAVA_HOME, PATH and /usr/lib/jvm), ZEREN_NEO4J_BROWSER=1 also waits for HTTP.

Left to others: what is stored there (the tests), which versions are tried (tests/conftest.py, .ci/run).
"""

import argparse
import fcntl
import json
import os
import random
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

LTS = "5.26.30"
NEWEST = "2026.08.1"
USER, PASSWORD = "neo4j", "test-password"

START_LIMIT = 120.0  # seconds; a cold disk takes half a minute
STOP_LIMIT = 160.0  # a calendar version waits over a minute for transactions left open
FETCH_LIMIT = 900
ADMIN_LIMIT = 3600

# Neo4j reaches into these packages of Java itself
OPENED = ("java.nio", "java.io", "sun.nio.ch")
# The first compiler alone, for a short life. Java then sets a fifth of the room for compiled code aside, which a test run
# fills: what no longer fits is thrown away and compiled anew, over and over.
QUICK = ["-XX:TieredStopAtLevel=1", "-XX:ReservedCodeCacheSize=240m", "-XX:+UseSerialGC"]
# A plan that was made stays. Neo4j looks every ten seconds whether a store has changed too much for its plans; the stores
# of tests are filled and emptied all the time, and each plan takes most of a second.
NO_SECOND_PLANS = ["dbms.cypher.statistics_divergence_threshold=1.0", "dbms.cypher.min_replan_interval=1d"]
# Bolt's greeting: its magic number, then four offers (5.0 to 5.8, 4.4, none, none)
GREETING = bytes.fromhex("6060b017 00080805 00000404 00000000 00000000")


class NoServer(Exception):
    """No Java or no jars: nothing of this machine's Neo4j can be tested."""


def jars_folder(version: str) -> Path:
    """Where the jars of ``version`` are kept."""
    given = os.environ.get("ZEREN_NEO4J_JARS")
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return (Path(given) if given else cache / "zeren" / "neo4j") / version


def fetch(version: str) -> Path:
    """The folder with the jars of ``version``, fetched when it is not there. Raises NoServer."""
    folder = jars_folder(version)
    done = folder / ".complete"  # written last, so that half a download is fetched again
    if done.exists():
        return folder
    with _alone(folder.with_name(f"{version}.lock")):
        if done.exists():
            return folder
        maven = shutil.which("mvn")
        if maven is None:
            raise NoServer(f"Maven (mvn) is not installed and {folder} has no jars; Debian: apt-get install maven")
        shutil.rmtree(folder, ignore_errors=True)
        command = [maven, "-B", "-q", "-f", str(Path(__file__).with_name("pom.xml")), "dependency:copy-dependencies",
                   f"-Dneo4j.version={version}", "-DincludeScope=runtime", f"-DoutputDirectory={folder}"]  # fmt: skip
        done_process = subprocess.run(command, capture_output=True, text=True, timeout=FETCH_LIMIT, check=False)
        if done_process.returncode:
            first = next((line for line in done_process.stdout.splitlines() if "ERROR" in line), "no message")
            raise NoServer(f"Maven could not fetch Neo4j {version}: {first[:300]}")
        done.touch()
    return folder


def find_java(version: str) -> tuple[Path, int]:
    """A java that runs Neo4j ``version``, with its major number. Raises NoServer."""
    low, high = (17, 21) if version.startswith("5.") else (21, 25)
    home, found = os.environ.get("JAVA_HOME"), shutil.which("java")
    candidates = [os.environ.get("ZEREN_NEO4J_JAVA"), home and f"{home}/bin/java", found]
    candidates += sorted(map(str, Path("/usr/lib/jvm").glob("*/bin/java")))
    met = []
    for path in (Path(c) for c in candidates if c and Path(c).exists()):
        said = subprocess.run([path, "-version"], capture_output=True, text=True, check=False).stderr
        number = re.search(r'version "(\d+)', said)
        if number and low <= int(number[1]) <= high:
            return path, int(number[1])
        met.append(f"{path} ({number[1] if number else '?'})")
    raise NoServer(f"Neo4j {version} needs Java {low} to {high}; met: {', '.join(met) or 'none'}")


class Server:
    """One server in the folder ``home``; the same folder can be started and stopped many times, on the same ports.

    A ``quick`` one is soon warm and never fast: right for tests, wrong for benches. One that shall ``outlive`` this
    program runs until someone stops it; any other is gone with the program, however that ends.
    """

    def __init__(
        self,
        home: Path,
        version: str = LTS,
        *,
        heap: str = "384m",
        pages: str = "64m",
        quick: bool = True,
        outlive: bool = False,
    ) -> None:
        self.home, self.version, self.heap, self.pages = home.absolute(), version, heap, pages
        self._quick, self._outlive = quick, outlive
        self._process: subprocess.Popen[bytes] | None = None
        self._watcher: subprocess.Popen[bytes] | None = None
        self.bolt, self.http = self._ports()

    @property
    def uri(self) -> str:
        return f"bolt://127.0.0.1:{self.bolt}"

    @property
    def pid(self) -> int | None:
        """The process, while it runs; also one that an earlier program started here."""
        if self._process is not None:
            return self._process.pid if self._process.poll() is None else None
        try:
            pid = int((self.home / "server.pid").read_text())
            command = Path(f"/proc/{pid}/cmdline").read_bytes()
        except (OSError, ValueError):
            return None
        return pid if f"--home-dir={self.home}".encode() in command else None

    def start(self) -> "Server":
        """Start the server and wait for it. Raises NoServer without Java or jars, RuntimeError when it does not come."""
        if self.pid is not None:
            return self
        jars = fetch(self.version)
        java, number = find_java(self.version)
        self._prepare(jars, java)
        lts = self.version.startswith("5.")
        main = "org.neo4j.server.CommunityEntryPoint" if lts else "org.neo4j.server.Neo4jCommunity"
        options = [f"--add-opens=java.base/{package}=ALL-UNNAMED" for package in OPENED]
        options += QUICK if self._quick else ["-XX:+UseG1GC"]
        options += ["--enable-native-access=ALL-UNNAMED"] if number >= 21 else []
        options += ["--sun-misc-unsafe-memory-access=allow"] if number >= 24 else []
        command = [str(java), f"-Xms{self.heap}", f"-Xmx{self.heap}", "-XX:+ExitOnOutOfMemoryError",
                   "-Dfile.encoding=UTF-8", *options, "-cp", f"{self.home}/conf/*:{jars}/*", main,
                   f"--home-dir={self.home}", f"--config-dir={self.home}/conf", "--console-mode"]  # fmt: skip
        log = self.home / "logs" / "console.log"
        with log.open("ab") as out:
            # a session of its own: Ctrl-C in the tests is theirs, they stop the server in order
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=out, stderr=out, env=self._environment(), cwd=self.home,
                start_new_session=True,
            )  # fmt: skip
        if not self._outlive:
            self._watch(self._process.pid)
        (self.home / "server.pid").write_text(str(self._process.pid))
        self._wait(log)
        return self

    def stop(self) -> None:
        """End the server in order; killed when it takes longer than any order allows."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End the server at once, as a crash would."""
        self._end(signal.SIGKILL)

    def configure(self, *settings: str) -> None:
        """Replace what an earlier call added to the settings, for the next start: ``configure()`` takes it back."""
        (self.home / "conf" / "neo4j.conf").write_text("\n".join((*self._settings(), *settings)) + "\n")

    def _end(self, how: signal.Signals) -> None:
        pid = self.pid
        if pid is not None:
            os.kill(pid, how)
        end = time.monotonic() + STOP_LIMIT
        while pid is not None and self.pid is not None:
            if time.monotonic() > end:
                os.kill(pid, signal.SIGKILL)
            time.sleep(0.05)
        self._process = None
        self._unwatch()

    def _watch(self, pid: int) -> None:
        """End the server when this program is gone; its end of the pipe closes even when it is killed."""
        self._unwatch()
        command = ["sh", "-c", 'read -r _; kill -9 "$0"', str(pid)]
        self._watcher = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)

    def _unwatch(self) -> None:
        watcher, self._watcher = self._watcher, None
        if watcher is not None:
            watcher.kill()
            watcher.communicate()

    def _ports(self) -> tuple[int, int]:
        kept = self.home / "ports.json"
        if kept.exists():
            bolt, http = json.loads(kept.read_text())
            return bolt, http
        with socket.socket() as one, socket.socket() as other:
            ports = _bind(one), _bind(other)
        self.home.mkdir(parents=True, exist_ok=True)
        kept.write_text(json.dumps(ports))
        return ports

    def _environment(self) -> dict[str, str]:
        return {**os.environ, "NEO4J_HOME": str(self.home), "NEO4J_CONF": str(self.home / "conf")}

    def _prepare(self, jars: Path, java: Path) -> None:
        """Settings and first password, when the home is new."""
        if (self.home / "data" / "dbms" / "auth.ini").exists() or (self.home / "data" / "databases").exists():
            return
        for folder in ("conf", "logs", "import"):
            (self.home / folder).mkdir(parents=True, exist_ok=True)
        self.configure()
        self._admin(jars, java, self.home, "dbms", "set-initial-password", PASSWORD)

    def admin(self, *arguments: str, folder: Path) -> str:
        """What ``neo4j-admin`` prints, run in ``folder`` while the server is stopped. Raises RuntimeError when it fails."""
        jars = fetch(self.version)
        java, _ = find_java(self.version)
        self._prepare(jars, java)
        return self._admin(jars, java, folder, *arguments)

    def _admin(self, jars: Path, java: Path, folder: Path, *arguments: str) -> str:
        command = [str(java), "-cp", f"{jars}/*", "org.neo4j.server.startup.Neo4jAdminCommand", *arguments]
        environment = self._environment() | {"JAVA_HOME": str(java.resolve().parents[1])}
        done = subprocess.run(
            command, env=environment, cwd=folder, capture_output=True, text=True, timeout=ADMIN_LIMIT, check=False
        )
        if done.returncode:
            raise RuntimeError(f"neo4j-admin {' '.join(arguments[:2])} failed: {(done.stderr or done.stdout)[-1500:]}")
        return done.stdout

    def _settings(self) -> list[str]:
        lines = [
            "server.default_listen_address=127.0.0.1",
            f"server.bolt.listen_address=127.0.0.1:{self.bolt}",
            f"server.bolt.advertised_address=127.0.0.1:{self.bolt}",  # else clients are sent to port 7687
            f"server.http.listen_address=127.0.0.1:{self.http}",
            f"server.http.advertised_address=127.0.0.1:{self.http}",
            f"server.memory.pagecache.size={self.pages}",
            f"server.directories.import={self.home}/import",
            "db.tx_log.rotation.retention_policy=1 files",
            "dbms.usage_report.enabled=false",
            "client.allow_telemetry=false",
        ]
        if self._quick and not self._outlive:
            lines += NO_SECOND_PLANS
        if not self.version.startswith("5."):  # calendar versions look for others of their kind in the network
            lines += ["dbms.fleet_manager.enabled=false", "server.fleet_discovery.enabled=false"]
        return lines

    def _wait(self, log: Path) -> None:
        end = time.monotonic() + START_LIMIT
        while not (self._bolt_answers() and (not os.environ.get("ZEREN_NEO4J_BROWSER") or _open(self.http))):
            if self.pid is None or time.monotonic() > end:
                state = "ended at its start" if self.pid is None else f"gave no Bolt answer in {START_LIMIT:.0f} s"
                self.kill()
                raise RuntimeError(f"Neo4j {self.version} {state}: {log.read_text(errors='replace')[-1500:]}")
            time.sleep(0.1)

    def _bolt_answers(self) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", self.bolt), timeout=2) as connection:
                connection.sendall(GREETING)
                return connection.recv(4) not in (b"", b"\0\0\0\0")
        except OSError:
            return False


def _bind(taken: socket.socket) -> int:
    """A free port below those the system gives to outgoing connections: it is still free after a restart."""
    for port in random.sample(range(20_000, 32_000), 200):
        try:
            taken.bind(("127.0.0.1", port))
        except OSError:
            continue
        return port
    raise RuntimeError("no free port between 20000 and 32000")


def _open(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=2).close()
    except OSError:
        return False
    return True


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the lock file ``path``: several test processes begin at once."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield


def main() -> int:
    """The command line."""
    parser = argparse.ArgumentParser(description="A real Neo4j server without a container.")
    parser.add_argument("what", choices=("lts", "newest", "fetch", "up", "down"))
    parser.add_argument("home", type=Path, nargs="?")
    parser.add_argument("--version", default=LTS)
    given = parser.parse_args()
    if given.what in ("up", "down") and given.home is None:
        parser.error("up and down need the folder of the server")
    try:
        if given.what in ("lts", "newest"):
            print(LTS if given.what == "lts" else NEWEST)
        elif given.what == "fetch":
            print(fetch(given.version))
        elif given.what == "up":
            print(Server(given.home, given.version, outlive=True).start().uri)
        else:
            Server(given.home, given.version).stop()
    except (NoServer, RuntimeError) as error:
        print(f"neo4j_server: {error}", file=sys.stderr)
        return 3 if isinstance(error, NoServer) else 5
    return 0


if __name__ == "__main__":
    sys.exit(main())
