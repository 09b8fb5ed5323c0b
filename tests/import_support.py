"""Filled documents of whole packs, and authors' documents, for tests of importing.

Fills templates as a build does; makes Word files as authors do, with python-docx. Compares data by what it prints:
keys that the schema or the pack supplies are completed on both sides, prose is compared as parsed, pictures by bytes.
"""

from __future__ import annotations

import hashlib
import io
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from PIL import Image

from packgen.context import document_context
from packgen.fill import complete_context, fill_template
from packgen.importing import Imported, Place, import_word
from packgen.importing.alike import canonical
from packgen.load import build_pack
from packgen.load.json_file import read_json
from packgen.model import Document, Item, Pack
from packgen.pipeline import Sources, read_sources
from packgen.prose import parse_prose, plain_text
from packgen.schemas import SchemaSet
from packgen.workspace import Settings, find_templates
from tests.conftest import REPOSITORY
from tests.unit.fill_support import saved

TEMPLATES = find_templates(None)
SCHEMAS = SchemaSet(TEMPLATES.schemas)
PACKS = (
    REPOSITORY / "packs" / "2022-10-24-safeguarding",
    REPOSITORY / "packs" / "2019-03-04-safe-and-strong-communities",
    REPOSITORY / "examples" / "part-two",
    REPOSITORY / "examples" / "quickstart",
)


@dataclass(frozen=True)
class Filled:
    """A document of a pack with the data it was filled from."""

    folder: Path
    name: str
    template: str
    sources: Sources
    pack: Pack
    document: Document
    item: Item

    @property
    def docx(self) -> bytes:
        context = document_context(self.document, self.item, self.pack, self.sources.settings, self.sources.schemas)
        return filled_again(self.template, context, self.folder)

    @property
    def data(self) -> Any:
        return self.sources.raw.data[self.name].value


def filled_again(template: str, context: Mapping[str, Any], folder: Path) -> bytes:
    path = TEMPLATES.files[template]
    return fill_template(path.read_bytes(), context, template_name=path.name, resources=folder, language="en-GB")


def documents_of_packs() -> Iterator[Filled]:
    """Every filled document of the packs and examples."""
    for folder in PACKS:
        sources = read_sources(folder)
        pack = build_pack(sources.raw, sources.settings.numbering)
        for item in pack.all_items():
            for document in item.documents:
                if document.data is not None:
                    name = next(key for key, each in sources.raw.data.items() if each.value == document.data)
                    yield Filled(folder, name, document.template or "", sources, pack, document, item)


def imported(
    docx_bytes: bytes,
    folder: Path,
    *,
    name: str = "report",
    template: str | None = None,
    pack: Mapping[str, Any] | None = None,
    settings: Settings | None = None,
) -> Imported:
    """Import, and write what it gives."""
    place = Place(folder, name, pack or {})
    done = import_word(docx_bytes, f"{name}.docx", place, settings or Settings(), TEMPLATES, template=template)
    for path, content in done.written.files.items():
        target = folder / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(content)
    return done


def read_back(done: Imported, folder: Path) -> Any:
    """The data of an imported item, with its Markdown files read in."""
    return read_json(folder / done.written.json, prose_root=folder).value


def comparable(value: Mapping[str, Any], folder: Path, pack: Mapping[str, Any], *, kinds: bool = False) -> Any:
    """Data by what it prints. Without `kinds`, `1.`, `a.` and `i.` are one kind of list."""
    template = value["template"]
    data = {key: each for key, each in value.items() if key != "$schema"}
    schema = SCHEMAS.schema(template)
    said = {"committee": pack["committee"], "meeting.date": pack["meeting"]["date"]}
    for key, declared in schema["properties"].items():
        if "x-from-pack" in declared:
            data.setdefault(key, said[declared["x-from-pack"]])
    data = complete_context(data, schema, SCHEMAS.resolver(template))
    for path, text in list(SCHEMAS.prose(template, data)):
        place: Any = data
        for part in path[:-1]:
            place = place[part]
        place[path[-1]] = _prose(text, folder, kinds=kinds) or None
    return data


def _prose(text: str, folder: Path, *, kinds: bool) -> str:
    blocks = canonical(parse_prose(text).blocks)
    if not blocks:
        return ""
    written = repr(blocks)
    if not kinds:
        written = re.sub(r"'(?:decimal|lower-alpha|lower-roman)'", "'numbered'", written)
    return re.sub(
        r"'(items/[^']+\.(?:png|jpe?g))'",
        lambda match: pixels(folder / match[1]),
        written,
    )


def pixels(picture: Path) -> str:
    """What a picture shows, whatever else its file says."""
    with Image.open(picture) as image:
        return f"{image.size} {hashlib.sha256(image.convert('RGBA').tobytes()).hexdigest()}"


def all_words(done: Imported) -> str:
    """Every word of an imported item, as it reads, what is left over included."""
    texts = []
    for path, content in done.written.files.items():
        if path.endswith(".md"):
            texts.append(plain_text(parse_prose(content.decode())))
        elif path.endswith(".json"):
            texts += strings(json.loads(content))
    return "\n".join(texts)


def strings(value: Any) -> list[str]:
    """Every text in data, as it reads."""
    if isinstance(value, str):
        return [plain_text(parse_prose(value))]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for part in parts for text in strings(part)]


# --- Authors' documents -----------------------------------------------------------------------------


def author_document() -> Any:
    """An empty document of Word's own styles."""
    return docx.Document()


def as_bytes(document: Any) -> bytes:
    return saved(document)


def link(paragraph: Any, words: str, target: str) -> None:
    """A hyperlink at the end of a paragraph."""
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink"
    made = OxmlElement("w:hyperlink")
    made.set(qn("r:id"), paragraph.part.relate_to(target, kind, is_external=True))
    run = OxmlElement("w:r")
    text = OxmlElement("w:t")
    text.text = words
    run.append(text)
    made.append(run)
    paragraph._p.append(made)


def add_picture(document: Any, alt: str, colour: tuple[int, int, int] = (30, 90, 120)) -> None:
    """A picture on a line of its own."""
    stream = io.BytesIO()
    Image.new("RGB", (60, 40), colour).save(stream, "PNG")
    stream.seek(0)
    shape = document.add_picture(stream)
    shape._inline.docPr.set("descr", alt)
