"""The settings of the service: environment variables with the prefix ``ZEREN_``, or arguments.

Every secret also has a form ``…_FILE``, so that it need not stand in the environment.  `check_binding` prevents the
service from listening to other machines without a key; `api.app.create_app` and ``zeren serve`` both call it.

Example: ``Settings(port=8001)`` serves the default embedded store on 127.0.0.1:8001.
"""

import ipaddress
from collections.abc import Callable
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from graph.dates.workdays import NEAR_DAYS
from graph.errors import ZerenError
from loaders.children.limits import MB, ReadLimits

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})
_WILDCARDS = frozenset({"0.0.0.0", "::", ""})
_READ = ReadLimits()
Given = TypeVar("Given", bound=BaseSettings)


class UnsafeBinding(ZerenError):
    """The service would listen to other machines without a key."""


class ReadingSettings(BaseSettings):
    """How much reading files may take, for the service and the command line alike."""

    model_config = SettingsConfigDict(env_prefix="ZEREN_", frozen=True, extra="ignore")

    read_seconds: float = Field(
        _READ.seconds, gt=0, description="the longest time of reading one file, without what stands below"
    )
    read_memory_mb: int = Field(
        _READ.memory // MB, ge=256, description="the most memory of a process that reads, in MB"
    )
    read_children: int = Field(
        _READ.children, ge=0, le=256, description="how many files are read at once; 0 is one for each core"
    )
    read_waiting: int = Field(
        _READ.waiting, ge=0, description="how many sent files may wait for their turn; more are answered 503"
    )
    read_patience_seconds: float = Field(
        _READ.patience, ge=0, description="how long a sent file waits for its turn before it is answered 503"
    )
    ocr_seconds: float = Field(_READ.recognise_seconds, gt=0, description="the longest time of recognising one page")
    ocr_memory_mb: int = Field(
        _READ.recognise_memory // MB, ge=256, description="the most memory of a process that recognises pages, in MB"
    )
    office_seconds: float = Field(
        _READ.office_seconds, gt=0, description="the longest time of LibreOffice for one file"
    )
    office_memory_mb: int = Field(
        _READ.office_memory // MB, ge=256, description="the most memory of a process of LibreOffice, in MB"
    )

    def read_limits(self) -> ReadLimits:
        """The limits of the reading children."""
        return ReadLimits(
            seconds=self.read_seconds,
            memory=self.read_memory_mb * MB,
            children=self.read_children,
            waiting=self.read_waiting,
            patience=self.read_patience_seconds,
            recognise_seconds=self.ocr_seconds,
            recognise_memory=self.ocr_memory_mb * MB,
            office_seconds=self.office_seconds,
            office_memory=self.office_memory_mb * MB,
        )


class Settings(ReadingSettings):
    """The settings of one service; read once, never changed."""

    store: str = Field(
        "embedded:",
        description="the store: embedded:, embedded:/folder, neo4j://host:7687, or neo4j for the one in NEO4J_URI",
    )
    host: str = Field("127.0.0.1", description="the address to listen on")
    port: int = Field(8000, ge=0, le=65535, description="the port to listen on")
    api_key: SecretStr | None = Field(None, description="the first key of an admin; more are made by zeren keys create")
    api_key_file: Path | None = Field(None, description="a file that holds that key")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="further host names of the service, separated by commas"
    )
    service_folder: Path | None = Field(
        None, description="where keys, sessions and the audit log are kept; without it, beside the store"
    )
    local_use: bool = Field(
        False, description="programs of this machine read without a key; zeren serve --local and make run set it"
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="addresses or networks of proxies whose X-Forwarded-For and -Proto count, separated by commas"
    )
    path_prefix: str = Field(
        "",
        pattern=r"^(/[A-Za-z0-9._~-]+)*$",
        description="the path below which a proxy serves this: /zeren; without it, the service has its host for itself",
    )
    session_hours: float = Field(12.0, gt=0, le=24 * 31, description="how long a browser stays signed in")
    reads_a_minute: int = Field(
        6000, ge=0, description="how often the holder of a key may read in a minute; 0 is no limit"
    )
    writes_a_minute: int = Field(
        600, ge=0, description="how often the holder of a key may write in a minute; 0 is no limit"
    )
    wrong_keys_a_minute: int = Field(
        10,
        ge=0,
        description="how many wrong keys an address may send in a minute before it is told to wait; 0 is no limit",
    )
    header_seconds: float = Field(10.0, gt=0, description="how long the head of a request may take")
    body_pause_seconds: float = Field(10.0, gt=0, description="how long the body of a request may pause")
    shutdown_seconds: float = Field(
        10.0, ge=0, description="how long requests may go on after the service was told to end; then they are ended"
    )
    max_connections: int = Field(1000, gt=0, description="how many connections there may be at once")
    address_connections: int = Field(
        200, gt=0, description="how many of them from one address that is neither this machine nor a trusted proxy"
    )
    default_region: str | None = Field(
        None, description="the region that decides if a name fits units of several regions"
    )
    near_days: int = Field(
        NEAR_DAYS, ge=0, le=3660, description="how many days before its date a deadline counts as near (临期)"
    )
    answer_cache_bytes: int = Field(16 * 1024 * 1024, ge=0, description="size of the cache of answers, in bytes")
    development: bool = Field(False, description="whether the style guide of the pages is served under /styleguide")
    max_body_bytes: int = Field(
        24 * 1024 * 1024, gt=0, description="the longest body that is accepted; a file of 20 MB fits"
    )

    readings_kept: int = Field(
        200, gt=0, description="how many files are kept that were read and not yet stored; more are answered 503"
    )
    readings_bytes: int = Field(2 * 1024**3, gt=0, description="how many bytes these files have together")
    jobs_waiting: int = Field(20, gt=0, description="how many jobs may wait or run; more are answered 503")
    job_files: int = Field(100, gt=0, le=1000, description="how many files a job may have")
    max_job_bytes: int = Field(
        256 * 1024 * 1024,
        gt=0,
        description="how long the files of a job may be together; each as ZEREN_MAX_BODY_BYTES says",
    )
    reading_hours: float = Field(
        168.0, gt=0, le=24 * 366, description="how long such a file, and the card of a job, is kept"
    )

    log_format: Literal["text", "json"] = Field("text", description="the form of a line of the log: text or json")
    log_requests: bool = Field(False, description="log a line for every answer, with its route, status and time")
    max_restore_bytes: int = Field(
        1024 * 1024 * 1024, gt=0, description="the longest backup that is accepted by POST /v1/restore"
    )

    @field_validator("allowed_hosts", "trusted_proxies", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value

    @field_validator("trusted_proxies")
    @classmethod
    def _networks(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for one in value:
            ipaddress.ip_network(one, strict=False)
        return value

    @cached_property
    def proxies(self) -> tuple[ipaddress.IPv4Network | ipaddress.IPv6Network, ...]:
        """The networks of the trusted proxies."""
        return tuple(ipaddress.ip_network(one, strict=False) for one in self.trusted_proxies)

    @property
    def is_local(self) -> bool:
        """Whether the service listens only to this machine."""
        return is_loopback(self.host)

    @property
    def address(self) -> str:
        """The address of the service for programs on this machine: ``http://127.0.0.1:8000``."""
        host = "127.0.0.1" if self.host in _WILDCARDS else self.host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def host_names(self) -> frozenset[str]:
        """The accepted names in a ``Host`` header, in lower case and without brackets."""
        own = () if self.host in _WILDCARDS else (self.host,)
        return LOCAL_NAMES | {name.lower().strip("[]") for name in (*own, *self.allowed_hosts)}

    def key(self) -> str | None:
        """The configured key, from ``ZEREN_API_KEY`` or the file. Raises UnsafeBinding for a file without a key."""
        if self.api_key is not None and self.api_key.get_secret_value().strip():
            return self.api_key.get_secret_value().strip()
        if self.api_key_file is None:
            return None
        try:
            key = self.api_key_file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise UnsafeBinding(
                f"the key file {self.api_key_file} cannot be read ({error}); expected one line with the key."
            ) from error
        if not key:
            raise UnsafeBinding(f"the key file {self.api_key_file} is empty; expected one line with the key.")
        return key


def settings_of(kind: type[Given], **given: Any) -> Given:
    """The settings of the environment, overridden by those that are given. Raises ZerenError if one cannot be read."""
    try:
        return kind(**{name: value for name, value in given.items() if value is not None})
    except ValidationError as error:
        wrong = "; ".join(f"ZEREN_{'_'.join(map(str, e['loc'])).upper()}: {e['msg']}" for e in error.errors())
        raise ZerenError(f"a setting cannot be read ({wrong}); expected what docs/settings.md says.") from None


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach the address ``host``: ``127.0.0.1``, ``::1``, ``localhost``."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check_binding(settings: Settings, has_keys: Callable[[], bool]) -> None:
    """Raise UnsafeBinding if the service would listen to other machines and there is no key: neither in the key file nor,
    by ``has_keys``, of a person.
    """
    key = settings.key()
    if not settings.is_local and key is None and not has_keys():
        raise UnsafeBinding(
            f"the service would listen on {settings.host or 'every address'} without a key; expected a key when the "
            f"address is not this machine's own. Make one by zeren keys create --name NAME --role admin, or write one into a "
            f"file (head -c 24 /dev/urandom | base64 > zeren.key) and set ZEREN_API_KEY_FILE=zeren.key, or listen on "
            f"127.0.0.1."
        )


def product_version() -> str:
    """The installed version; ``source`` in a checkout that was not installed."""
    try:
        return version("zeren")
    except PackageNotFoundError:
        return "source"
