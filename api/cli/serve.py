"""``zeren serve``: the service on one address, in one process.

Order of steps: read the settings; refuse other machines without a key; look for another holder of the store; take the
port before the store opens, so that a taken port is reported at once; serve on that socket until Ctrl-C or SIGTERM. Then requests have
``ZEREN_SHUTDOWN_SECONDS`` to end; what is at work then is answered 503 at its next statement, and what does not end even so goes with
the process, as in a kill.
The first reading child is started before all that.
When the service answers, people are told on standard output and programs by the lock file.

Example: ``zeren serve --port 8001``.

Left to others: what is served (`api.app`), the key (`api.settings`).
"""

import errno
import logging
import os
import signal
import socket
import sys
import threading
from contextlib import closing, suppress

import uvicorn
from fastapi import FastAPI

from api.app import create_app
from api.cli.client import serving
from api.http.connections import bounded_protocol
from api.http.dependencies import Service
from api.http.request_log import set_up_log
from api.security.folder import service_folder
from api.security.keys import holds_keys
from api.settings import Settings, check_binding, settings_of
from graph.errors import StoreUnavailable, ZerenError
from graph.store.contract import Store
from graph.store.opening import open_store
from loaders.children.pool import Readers

log = logging.getLogger("zeren.serve")

STATEMENT_SECONDS = 12.0  # in which a statement of an answer ends by itself
LAST_SECONDS = 8.0


def serve_command(store: str, host: str | None, port: int | None, *, local: bool, check_only: bool) -> None:
    """Serve the store until told to stop; with ``check_only`` only say whether that would work.

    If the store is already served at this address, that is reported and is no error.
    """
    given = {"store": store, "host": host, "local_use": True if local else None}
    settings = settings_of(Settings, port=port, **given)
    check_binding(settings, lambda: holds_keys(service_folder(store, settings.service_folder)))
    served = serving(settings.store)
    if served is not None:
        if served.address != settings.address:
            raise StoreUnavailable(
                f"the store is already served at {served.address} by process {served.pid}; use that address, "
                f"stop that process first (kill {served.pid}), or give another --store."
            )
        print(f"Already served at {served.address} by process {served.pid}.", flush=True)
        return
    readers = Readers(settings.read_limits)
    if not check_only:
        readers.start(
            1
        )  # before anything else is open: then it is there at once, and shares the memory of this process
    with closing(readers), _listen(settings) as listening:
        if check_only:
            return
        settings = settings_of(Settings, port=listening.getsockname()[1], **given)
        opened = open_store(settings.store)
        try:
            _serve(settings, opened, readers, listening)
        finally:
            opened.close()


def _serve(settings: Settings, opened: Store, readers: Readers, listening: socket.socket) -> None:
    set_up_log(settings)
    server = _Announcing(create_app(settings, opened, readers), settings, opened)
    # uvicorn raises the signal it was stopped by once more when all is closed: an orderly end is exit code 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with suppress(KeyboardInterrupt):
        server.run(sockets=[listening])
    if not server.started:
        raise ZerenError("the service did not start; the lines above say why.")


class _Announcing(uvicorn.Server):
    """Tells people on standard output, and programs by the lock file, where the service is, once it answers."""

    def __init__(self, app: FastAPI, settings: Settings, store: Store) -> None:
        # what proxies say of the sender is read by api.http.origin, and only of those that are trusted
        bounded = bounded_protocol(settings)
        super().__init__(
            uvicorn.Config(
                app,
                http=bounded,
                timeout_graceful_shutdown=round(settings.shutdown_seconds + STATEMENT_SECONDS),
                log_config=None,
                log_level="warning",
                workers=1,
                proxy_headers=False,
                server_header=False,
            )
        )
        self._app, self._settings, self._store = app, settings, store

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if not self.started:
            return
        address = self._settings.address
        self._store.announce(address, self._app.state.service.token)
        print(serving_line(address), flush=True)
        print(access_line(self._settings), file=sys.stderr, flush=True)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Let requests go on for a while, then end them, and at last the process: it ends in a bounded time."""
        service: Service = self._app.state.service
        service.jobs.close()
        patience = self._settings.shutdown_seconds
        for seconds, act in (
            (patience, service.interrupt),
            (patience + STATEMENT_SECONDS + LAST_SECONDS, _end_hard),
        ):
            timer = threading.Timer(seconds, act)
            timer.daemon = True
            timer.start()
        await super().shutdown(sockets)


def _end_hard() -> None:
    """End the process as a kill does, which every store survives: what holds it does not end by itself."""
    log.error("the service did not end by itself; its process is ended, and nothing is half written")
    os._exit(1)


def serving_line(address: str) -> str:
    """The line that is printed when the service answers."""
    return f"Serving {address} (pages) and {address}/docs (API). Ctrl-C ends it."


def access_line(settings: Settings) -> str:
    """The line that says who may read."""
    if settings.local_use and settings.is_local:
        return (
            "本机读取不需要密钥。若有代理把别人的请求转到这里而不加任何标记，别人也能读取：有代理时请去掉 --local "
            "(ZEREN_LOCAL_USE)。"
        )
    return f"读取和写入都需要密钥：在 {settings.address}/sign-in 登录；密钥用 zeren keys create 生成，只供本机使用时加 --local。"


def _listen(settings: Settings) -> socket.socket:
    """A listening socket on the address of the settings. Raises ZerenError that says what to do."""
    try:
        family, kind, protocol, _, place = socket.getaddrinfo(
            settings.host or None, settings.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind, protocol)
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(place)
        listening.listen(1024)  # the machine cuts it to what it has
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            other = settings.port + 1 if settings.port < 65535 else 8000
            raise ZerenError(
                f"port {settings.port} of {settings.host} is taken by another program; expected a free one. "
                f"Choose another: zeren serve --port {other} (make run PORT={other})."
            ) from None
        raise ZerenError(
            f"cannot listen on {settings.host} port {settings.port} ({error.strerror}); expected an address of this "
            f"machine and a port this user may open, such as --host 127.0.0.1 --port 8000."
        ) from None
    return listening
