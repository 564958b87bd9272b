"""``zeren keys``: who may use the service. It works on the file beside the store, whether the service runs or not.

Example: ``zeren keys create --name 王五 --role editor --expires 90d`` prints the key, once.

``zeren audit verify`` says whether the audit log is as it was written.

Left to others: what is kept (`api.security.keys`), what a role may (`api.http.access`).
"""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from api.cli.arguments import StoreOption
from graph.stamps import stamp, utc_now

if TYPE_CHECKING:
    from api.security.audit import AuditLog
    from api.security.database import ServiceDatabase
    from api.security.keys import KeyRing

keys_app = typer.Typer(
    help="Who may use the service: make, list, revoke and rotate keys.", no_args_is_help=True, rich_markup_mode=None
)
_DAYS = re.compile(r"(?P<days>\d{1,4})d")


audit_app = typer.Typer(help="The audit log of the service.", no_args_is_help=True, rich_markup_mode=None)


@audit_app.command(name="verify")
def verify_audit(store: StoreOption = "embedded:") -> None:
    """Read the whole audit log and name the first line that was changed or removed; exit code 1 if there is one."""
    from api.security.audit import verify_log

    with service_files(store) as database:
        found = verify_log(database.folder, database)
    if found.fault is not None:
        typer.echo(f"前 {found.lines} 行与写入时一致；此后不一致：{found.fault}")
        raise typer.Exit(1)
    typer.echo(f"审计日志共 {found.lines} 行、{found.files} 个文件，与写入时一致")


class RoleName(StrEnum):
    """What the holder of a key may."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"


def _expiry(value: str | None) -> str | None:
    """The end of a time: ``2027-12-31``, or ``90d`` from now -> an ISO time in UTC."""
    if value is None:
        return None
    now = datetime.now(UTC)
    if (met := _DAYS.fullmatch(value)) and int(met["days"]):
        return stamp(now + timedelta(days=int(met["days"])))
    try:
        end = datetime.combine(date.fromisoformat(value), time(23, 59, 59)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise typer.BadParameter(f"{value!r} is no time; expected a day such as 2027-12-31, or 90d.") from None
    if end <= now:
        raise typer.BadParameter(f"{value} is over; expected a day to come, or 90d.")
    return stamp(end)


Expires = Annotated[
    str | None,
    typer.Option(
        "--expires", metavar="DAY|90d", callback=_expiry, help="Until when the key holds; without it, always."
    ),
]
Reference = Annotated[str, typer.Argument(metavar="NAME|ID", help="The name or id of the key.")]


@keys_app.command()
def create(
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="Who holds the key; it stands in the audit log.")],
    role: Annotated[
        RoleName,
        typer.Option("--role", help="reader reads; editor loads and judges; admin removes and sees the audit log."),
    ],
    expires: Expires = None,
    store: StoreOption = "embedded:",
) -> None:
    """Make a key and print it. It is shown this once; only its HMAC is kept."""
    from api.security.keys import role_called

    with _ring(store) as (ring, audit):
        key = ring.create(name, role_called(role.value), expires)
        audit.write(event="key-create", what=name.strip(), **by_command())
    _show(key, name, role.value)


@keys_app.command(name="list")
def list_keys(store: StoreOption = "embedded:") -> None:
    """Print every key: its holder, role, times and last use. The key itself cannot be printed."""
    from api.cli.text import one_line
    from api.security.keys import ROLE_NAMES

    with _ring(store) as (ring, _):
        found = ring.all()
    if not found:
        typer.echo("还没有密钥。zeren keys create --name 姓名 --role admin 生成第一把。")
    now = utc_now()
    for one in found:
        times = f"建于 {one.created_at[:16]}"
        times += f" · 到期 {one.expires_at[:16]}" if one.expires_at else " · 长期"
        times += f" · 最近使用 {one.last_used_at[:16]}" if one.last_used_at else " · 未使用"
        typer.echo(
            one_line(f"{one.id}  {one.name}  {ROLE_NAMES[one.role]}（{one.role.word}）  {one.state(now)}  {times}")
        )


@keys_app.command()
def revoke(reference: Reference, store: StoreOption = "embedded:") -> None:
    """End a key, and sign out who used it, at once."""
    with _ring(store) as (ring, audit):
        found = ring.revoke(reference)
        audit.write(event="key-revoke", what=found.name, **by_command())
    typer.echo(f"已撤销 {found.id} {found.name}；用它登录的浏览器已退出。")


@keys_app.command()
def rotate(reference: Reference, expires: Expires = None, store: StoreOption = "embedded:") -> None:
    """Give the holder of a key another one and print it; the old one ends at once."""
    with _ring(store) as (ring, audit):
        found, key = ring.rotate(reference, expires)
        audit.write(event="key-rotate", what=found.name, **by_command())
    _show(key, found.name, found.role.word)


def _show(key: str, name: str, role: str) -> None:
    """The key alone on standard output, so that it can go into a file; what people should know beside it."""
    typer.echo(f"{name.strip()}（{role}）的密钥如下，只显示这一次：", err=True)
    typer.echo(key)


def by_command() -> dict[str, str]:
    """Who runs this command, as the audit log says it."""
    import getpass

    try:
        user = getpass.getuser()
    except (KeyError, OSError):  # a user without a name
        user = "?"
    return {"who": f"命令行：{user}", "by": "command"}


@contextmanager
def service_files(store: str) -> "Iterator[ServiceDatabase]":
    """The file of the service over this store."""
    from contextlib import closing

    from api.security.database import ServiceDatabase
    from api.security.folder import service_folder
    from api.settings import Settings, settings_of

    settings = settings_of(Settings, store=store)
    with closing(ServiceDatabase(service_folder(store, settings.service_folder))) as database:
        yield database


@contextmanager
def _ring(store: str) -> "Iterator[tuple[KeyRing, AuditLog]]":
    """The keys of the service over this store, and its audit log."""
    from contextlib import closing

    from api.security.audit import AuditLog
    from api.security.keys import KeyRing

    with service_files(store) as database, closing(AuditLog(database)) as audit:
        yield KeyRing(database), audit
