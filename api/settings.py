"""The settings of the service: environment variables with the prefix ``ZEREN_``, or arguments.

Every secret also has a form ``…_FILE``, so that it need not stand in the environment.  `check_binding` prevents the
service from listening to other machines without a key; `api.app.create_app` and ``zeren serve`` both call it.

Example: ``Settings(port=8001)`` serves the default embedded store on 127.0.0.1:8001.
"""

import ipaddress
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from graph.errors import ZerenError
from graph.library.question import NEAR_DAYS
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
    api_key: SecretStr | None = Field(None, description="the key of writes, and of reads from other machines")
    api_key_file: Path | None = Field(None, description="a file that holds the key")
    allowed_hosts: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="further host names of the service, separated by commas"
    )
    default_region: str | None = Field(
        None, description="the region that decides if a name fits units of several regions"
    )
    near_days: int = Field(
        NEAR_DAYS, ge=0, le=3660, description="how many days before its date a deadline counts as near (临期)"
    )
    answer_cache_bytes: int = Field(16 * 1024 * 1024, ge=0, description="size of the cache of answers, in bytes")
    max_body_bytes: int = Field(
        24 * 1024 * 1024, gt=0, description="the longest body that is accepted; a file of 20 MB fits"
    )

    @field_validator("allowed_hosts", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [name.strip() for name in value.split(",") if name.strip()] if isinstance(value, str) else value

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


def check_binding(settings: Settings) -> None:
    """Raise UnsafeBinding if the service would listen to other machines and no key is configured."""
    key = settings.key()
    if not settings.is_local and key is None:
        raise UnsafeBinding(
            f"the service would listen on {settings.host or 'every address'} without a key; expected a key when the "
            f"address is not this machine's own. Write one into a file (head -c 24 /dev/urandom | base64 > zeren.key) "
            f"and set ZEREN_API_KEY_FILE=zeren.key, or listen on 127.0.0.1."
        )


def product_version() -> str:
    """The installed version; ``source`` in a checkout that was not installed."""
    try:
        return version("zeren")
    except PackageNotFoundError:
        return "source"
