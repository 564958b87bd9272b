"""The command line ``zeren``: parse a plan, load it, ask, serve.

Order of steps in every command: check the arguments; import the heavy modules (so that ``--help`` stays quick); do the work
in `api.cli.parse`, `api.cli.store_commands` or `api.cli.serve`.  An error ends as one sentence on standard error with exit
code 1, wrong usage with exit code 2.  The store is ``--store``, else ``ZEREN_STORE``, else ``embedded:``; if a server holds
it, the work goes through that server.

Example::

    zeren load examples/loudi-2017.txt
    zeren query unit-duties unit=市政府法制办

Left to others: what commands do (`api.cli`), talking to a server (`api.cli.client`).
"""

from pathlib import Path
from typing import Annotated, Any

import typer
from typer.core import TyperGroup
from typer.exceptions import TyperException

from api.cli.arguments import (
    DocumentId,
    DossierKind,
    Encoding,
    HitKindName,
    IssuedOn,
    OutputFormat,
    RayWorkers,
    RecordForm,
    RecordFormat,
    RecordPlace,
    ReferenceNumber,
    Region,
    ShardOption,
    StoreOption,
    Title,
    refuse_for_several,
)
from api.cli.help import with_chinese
from api.cli.keys import audit_app, keys_app
from api.cli.serving.assistants import mcp
from api.cli.serving.backup import backup, restore
from graph.errors import ZerenError


class OneSentenceErrors(TyperGroup):
    """Prints an expected error as one sentence (exit code 1), wrong usage and help in Chinese first; a fault keeps its
    traceback.
    """

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        command = super().get_command(ctx, cmd_name)
        return command and with_chinese(command)

    def invoke(self, ctx: Any) -> Any:
        try:
            return super().invoke(ctx)
        except TyperException as error:
            from api.cli.usage import told_in_chinese

            if said := told_in_chinese(error, ctx.command_path):
                typer.echo(f"zeren: {said}", err=True)
            raise
        except ZerenError as error:
            from api.answers.chinese.messages import in_both

            typer.echo(f"zeren: {in_both(error)}", err=True)
            raise typer.Exit(1) from None


app = typer.Typer(
    name="zeren",
    cls=OneSentenceErrors,
    help="责任图谱：读政府文件，回答谁在什么时候、依据什么、做什么。\n\nReads government plans and answers who must do what, by when, under which rule.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)


export_app = typer.Typer(help="Files for other programs.", no_args_is_help=True, rich_markup_mode=None)


@export_app.command(name="neo4j-import")
def neo4j_import(
    out: Annotated[str, typer.Argument(metavar="OUT", help="A new folder for the files.")],
    sources: Annotated[
        list[str], typer.Argument(metavar="FROM…", help="Records of zeren parse --out, or their folders.")
    ],
) -> None:
    """Make the files of an offline import into Neo4j from records.

    The graph is the one that loads of the same plans make. Exit code 1 if a plan is left out, because another one has its id or text.
    """
    from api.cli.mapping import import_command

    if not import_command(out, sources):
        raise typer.Exit(1)


app.command()(backup)
app.command()(restore)
app.command()(mcp)
app.add_typer(keys_app, name="keys")
app.add_typer(export_app, name="export")
app.add_typer(audit_app, name="audit")


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"zeren {version('zeren')}")
        raise typer.Exit


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    pass


@app.command()
def parse(
    file: Annotated[
        str, typer.Argument(metavar="FILE|DIR|-", help="A file, or - for standard input; a folder with --out.")
    ],
    as_json: Annotated[bool, typer.Option("--json", help="Print the plan as JSON, in one line.")] = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="After the cards, print what each rule takes, and its function.")
    ] = False,
    title: Title = None,
    reference_number: ReferenceNumber = None,
    issued_on: IssuedOn = None,
    region: Region = None,
    document_id: DocumentId = None,
    encoding: Encoding = None,
    out: RecordPlace = None,
    record_format: RecordFormat = RecordForm.NDJSON,
    shard: ShardOption = None,
    ray: RayWorkers = None,
) -> None:
    """Read a plan and print what was found.

    A card per item: its facts, each with its rule, then its text with the evidence in colour. Stores nothing.

    With --out, each file of a folder becomes a record in a file; what stands there already is not read again.
    """
    from api.cli.parse import parse_command
    from graph.model import ParseOptions

    if as_json and explain:
        raise typer.BadParameter("--explain is for the cards; the JSON names each fact's rule itself.")
    options = ParseOptions(issued_on, region, document_id, title, reference_number)
    if out is not None:
        corrected = {"title": title, "reference-number": reference_number, "issued-on": issued_on, "region": region}
        refuse_for_several([file], {"id": document_id, **corrected})
        if as_json or explain or file == "-":
            raise typer.BadParameter("--out writes records of files; it goes with neither -, --json nor --explain.")
        from api.cli.mapping import map_command
        from loaders.children.job import Job

        if not map_command(file, out, record_format.value, shard, Job(options=options, encoding=encoding), ray):
            raise typer.Exit(1)
        return
    if shard is not None or ray is not None or Path(file).is_dir():
        raise typer.BadParameter(f"{file!r} cannot be shown in parts or as a folder; give --out FILE|FOLDER with it.")
    parse_command(file, as_json, explain, encoding, options)


@app.command()
def load(
    files: Annotated[list[str], typer.Argument(metavar="FILE|DIR…", help="Files and folders; - for standard input.")],
    store: StoreOption = "embedded:",
    document_id: DocumentId = None,
    title: Title = None,
    reference_number: ReferenceNumber = None,
    issued_on: IssuedOn = None,
    region: Region = None,
    encoding: Encoding = None,
    replace: Annotated[bool, typer.Option("--replace", help="Replace another document with this id or text.")] = False,
    allow_empty: Annotated[
        bool, typer.Option("--allow-empty", help="Also load a text without items and duties.")
    ] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be written, write nothing.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print the card of each file as JSON, a line each.")] = False,
) -> None:
    """Read plans and load them into the store.

    Text, web pages, Word, Excel, PDF and OFD. Only differences are written, each document in one transaction. A folder
    is read on all cores; what the store already holds, read by the same parser and vocabulary, is skipped.

    Prints a card: what was read, each doubt, what the file holds beside its text, and what changed; for a folder one line each.
    """
    corrected = {"title": title, "reference-number": reference_number, "issued-on": issued_on, "region": region}
    refuse_for_several(files, {"id": document_id, **corrected})
    from api.cli.backend import LoadOptions
    from api.cli.load import load_command

    options = LoadOptions(
        document_id, region, issued_on, encoding, replace, allow_empty, dry_run, title, reference_number
    )
    if not load_command(files, store, options, as_json=as_json):
        raise typer.Exit(1)


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A question; without it, all are listed.")] = None,
    parameters: Annotated[list[str] | None, typer.Argument(metavar="key=value…", help="Its parameters.")] = None,
    store: StoreOption = "embedded:",
    output: Annotated[OutputFormat, typer.Option("--format", help="How the rows are printed.")] = OutputFormat.TABLE,
    about: Annotated[
        bool,
        typer.Option("--about", help="Only describe the question: what it asks, its parameters, what it leaves out."),
    ] = False,
) -> None:
    """Ask a question of the library.

    zeren query unit-duties unit=市政府法制办
    """
    pairs = _pairs(parameters)
    from api.cli.store_commands import describe_question, list_questions, query_command

    if name is None:
        list_questions()
        return
    if about:
        describe_question(name)
        return
    query_command(name, pairs, store, output.value)


@app.command()
def ask(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The question, in Chinese; - for standard input.")],
    store: StoreOption = "embedded:",
    as_json: Annotated[bool, typer.Option("--json", help="Print the envelope of /v1/ask.")] = False,
) -> None:
    """Ask a question in Chinese.

    Says how it was read, and what else it may mean. Exit code 3 when it could not be read: nothing is answered by half.
    """
    from api.cli.ask import ask_command, asked_on

    if not ask_command(asked_on(text), store, as_json=as_json):
        raise typer.Exit(3)


@app.command()
def search(
    words: Annotated[str, typer.Argument(metavar="WORDS", help="Words to look for; all must be there.")],
    kind: Annotated[
        HitKindName | None, typer.Option("--kind", help="Only units, plans, instruments, items or source texts.")
    ] = None,
    document: Annotated[
        str | None, typer.Option("--document", metavar="REF", help="Only in this plan: id, title or 文号.")
    ] = None,
    region: Annotated[
        str | None, typer.Option("--region", metavar="PLACE", help="Only of this place and of places below it.")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=500, help="How many hits are printed.")] = 20,
    store: StoreOption = "embedded:",
    as_json: Annotated[bool, typer.Option("--json", help="Print the envelope of /v1/search.")] = False,
) -> None:
    """Find words in names, titles, 文号, items and source texts, the closest first.

    Marks, blanks, capitals and full width count for nothing. Where nothing has the words, near names and what has their
    pieces are shown.
    """
    from api.cli.search import search_command

    given = {"kind": kind and kind.value, "document": document, "region": region}
    filters = {name: value for name, value in given.items() if value is not None}
    search_command(words, filters, limit, store, as_json=as_json)


@app.command()
def serve(
    store: StoreOption = "embedded:",
    host: Annotated[
        str | None, typer.Option("--host", metavar="ADDRESS", help="Address to listen on [127.0.0.1].")
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="Port to listen on [8000]; 0 takes a free one.")
    ] = None,
    local: Annotated[bool, typer.Option("--local", help="Programs of this machine read without a key.")] = False,
    check_only: Annotated[bool, typer.Option("--check", help="Only say whether the server could start.")] = False,
) -> None:
    """Serve the API and the pages.

    Every request needs a key (zeren keys create), with --local only writes. Any address but this machine's own needs at
    least one key.
    """
    from api.cli.serve import serve_command

    serve_command(store, host, port, local=local, check_only=check_only)


@app.command()
def status(store: StoreOption = "embedded:") -> None:
    """Print what the store holds and who serves it."""
    from api.cli.store_commands import status_command

    status_command(store)


@app.command()
def doctor(store: StoreOption = "embedded:") -> None:
    """Look at settings, store, keys, audit log, disk, clock and programs, and say what to do; exit code 1 if anything is broken."""
    from api.cli.serving.doctor import doctor_command

    if not doctor_command(store):
        raise typer.Exit(1)


@app.command()
def findings(
    document: Annotated[
        str | None, typer.Argument(metavar="DOCUMENT", help="One plan, by id, title or 文号; without it, all.")
    ] = None,
    rule: Annotated[str | None, typer.Option("--rule", metavar="ID", help="Only of this rule: several-leads …")] = None,
    severity: Annotated[
        str | None, typer.Option("--severity", metavar="WORD", help="Only high (高), medium (中) or low (低).")
    ] = None,
    unit: Annotated[
        str | None, typer.Option("--unit", metavar="NAME", help="About this unit, or on an item that names it.")
    ] = None,
    store: StoreOption = "embedded:",
    output: Annotated[OutputFormat, typer.Option("--format", help="How rows are printed.")] = OutputFormat.TABLE,
) -> None:
    """List gaps and conflicts that the rules see in plans (疑点).

    No lead, open lists, deadlines against each other and the like, each with the words that show it.
    """
    from api.cli.findings import findings_command

    filters = {"document": document, "rule": rule, "severity": severity, "unit": unit}
    findings_command(filters, store, output.value)


@app.command()
def dossier(
    kind: Annotated[DossierKind, typer.Argument(metavar="unit|document|question", help="What the dossier is about.")],
    reference: Annotated[
        str, typer.Argument(metavar="NAME", help="Id or name of the unit or plan, or the name of a question.")
    ],
    target: Annotated[
        Path, typer.Option("--output", "-o", metavar="FILE", help="A file name that ends in .xlsx or .docx.")
    ],
    parameters: Annotated[
        list[str] | None, typer.Argument(metavar="key=value…", help="Parameters of a question; document=… for a unit.")
    ] = None,
    contacts: Annotated[
        bool, typer.Option("--contacts", help="Keep contact persons and telephone numbers, which are ＊ otherwise.")
    ] = False,
    store: StoreOption = "embedded:",
) -> None:
    """Write the dossier of a unit, a plan or an answer (审计底稿).

    Duties, times, instruments, findings and all their words with places: zeren dossier unit 市政府法制办 -o 底稿.xlsx
    """
    pairs = _pairs(parameters) | ({"contacts": "true"} if contacts else {})
    from api.cli.dossier import dossier_command

    dossier_command(kind.value, reference, pairs, store, target)


def _pairs(given: list[str] | None) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for key, equals, value in (pair.partition("=") for pair in given or ()):
        if not key or not equals:
            raise typer.BadParameter(f"{key + equals!r} is no key=value, such as unit=市政府法制办.")
        if key in pairs:
            raise typer.BadParameter(f"{key!r} is given twice; expected each once.")
        pairs[key] = value
    return pairs


@app.command()
def check(
    document_id: Annotated[str | None, typer.Argument(metavar="ID", help="One document; without it, all.")] = None,
    store: StoreOption = "embedded:",
    repair: Annotated[bool, typer.Option("--repair", help="Say what would mend it; with --yes, do so.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --repair: mend, do not only say how.")] = False,
) -> None:
    """Read each stored text anew and compare.

    Names every stated fact that differs from the graph, and whatever no text states; exit code 1 when there is one. A repair never
    touches labels, types and properties of others, judgements or notes.
    """
    from api.cli.store_commands import check_command, repair_command

    if (yes and not repair) or (repair and document_id is not None):
        raise typer.BadParameter("--yes goes with --repair, and --repair takes no document: it mends the whole store.")
    if not (repair_command(store, dry_run=not yes) if repair else check_command(document_id, store)):
        raise typer.Exit(1)


@app.command()
def remove(
    document: Annotated[str, typer.Argument(metavar="DOCUMENT", help="The plan, by id, title or 文号.")],
    store: StoreOption = "embedded:",
) -> None:
    """Remove one document and all that it alone states."""
    from api.cli.store_commands import remove_command

    remove_command(document, store)


@app.command()
def judge(
    unit: Annotated[
        str | None,
        typer.Argument(metavar="UNIT", help="The unit that is replaced; without it, all judgements are printed."),
    ] = None,
    judgement: Annotated[str, typer.Argument(metavar="WORD", help="same, different or unsure.")] = "",
    other: Annotated[str, typer.Argument(metavar="OTHER", help="The unit that stays.")] = "",
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who judges.")] = "",
    why: Annotated[str, typer.Option("--why", metavar="TEXT", help="Why.")] = "",
    store: StoreOption = "embedded:",
) -> None:
    """Record that two units are the same, different, or that it is unsure.

    The next load of a plan applies it; a later judgement on the same two undoes it, and nothing is deleted.
    """
    from api.cli.store_commands import judge_command

    judge_command(None if unit is None else (unit, judgement, other), by, why, store)


@app.command()
def migrate(
    store: StoreOption = "embedded:",
    check_only: Annotated[
        bool, typer.Option("--check", help="Change nothing; exit code 1 if a migration is pending.")
    ] = False,
) -> None:
    """Bring the store up to this version: its schema, and the plans that an earlier version read.

    Every other command brings the schema up as well. This one also reads each older plan again from its stored text, and says how
    many facts that gained, lost and moved; judgements stay, and an id that changed leads to the new one.
    """
    from api.cli.store_commands import migrate_command

    if not migrate_command(store, check_only=check_only):
        raise typer.Exit(1)


def main() -> None:
    """The program ``zeren``."""
    from api.cli.streams import streams

    with streams():
        app()
