"""An author's Word file as an item of a pack, step by step.

Takes the file's bytes, the templates and settings that hold, and a name; gives the files to write, what is left over
and what an officer should know. Proves that no word is lost. Writes nothing itself.
"""

from __future__ import annotations

import copy
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from packgen.convert.read.context import ANOTHER_FILE, COMMENTED, TRACKED
from packgen.convert.read.document import Collected, collect_document
from packgen.convert.read.package import open_package
from packgen.errors import ConversionError, Problem, UsageError
from packgen.importing import assessment, cover_report, cover_words, minutes, paper, work_programme
from packgen.importing.outline import with_outline
from packgen.importing.pictures import PictureStore
from packgen.importing.pieces import LeftOut, LeftOver, Passage, Piece, Record
from packgen.importing.proof import RawText, lost_words, raw_texts, scattered, unread, words_of
from packgen.importing.reading import pieces_of
from packgen.importing.recognise import recognise
from packgen.importing.template_words import TemplateWords, template_words
from packgen.importing.written import Written, write_item
from packgen.prose import parse_prose, plain_text
from packgen.prose.tree import FootnoteReference, Paragraph, Text
from packgen.schemas import FROM_PACK, SchemaSet
from packgen.workspace import Settings, TemplateSet

KNOWN = ("cover-report", "minutes", "work-programme", "cia", "cia-summary", "document")
# What a template cannot be without: its key, what the document is then called, and what it would lack.
_CORE = {
    "cover-report": ("recommendations", "a cover report", "there is no recommendation in it"),
    "minutes": ("minutes", "minutes", "there is no minute in it"),
    "work-programme": ("meetings", "a work programme", "there is no table of meetings in it"),
    "cia": ("proposal", "a Community Impact Assessment", "it names no proposal"),
    "cia-summary": ("checklist", "the summary of a Community Impact Assessment", "there is no checklist in it"),
}
_MOST_LEFT_OVER = 10
_SHARE_LEFT_OVER = 0.25
_UNTAKEN = "no key of the template takes it"
_REFUSED = {TRACKED, COMMENTED, ANOTHER_FILE}
_CANONICAL = cover_words.CANONICAL | minutes.CANONICAL


@dataclass(frozen=True)
class Place:
    """Where an item goes: the pack's folder, the name of its JSON, and what the pack says of itself."""

    folder: Path
    name: str
    pack: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Imported:
    """An imported document before it is written. `counts` are what an officer would count in it."""

    template: str
    data: Mapping[str, Any]
    written: Written
    counts: Mapping[str, int]
    left_over: Sequence[LeftOver]
    left_out: Sequence[LeftOut]
    remarks: Sequence[Problem]


def import_word(
    docx: bytes, shown: str, place: Place, settings: Settings, templates: TemplateSet, *, template: str | None = None
) -> Imported:
    """Sort an author's Word file into the keys of a template.

    Args:
        docx: the file's bytes.
        shown: what problems call the file.
        place: where it will stand.
        settings: the council's.
        templates: those that hold for the pack.
        template: which one it follows; found out if left out.

    Raises:
        ConversionError: the file cannot be read, has tracked changes or comments, or a word would be lost.
        UsageError: importing does not know the template.
    """
    if template is not None and template not in KNOWN:
        raise UsageError(
            Problem(
                code="usage.template",
                message=f'packgen import does not know the template "{template}"',
                hint=f"it knows {', '.join(KNOWN)}",
            )
        )
    package = open_package(docx, shown)
    collected = collect_document(package)
    refused = [problem for problem in collected.problems if problem.code in _REFUSED]
    if refused:
        raise ConversionError(refused)
    record = Record(shown)
    store = PictureStore(f"items/{place.name}")
    pieces = with_outline(pieces_of(collected, store, record), _CANONICAL, record)
    template, data, record = _sorted(template, pieces, record, settings, templates)
    data = _without_pack(data, place.pack, SchemaSet(templates.schemas).schema(template), record)
    raw = raw_texts(package)
    _keep_unread(unread(raw, collected.document), collected, record)
    _tell_problems(collected, record)
    _omit_page_edges(collected, record)
    if record.unnumbered:
        places = ", ".join(record.unnumbered)
        message = "these paragraphs carry no number in Word; in the report they get one like those beside them"
        record.remark(places, message, code="import.numbered")
    written = _written(template, data, place, store, record, templates, raw)
    return Imported(
        template,
        data,
        written,
        _counts(data, store),
        tuple(record.left_over),
        tuple(record.left_out),
        tuple(record.remarks),
    )


# --- Steps ------------------------------------------------------------------------------------------


def _sorted(
    asked: str | None, pieces: Sequence[Piece], record: Record, settings: Settings, templates: TemplateSet
) -> tuple[str, dict[str, Any], Record]:
    """The template that was asked for or recognised, the data, and the record with what became of the rest.

    What was only recognised and then finds no place in its template is a document, which has a place for any text.
    """
    template = asked or recognise(pieces)
    before = copy.deepcopy(record)
    data = _mapped(template, pieces, record, settings, templates)
    if asked is not None or template == "document":
        return template, data, record
    core, called, lack = _CORE[template]
    if core in data and len(record.left_over) <= max(_MOST_LEFT_OVER, len(pieces) * _SHARE_LEFT_OVER):
        return template, data, record
    reason = "too much of it finds no place in that" if core in data else lack
    message = f"it looks like {called}, but {reason}; it is taken for a document"
    before.remark("document", message, f"--as {template} takes it for that all the same", code="import.template")
    return "document", _mapped("document", pieces, before, settings, templates), before


def _mapped(
    template: str, pieces: Sequence[Piece], record: Record, settings: Settings, templates: TemplateSet
) -> dict[str, Any]:
    match template:
        case "cover-report":
            return cover_report.cover_report(pieces, record)
        case "minutes":
            return minutes.minutes(pieces, record, settings.words)
        case "work-programme":
            return work_programme.work_programme(pieces, record, settings.words)
        case "cia" | "cia-summary":
            words = _template_words(template, templates)
            return assessment.assessment(pieces, record, words, summary=template == "cia-summary")
    return paper.paper(pieces, record)


def _template_words(template: str, templates: TemplateSet) -> TemplateWords:
    path = templates.files[template]
    return template_words(path.read_bytes(), path.name)


def _without_pack(
    data: Mapping[str, Any], pack: Mapping[str, Any], schema: Mapping[str, Any], record: Record
) -> dict[str, Any]:
    """Without what the pack says as well: it is then taken from there, and cannot differ."""
    meeting = pack.get("meeting")
    known = {
        "committee": pack.get("committee"),
        "meeting.date": meeting.get("date") if isinstance(meeting, Mapping) else None,
    }
    declared = schema.get("properties", {})
    said = {key: known.get(each[FROM_PACK]) for key, each in declared.items() if FROM_PACK in each}
    given = {key: value for key, value in said.items() if isinstance(value, str) and key in data}
    same = {key for key, value in given.items() if data[key] == value}
    for key in sorted(set(given) - same):
        message = f'the document says "{data[key]}", pack.json says "{given[key]}"'
        record.remark("document", message, f'if the pack is right, take "{key}" out', code="import.not-of-this-meeting")
    for key in sorted(same):
        record.omit("document", "pack.json says the same", str(data[key]))
    return {key: value for key, value in data.items() if key not in same}


def _keep_unread(missing: Sequence[RawText], collected: Collected, record: Record) -> None:
    """Keep words that the reader passed over: hidden ones, and those in what it cannot read."""
    for each in missing:
        objections = [
            problem for problem in collected.problems
            if problem.severity == "error" and (problem.pointer or "").split(",")[0] == each.place
        ]  # fmt: skip
        if objections or each.place in {"diagram", "chart"}:
            reason = "it stands in something that cannot be taken over"
        else:
            reason = "it is hidden in Word, or is a number that Word makes by itself"
        record.remark(each.place, f'"{_short(each.text)}" is left over: {reason}', code="import.unread")
        record.keep(each.place, reason, Paragraph((Text(" ".join(each.text.split())),), 0))


def _tell_problems(collected: Collected, record: Record) -> None:
    """Name what the reader could not take over, or not as it was; how it looks on paper does not matter here."""
    for problem in collected.problems:
        if problem.severity == "error":
            message = problem.message.replace("cannot be drawn", "cannot be taken over")
            if problem.code == "convert.missing-alt":
                message += " Write it in the Markdown, between the brackets of ![]."
            record.remark(problem.pointer or "document", message, problem.hint, code=problem.code)


def _omit_page_edges(collected: Collected, record: Record) -> None:
    from packgen.convert.document import paragraphs_of

    seen: set[str] = set()
    for section in collected.document.sections:
        for what, stories in (("header", section.headers), ("footer", section.footers)):
            for blocks in stories.values():
                words = " ".join(" ".join(each.text.split()) for each in paragraphs_of(blocks)).strip()
                if words and words not in seen:
                    seen.add(words)
                    record.omit(what, "headers and footers are the template's", words)


def _schema_address(folder: Path, template: str) -> str | None:
    """The way from the items to the copy of the schema that editors use; None where there is none."""
    folder = folder.resolve()
    for up, parent in enumerate([folder, *list(folder.parents)[:4]], 1):
        if (parent / "schemas" / f"{template}.schema.json").is_file():
            return "../" * up + f"schemas/{template}.schema.json"
    return None


def _written(
    template: str,
    data: Mapping[str, Any],
    place: Place,
    store: PictureStore,
    record: Record,
    templates: TemplateSet,
    raw: Sequence[RawText],
) -> Written:
    """The item's files, proved to hold every word: what no mapping took is left over, and proved again."""
    schemas = SchemaSet(templates.schemas)
    address = _schema_address(place.folder, template)
    item = {"template": template, **data}
    written = write_item(item, place.name, store.files, record, schemas, address)
    kept = list(_kept(data, record, written))
    lost = {id(each) for each, _ in _where_lost(lost_words(raw, kept), raw)}
    apart = {id(each) for each in scattered(raw, kept)}
    untaken = [each for each in raw if id(each) in lost | apart]
    if not untaken:
        return written
    for each in untaken:
        record.keep(each.place, _UNTAKEN, Paragraph((Text(" ".join(each.text.split())),), 0))
        record.remark(each.place, f'"{_short(each.text)}" is left over: {_UNTAKEN}', code="import.untaken")
    written = write_item(item, place.name, store.files, record, schemas, address)
    still = _where_lost(lost_words(raw, _kept(data, record, written)), raw)
    if still:
        raise ConversionError([_loss(each, words, record.file) for each, words in still[:20]])
    return written


# --- The proof --------------------------------------------------------------------------------------


def _kept(data: Mapping[str, Any], record: Record, written: Written) -> Iterator[str]:
    """Every text that was written, as it reads when it is read back, and every text that was left out by name."""
    for path, content in written.files.items():
        if path.endswith(".md"):
            yield plain_text(parse_prose(content.decode()))
        elif path == written.json:
            yield from _texts(json.loads(content), data)
    for each in record.left_out:
        yield each.words


def _texts(value: Any, data: Any) -> Iterator[str]:
    """The texts of JSON that was made from `data`: prose without its marks, everything else as it stands."""
    if isinstance(value, str):
        yield plain_text(parse_prose(value)) if isinstance(data, Passage) else value
    elif isinstance(data, Mapping):
        for key, part in value.items():
            yield from _texts(part, data.get(key)) if key in data else ()
    elif isinstance(value, list):
        for part, made_from in zip(value, data, strict=True):
            yield from _texts(part, made_from)
    elif isinstance(value, int):
        yield str(value)


def _where_lost(lost: Counter[str], raw: Sequence[RawText]) -> list[tuple[RawText, Counter[str]]]:
    """The paragraphs in which words that are lost stand, with these words."""
    found = []
    for each in raw:
        here = words_of(each.text) & lost
        if here:
            lost = lost - here
            found.append((each, here))
    return found


def _loss(each: RawText, words: Counter[str], shown: str) -> Problem:
    return Problem(
        code="import.word-lost",
        file=shown,
        pointer=f'{each.place}: "{_short(each.text)}"',
        message=f"these words would be lost: {', '.join(sorted(words)[:12])}",
        hint="copy the paragraph as plain text in Word, save, and import again; nothing was written",
    )


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= 60 else words[:57].rstrip() + "..."


# --- What an officer would count --------------------------------------------------------------------


def _counts(data: Mapping[str, Any], store: PictureStore) -> dict[str, int]:
    counts = Counter[str]()
    recommendations = data.get("recommendations")
    if isinstance(recommendations, Mapping):
        counts["recommendation"] = len(recommendations["items"])
    for key, word in (
        ("sections", "section"),
        ("contacts", "contact"),
        ("meetings", "meeting"),
        ("appendices", "appendix"),
    ):
        if data.get(key):
            counts[word] = len(data[key])
    minute_lists = [*data.get("minutes", []), *data.get("part_two", [])]
    if minute_lists:
        counts["minute"] = len(minute_lists)
    _count_prose(data, counts)
    counts["picture"] = len(store.files)
    return {key: value for key, value in counts.items() if value}


def _count_prose(value: Any, counts: Counter[str]) -> None:
    if isinstance(value, Passage):
        for block in value.blocks:
            counts["paragraph"] += isinstance(block, Paragraph)
            counts["table"] += type(block).__name__ == "Table"
            counts["list"] += type(block).__name__ == "ListBlock"
        counts["footnote"] += len(_notes(value.blocks))
    elif isinstance(value, Mapping):
        for part in value.values():
            _count_prose(part, counts)
    elif isinstance(value, list):
        for part in value:
            _count_prose(part, counts)


def _notes(value: Any) -> list[FootnoteReference]:
    if isinstance(value, FootnoteReference):
        return [value]
    if isinstance(value, tuple | list):
        return [note for each in value for note in _notes(each)]
    found: list[FootnoteReference] = []
    for name in ("inlines", "blocks", "items", "rows", "header", "caption", "source"):
        found += _notes(getattr(value, name, ()))
    return found
