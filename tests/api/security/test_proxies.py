"""The examples of examples/proxy, run: a browser signs in through nginx and through Caddy, below a path, over TLS."""

import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from threading import Thread

import httpx2
import pytest
import uvicorn
from playwright.sync_api import Browser, expect

from api.app import create_app
from api.security.keys import AccessRole
from api.settings import Settings
from graph.store.contract import Store

pytestmark = [pytest.mark.server, pytest.mark.browser]

ROOT = Path(__file__).parents[3]
PLAN = "娄底市-娄发2017-4"
PAGES = {
    "home": "/", "search": "/search?q=法制", "plan": f"/documents/{PLAN}", "text": f"/documents/{PLAN}/text",
    "item": f"/items/{PLAN}:20", "unit": "/units/娄底市:市政府法制办", "regulation": "/regulations/湖南省行政程序规定",
    "findings": f"/documents/{PLAN}/findings", "ask": "/ask?q=市政府法制办牵头哪些事项", "docs": "/docs",
    "guide": "/neo4j-guide/",
}  # fmt: skip


@dataclass(frozen=True)
class Office:
    """A service behind a proxy: the address that people know, the service's own, and a reader's key."""

    address: str
    own: str
    key: str


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    files = ["-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")]
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *names, *files]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def office(
    request: pytest.FixtureRequest, embedded_sample: Store, certificate: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Office]:
    program = shutil.which(request.param)
    if program is None:
        pytest.skip(f"NOT TESTED behind {request.param}: it is not installed")
    port, own = free_port(), free_port()
    app = create_app(Settings(port=own, path_prefix="/zeren", trusted_proxies="127.0.0.1"), embedded_sample)
    config = uvicorn.Config(app, port=own, log_level="error", proxy_headers=False)
    server, folder = uvicorn.Server(config), tmp_path_factory.mktemp(request.param)
    thread = Thread(target=server.run, daemon=True)
    thread.start()
    example = ROOT / "examples" / "proxy" / {"nginx": "nginx.conf", "caddy": "Caddyfile"}[request.param]
    text = example.read_text(encoding="utf-8").replace("127.0.0.1:8000", f"127.0.0.1:{own}")
    text = text.replace("plans.example", "localhost").replace("/etc/zeren", str(certificate)).replace("443", str(port))
    if request.param == "nginx":
        temporary = "".join(
            f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        text = f"pid {folder}/pid;\nerror_log {folder}/log;\nevents {{}}\nhttp {{\naccess_log off;\n{temporary}{text}\n}}\n"
        command = [program, "-c", str(folder / "config"), "-p", str(folder), "-g", "daemon off;"]
    else:
        text = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n" + text
        command = [program, "run", "--config", str(folder / "config"), "--adapter", "caddyfile"]
    (folder / "config").write_text(text, encoding="utf-8")
    environment = {
        "HOME": str(folder),
        "XDG_DATA_HOME": str(folder),
        "XDG_CONFIG_HOME": str(folder),
        "PATH": "/usr/bin:/bin",
    }
    with (folder / "said").open("wb") as said:
        proxy = subprocess.Popen(command, stdout=said, stderr=said, env=environment)
    address = f"https://localhost:{port}/zeren"
    try:
        for _ in range(600):
            try:
                if httpx2.get(f"{address}/healthz", verify=False).status_code == 200:
                    break
            except httpx2.HTTPError:
                assert proxy.poll() is None, (folder / "said").read_text()
            time.sleep(0.1)
        ring = app.state.service.keys
        yield Office(address, f"http://127.0.0.1:{own}", ring.create(f"经{request.param}", AccessRole.READER))
    finally:
        proxy.terminate()
        proxy.wait(60)
        server.should_exit = True
        thread.join(60)


def test_a_browser_signs_in_and_sees_every_kind_of_page(office: Office, browser: Browser) -> None:
    context = browser.new_context(ignore_https_errors=True)
    page = context.new_page()
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
    page.goto(f"{office.address}/units/娄底市:市政府法制办")
    page.get_by_label("密钥").fill(office.key)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("市政府法制办", timeout=60_000)
    for path in PAGES.values():
        page.goto(office.address + path)
        assert page.url.startswith(office.address)
        if path == "/docs":
            expect(page.locator(".opblock").first).to_be_visible(timeout=60_000)
    assert failed == []
    cookie = next(one for one in context.cookies() if one["name"] == "zeren_session")
    assert (cookie["secure"], cookie["httpOnly"], cookie["sameSite"], cookie["path"]) == (
        True,
        True,
        "Strict",
        "/zeren",
    )
    file = context.request.get(f"{office.address}/v1/documents/{PLAN}/dossier?format=xlsx")
    assert (file.status, file.body()[:2]) == (200, b"PK")
    context.close()


def test_every_link_of_every_page_is_answered(office: Office) -> None:
    with httpx2.Client(verify=False, headers={"Authorization": f"Bearer {office.key}"}, timeout=60) as client:
        host = office.address.removesuffix("/zeren")
        found = {
            link.replace("&amp;", "&")
            for path in PAGES.values()
            for link in re.findall(r'\s(?:href|src)="(/[^"#]*)', client.get(office.address + path).text)
        }
        kinds = {re.sub(r"[^/a-z]+", "*", link.partition("?")[0]): link for link in sorted(found)}  # one of each kind
        assert len(kinds) > 10
        direct = {link: client.get(office.own + link).status_code for link in kinds.values()}
        assert {link: client.get(host + link).status_code for link in kinds.values()} == direct
        assert list(direct.values()).count(200) > 10


def test_reads_through_it_need_a_key_and_it_says_who_asks(office: Office) -> None:
    assert httpx2.get(f"{office.address}/v1/documents", verify=False).status_code == 401
    assert httpx2.get(f"{office.own}/v1/documents").status_code == 401
    given = {"Authorization": f"Bearer {office.key}"}
    assert httpx2.get(f"{office.address}/v1/documents", verify=False, headers=given).status_code == 200
