"""``zeren mcp``: assistants ask the store by the Model Context Protocol, over standard input and output.

Example: an assistant starts ``zeren mcp --store embedded:`` and calls its tool ``duties`` with ``unit=市政府法制办``.

Left to others: the tools (`api.mcp.tools`), speaking (`api.mcp.stdio`).
"""

from contextlib import closing

from api.cli.arguments import StoreOption


def mcp(store: StoreOption = "embedded:") -> None:
    """Answer an assistant (Model Context Protocol) over standard input and output; it can read and nothing else.

    Where a service holds the store, it is asked; otherwise the store is opened here. The service itself answers at /mcp.
    """
    from api.app import create_app
    from api.cli.client import exists, serving
    from api.http.dependencies import Service
    from api.mcp.stdio import serve_stdio
    from api.security.database import ServiceDatabase
    from api.security.folder import service_folder
    from api.settings import Settings, settings_of
    from graph.errors import StoreUnavailable
    from graph.store.opening import open_store
    from loaders.children.pool import Readers

    if serving(store) is not None:
        serve_stdio(None, lambda: serving(store))
        return
    if not exists(store):
        raise StoreUnavailable(
            f"there is no store at {store}; expected one with plans. Load some first: zeren load FILE."
        )
    settings = settings_of(Settings, store=store, local_use=True)
    with closing(open_store(store)) as opened:
        app = create_app(settings, opened)
        database = ServiceDatabase(service_folder(store, settings.service_folder))
        # nothing is started: jobs that wait are a service's matter
        app.state.service = Service(settings, opened, Readers(settings.read_limits), database)
        with closing(app.state.service):
            serve_stdio(app, lambda: None)
