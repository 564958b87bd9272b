"""``zeren doctor``: looks at all that a service stands on, and says of each thing how it is and what to do.

Example: ``注意  密钥  没有一把管理密钥。  zeren keys create --name 姓名 --role admin 生成第一把。``

Each look is one function of `LOOKS` and gives a `Finding`; one that breaks is a finding, too. Nothing is changed.

Left to others: whether the facts in the store are what the texts say (``zeren check``).
"""

import shutil
import stat
import subprocess
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal

from api.cli.client import Client, exists, serving, store_path
from api.cli.text import one_line
from api.security.audit import AuditLog, verify_log
from api.security.database import FILE, ServiceDatabase
from api.security.folder import service_folder
from api.security.keys import AccessRole, KeyRing
from api.settings import Settings, product_version, settings_of
from graph.errors import ZerenError
from graph.stamps import stamp
from graph.store.migrations import migrations
from graph.store.opening import open_store
from loaders.files.paged.ocr import available
from loaders.plan import PARSER_VERSION, VOCABULARY_VERSION

State = Literal["正常", "注意", "不行"]
_LEAST_ROOM = 1024 * 1024 * 1024
_SOON = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """How one thing is, and what to do about it."""

    state: State
    what: str
    todo: str = ""


def doctor_command(store: str) -> bool:
    """Print a line for each look; whether nothing is broken."""
    whole = True
    try:
        settings = settings_of(Settings, store=store)
    except ZerenError as error:
        print(f"不行  设置  {error}")
        return False
    for name, look in LOOKS.items():
        try:
            found = look(settings)
        except ZerenError as error:
            found = Diagnosis("不行", str(error))
        except Exception as error:  # one look never hides the others
            found = Diagnosis("不行", f"{type(error).__name__}: {error}", "请报告这一行。")
        whole = whole and found.state != "不行"
        print(one_line(f"{found.state}  {name}  {found.what}{f'  {found.todo}' if found.todo else ''}"))
    return whole


def _versions(settings: Settings) -> Diagnosis:
    return Diagnosis("正常", f"zeren {product_version()} · 解析器 {PARSER_VERSION} · 词表 {VOCABULARY_VERSION}")


def _store(settings: Settings) -> Diagnosis:
    served = serving(settings.store)
    if served is not None:
        return Diagnosis("正常", f"{settings.store} 由进程 {served.pid} 在 {served.address} 提供服务，结构已是最新")
    if not exists(settings.store):
        return Diagnosis("注意", f"{settings.store} 处还没有仓库", "zeren load 文件 载入第一个文件。")
    with closing(open_store(settings.store, apply=False, brief=True)) as opened:
        pending = opened.pending()
        if pending:
            return Diagnosis(
                "注意", f"结构有 {len(pending)} 步未升级（共 {len(migrations('arcadedb'))} 步）", "zeren migrate"
            )
        status = opened.status()
    documents = status.counts.get("Document", 0)
    return Diagnosis(
        "正常", f"{status.engine} {status.engine_version}，{documents} 个文件，数据版本 {status.data_version}"
    )


def _folder(settings: Settings) -> Diagnosis:
    folder = service_folder(settings.store, settings.service_folder)
    if not folder.exists():
        return Diagnosis("注意", f"还没有 {folder}", "zeren serve 或 zeren keys create 会建立它。")
    open_to = [path.name for path in (folder, *folder.iterdir()) if stat.S_IMODE(path.stat().st_mode) & 0o077]
    if open_to:
        return Diagnosis("不行", f"{folder} 中他人可读：{'、'.join(open_to[:5])}", f"chmod -R go= {folder}")
    return Diagnosis("正常", f"{folder}，只有本用户可读")


def _keys(settings: Settings) -> Diagnosis:
    folder = service_folder(settings.store, settings.service_folder)
    now = datetime.now(UTC)
    held = []
    if (folder / FILE).exists():
        with closing(ServiceDatabase(folder)) as database:
            held = [one for one in KeyRing(database).all() if one.state(stamp(now)) == "有效"]
    admins = sum(one.role is AccessRole.ADMIN for one in held) + (settings.key() is not None)
    if not admins:
        return Diagnosis("注意", "没有一把管理密钥", "zeren keys create --name 姓名 --role admin 生成第一把。")
    ending = [one.name for one in held if one.expires_at and one.expires_at < stamp(now + _SOON)]
    if ending:
        return Diagnosis("注意", f"两周内到期：{'、'.join(ending[:5])}", "zeren keys rotate 姓名 --expires 90d")
    return Diagnosis("正常", f"{len(held)} 把有效，其中管理 {admins} 把（含密钥文件）")


def _reads_are_open(settings: Settings) -> bool:
    """Whether this machine reads without a key: asked of the service that runs, else what the settings say."""
    served = serving(settings.store)
    if served is None or served.address is None:
        return settings.local_use and settings.is_local
    try:
        with Client(served.address) as client:
            client.catalog()
    except ZerenError:
        return False
    return True


def _access(settings: Settings) -> Diagnosis:
    if _reads_are_open(settings):
        return Diagnosis(
            "注意",
            "本机读取不需要密钥：若有不加任何标记的代理把别人的请求转到这里，别人也能读取",
            "有代理时去掉 ZEREN_LOCAL_USE（--local）。",
        )
    if settings.path_prefix and not settings.trusted_proxies:
        return Diagnosis(
            "注意",
            "设了 ZEREN_PATH_PREFIX 而没有 ZEREN_TRUSTED_PROXIES：日志和限额只认得代理的地址",
            "写上代理的地址。",
        )
    return Diagnosis("正常", "读取和写入都需要密钥")


def _audit(settings: Settings) -> Diagnosis:
    folder = service_folder(settings.store, settings.service_folder)
    if not (folder / FILE).exists():
        return Diagnosis("正常", "还没有审计日志")
    with closing(ServiceDatabase(folder)) as database:
        found = verify_log(folder, database)
        if found.fault is not None:
            return Diagnosis(
                "不行", f"前 {found.lines} 行与写入时一致，此后不一致：{found.fault}", "查明是谁改动的，保留这些文件。"
            )
        with closing(AuditLog(database)) as log:
            log.check()
            last = log.last(1)
    if last and last[0]["at"] > (datetime.now(UTC) + timedelta(minutes=5)).isoformat():
        return Diagnosis("不行", f"时钟被拨回：最后一行写于 {last[0]['at'][:19]}（UTC），晚于现在", "校准本机时钟。")
    return Diagnosis("正常", f"{found.lines} 行，与写入时一致")


def _disk(settings: Settings) -> Diagnosis:
    path = store_path(settings.store) or service_folder(settings.store, settings.service_folder)
    while not path.exists():
        path = path.parent
    free = shutil.disk_usage(path).free
    if free < _LEAST_ROOM:
        return Diagnosis("注意", f"{path} 所在的磁盘只剩 {free // 2**20} MB", "腾出空间：磁盘将满时写入会被拒绝。")
    return Diagnosis("正常", f"{path} 所在的磁盘还有 {free // 2**30} GB")


def _reading(settings: Settings) -> Diagnosis:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    lacking = [] if available() else ["文字识别（扫描件）：pip install '.[ocr]'"]
    lacking += [] if office else ["LibreOffice（.doc、.wps、.xls）"]
    if office and not _chinese_fonts():
        lacking.append("中文字体（LibreOffice 转换时用）")
    if lacking:
        return Diagnosis("注意", f"读不了的格式还缺：{'；'.join(lacking)}", "需要时安装。")
    return Diagnosis("正常", "文字识别、LibreOffice、中文字体都在")


def _chinese_fonts() -> bool:
    if (program := shutil.which("fc-list")) is None:
        return True  # nothing can be said
    done = subprocess.run([program, ":lang=zh"], capture_output=True, timeout=20, check=False)
    return bool(done.stdout.strip())


LOOKS: dict[str, Callable[[Settings], Diagnosis]] = {
    "版本": _versions,
    "仓库": _store,
    "服务文件夹": _folder,
    "密钥": _keys,
    "访问": _access,
    "审计日志": _audit,
    "磁盘": _disk,
    "格式": _reading,
}
