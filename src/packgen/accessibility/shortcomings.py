"""What is missing in a document, and how to mend it, in the words of those who can.

Takes the rules that a validator found broken; gives one shortcoming for all that have the same cause. Never names a
rule to an officer: the report for programs does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from packgen.accessibility.conformance import Failing
from packgen.model import PDF_A, PDF_UA, Standard

_EXPORT_AGAIN = "export the PDF again with tags (in Word: Save as PDF, Options, Document structure tags)"


class Shortcoming(Struct, frozen=True):
    """Something that keeps a document, and so every pack it is in, from keeping `standards`.

    `code` is stable; `what` is said of the document ("it has ..."), `remedy` is what its author or an officer can do.
    `rules` are the validator's, with how often each is broken.
    """

    code: str
    what: str
    remedy: str
    standards: frozenset[Standard]
    rules: tuple[tuple[str, int], ...] = ()

    @property
    def of_reading(self) -> bool:
        """Whether people who read in another way than by looking at pages would miss something."""
        return PDF_UA in self.standards


class _Cause(Struct, frozen=True):
    code: str
    rules: re.Pattern[str]
    what: str
    remedy: str


def _cause(code: str, rules: str, what: str, remedy: str) -> _Cause:
    return _Cause(code, re.compile(rules), what, remedy)


_CAUSES = (
    _cause(
        "conform.pictures",
        r"FIGURE-|FORMULA-",
        "pictures or formulas in it have no alternative text, so a screen reader says nothing of them",
        "give each its alternative text in the program it was written in (in Word: right click, View Alt Text), "
        "and export it again with tags",
    ),
    _cause(
        "conform.headings",
        r"HEADING",
        "its headings skip a level or do not begin with level 1, so nobody can find their way by them",
        "use Heading 1, Heading 2 and so on in order in the program it was written in, and export it again with tags",
    ),
    _cause(
        "conform.tables",
        r"-TABLE-|-T[RHD]-|-THEAD-|-TBODY-|-TFOOT-",
        "a table in it does not say which cells are headers, or has rows of different lengths",
        "mark the header row (in Word: Table Layout, Repeat Header Rows), split no cells, and export it again "
        "with tags",
    ),
    _cause(
        "conform.lists",
        r"-L-|-LI-|-LBODY-|-TOCI?-",
        "its lists or contents are not tagged as they should be, so a screen reader cannot tell how many points follow",
        "make lists with the program's own bullets and numbers, not typed ones, and export it again with tags; "
        "some browsers tag lists wrongly: print from another program",
    ),
    _cause(
        "conform.links",
        r"LINK|ANNOTATION|FORM-FIELD|WIDGET|FORM-(?:STRUCTURE|REFERENCE|CHILDREN)",
        "links or fields in it are not tagged as they should be",
        "make links with the program's own command for them, and export it again with tags",
    ),
    _cause(
        "conform.language",
        r"LANGUAGE",
        "it does not say which language it is in, or not in a way that programs know",
        "set the language in the program it was written in (in Word: Review, Language), and export it again",
    ),
    _cause(
        "conform.fonts",
        r"FONT|GLYPH|CMAP|-CID|TRUETYPE|TYPE[013]|UNICODE|NOTDEF|ENCODING",
        "it is drawn with fonts that are not in the file, or that do not say which letters they draw",
        "export it again with all fonts embedded (in Word: Save as PDF, Options, PDF/A compliant)",
    ),
    _cause(
        "conform.tags",
        r"TAG|STRUCT|SUSPECTS|ARTIFACT|ROLE|NOTE-|MARK",
        "some of what stands on its pages has no tags, or wrong ones, so a screen reader passes over it",
        _EXPORT_AGAIN,
    ),
    _cause(
        "conform.colours",
        r"DEVICE|ICC|COLOU?R|SEPARATION|OVERPRINT|HALFTONE|TRANSFER|RENDERING|INTENT",
        "its colours are those of a printing press, or do not say what they mean",
        "export it again with colours for screens (RGB)",
    ),
    _cause(
        "conform.pixels",
        r"IMAGE|JPEG|JPX|INTERPOLAT|BITS",
        "a picture in it is kept in a way that archives do not take",
        "export it again as PDF/A (in Word: Save as PDF, Options, PDF/A compliant)",
    ),
)
_OTHER = _cause(
    "conform.other",
    "",
    "it breaks another rule of the standard",
    "export it again as PDF/A with tags (in Word: Save as PDF, Options), or ask for the Word file",
)
UNTAGGED = Shortcoming(
    "conform.untagged",
    "it has no tags: its paragraphs and their order were worked out from how its pages look, and nothing tells which "
    "are headings or tables",
    _EXPORT_AGAIN,
    frozenset({PDF_UA, PDF_A}),
)
PARTLY_TAGGED = Shortcoming(
    "conform.partly-tagged",
    "some of its pages have no tags: the paragraphs on them and their order were worked out from how they look, and "
    "nothing tells which are headings or tables",
    _EXPORT_AGAIN,
    frozenset({PDF_UA, PDF_A}),
)
SCANNED = Shortcoming(
    "conform.scan",
    "it is a scan: nobody can search its words, and no screen reader can read them",
    "ask for the file that was printed before it was scanned, or have its words recognised (OCR) and tagged",
    frozenset({PDF_UA, PDF_A}),
)


def shortcomings(found: Sequence[Failing]) -> tuple[Shortcoming, ...]:
    """One shortcoming for each cause, in the order of what weighs most for readers."""
    return tuple(_of_all(found))


def _of_all(found: Sequence[Failing]) -> Iterator[Shortcoming]:
    by_cause: dict[str, list[Failing]] = {}
    for failing in found:
        cause = next((each for each in _CAUSES if each.rules.search(failing.rule)), _OTHER)
        by_cause.setdefault(cause.code, []).append(failing)
    for cause in (*_CAUSES, _OTHER):
        failings = by_cause.get(cause.code)
        if failings:
            what = cause.what if cause is not _OTHER else f"{cause.what} ({failings[0].message})"
            yield Shortcoming(
                cause.code,
                what,
                cause.remedy,
                frozenset(each.standard for each in failings),
                tuple((each.rule, each.count) for each in failings),
            )


def unheard(page_indexes: Sequence[int]) -> Shortcoming:
    """What is missing if all words of some pages, given by their indexes from 0, are marked as decoration."""
    pages = f"page{'s' * (len(page_indexes) > 1)} {', '.join(str(index + 1) for index in page_indexes)}"
    return Shortcoming(
        "conform.unheard-pages",
        f"all words on its {pages} are marked as decoration, so a screen reader passes over them",
        _EXPORT_AGAIN,
        frozenset({PDF_UA}),
    )


def at_odds(found: Sequence[Failing]) -> Shortcoming:
    """What is missing if documents that keep a standard each do not keep it together."""
    return Shortcoming(
        "conform.at-odds",
        f"it keeps the standard by itself, but not beside another paper of the pack ({found[0].message})",
        "export it or the other paper again with colours for screens (RGB), or leave one of them out",
        frozenset(each.standard for each in found),
        tuple((each.rule, each.count) for each in found),
    )
