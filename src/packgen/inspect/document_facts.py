"""What was found of each document of a pack, so that it need not be looked at again as long as it stays as it is.

Takes a finished file in which everything was as planned, and what was found on the way; gives values that can be
written to disk and read again. Never vouches for a document to whose pages or tags something outside of it adds.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from packgen.inspect.finished_file import FinishedFile, ObjectName, entries_of, references_in
from packgen.inspect.settled import DocumentFact, Span
from packgen.inspect.tags import CheckedTags

_BACKWARDS = re.compile(rb"R \d++ \d++")
"""A reference, read from its end: a letter is looked for in a third of the time that all digits take."""
_FIRST_GENERATION = b" 0 R"
"""How a reference ends that names an object by its number alone."""


def document_facts(
    file: FinishedFile, fingerprints: Sequence[str | None], checked: CheckedTags
) -> dict[str, DocumentFact]:
    """What was found of documents, by their digests: of those that are settled, and of those looked at this time."""
    facts: dict[str, DocumentFact] = {}
    if not file.documents_stand_alone:
        return facts
    shared = {b"%d" % number for number in file.documents.shared} | {file.top_node, *file.pages}
    fingerprint_of = dict(zip(file.pages, fingerprints, strict=True))
    for span, digest, known in zip(*file.documents[:3], strict=True):
        fact = known or _found(file, span, fingerprint_of, checked, shared)
        if digest is not None and fact is not None:
            facts[digest] = fact
    return facts


def _found(
    file: FinishedFile,
    span: Span,
    fingerprint_of: Mapping[ObjectName, str | None],
    checked: CheckedTags,
    shared: set[ObjectName],
) -> DocumentFact | None:
    """What was found of one document; None if it leans on something else."""
    part = checked.parts.get(b"%d" % span.first)
    pages = references_in((entries_of(file.text(b"%d" % (span.first + 1))) or {}).get(b"/Kids", b""))
    fingerprints = [told for page in pages if (told := fingerprint_of.get(page)) is not None]
    keys = [key for page in pages for key in checked.keys.get(page, ()) if key is not None]
    numbers = [key for key in keys if isinstance(key, int)]
    if part is None or not pages or len(fingerprints) != len(pages) or len(numbers) != len(keys):
        return None
    if not _stands_alone(file, span, shared):
        return None
    return DocumentFact(
        tuple(pages), tuple(fingerprints), part.kids, tuple(sorted(part.identifiers)), tuple(sorted(numbers))
    )


def _stands_alone(file: FinishedFile, span: Span, shared: set[ObjectName]) -> bool:
    """Whether a document refers to its own objects and to shared ones only; its links may lead to any page."""
    own = [b"%d" % number for number in range(span.first, span.first + span.count + 1)]
    # There are thousands of objects, so that those in streams of objects are looked up in one step.
    inside = list(map(file.texts.get, own[1:]))
    others = [file.written_text(name) for name, text in zip(own[1:], inside, strict=True) if text is None]
    told = [text for text in (*inside, *others) if text is not None]
    referred = set(_BACKWARDS.findall(b"\n".join(told)[::-1]))
    numbers = {reference[::-1].removesuffix(_FIRST_GENERATION) for reference in referred}
    return len(told) == span.count and numbers <= shared.union(own)
