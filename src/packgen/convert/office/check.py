"""What LibreOffice gave, checked against the file it was made from.

Takes a PDF and what must be on it; gives the drawn document with remarks, or every problem. A missing word stops the
build, except in spreadsheets: a cell whose neighbour covers it is covered in Excel too, and is told of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pikepdf

from packgen.convert import Drawn
from packgen.convert.office.finish import Finished, finish, sheet_pages
from packgen.convert.office.kinds import OFFICE_KINDS
from packgen.convert.office.prepared import Expected, Prepared
from packgen.convert.office.sheet_match import SheetTable, ShownCell
from packgen.convert.office.sheets import cell_name
from packgen.convert.office.words import Pages, missing
from packgen.convert.proof import page_texts
from packgen.errors import ConversionError, Problem

_SHOWN = 20
_NAMED = 6
_HASHES = "###"


def checked(pdf: bytes, prepared: Prepared, numbers: str, *, name: str, kind: str, title: str, language: str) -> Drawn:
    """The drawn document.

    Args:
        pdf: as LibreOffice wrote it.
        prepared: what it was made from.
        numbers: of a spreadsheet, each number as displayed, as the macro lists them.
        name: what problems call the file.
        kind: `.docx`, `.xlsx` or `.pptx`.
        title: of the PDF.
        language: of the PDF, such as `en-GB`.

    Raises:
        ConversionError: the PDF is broken or blank, a slide or sheet is missing, or a word is.
    """
    listed = list(_numbers(prepared, numbers))
    try:
        begins, page_count = sheet_pages(pdf)
        groups = _groups(prepared, begins, page_count, kind)
        finished = finish(
            pdf,
            title=title,
            language=language,
            formulas=prepared.formulas,
            pictures=prepared.pictures,
            tables=_tables(prepared, listed, groups) if kind == ".xlsx" else (),
        )
        texts = page_texts(finished.pdf)
    except (pikepdf.PdfError, RuntimeError, ValueError) as error:
        raise ConversionError(
            _problem(name, kind, "convert.office-broken", "What LibreOffice made of it is broken")
        ) from error
    problems = list(_page_problems(finished, texts, prepared, begins, name, kind))
    if problems:
        raise ConversionError(problems)
    pages = Pages(texts, groups)
    lost = list(missing(prepared.expected, pages))
    if kind != ".xlsx" and lost:
        raise ConversionError([_lost(each, name, kind) for each in lost[:_SHOWN]])
    warnings = [*prepared.warnings, *_cut_off(lost, prepared, name), *_hashes(prepared, listed, pages, name)]
    warnings += _access(finished, prepared, name, kind)
    return Drawn(finished.pdf, tuple(texts), tuple(warnings))


def _page_problems(
    finished: Finished,
    texts: Sequence[str],
    prepared: Prepared,
    begins: Sequence[tuple[str, int]],
    name: str,
    kind: str,
) -> Iterator[Problem]:
    if not texts:
        yield _problem(name, kind, "convert.office-broken", "LibreOffice made no page of it")
    elif prepared.expected and not any(text.strip() for text in texts):
        yield _problem(name, kind, "convert.office-broken", "LibreOffice drew nothing but blank pages")
    elif kind == ".pptx" and len(texts) != len(prepared.groups):
        words = f"It shows {len(prepared.groups)} slides, but LibreOffice made {len(texts)} pages of them"
        yield _problem(name, kind, "convert.office-pages", words)
    elif kind == ".xlsx":
        drawn = [title for title, _ in begins]
        for sheet in prepared.sheets:
            if sheet.name not in drawn and (begins or len(texts) < len(prepared.sheets)):
                yield _problem(
                    name, kind, "convert.office-pages", f"LibreOffice made no page of the sheet {sheet.name}"
                )
    if finished.formulas < len(prepared.formulas):
        yield _equations_lost(name, len(prepared.formulas), finished.formulas)


def _equations_lost(name: str, written: int, drawn: int) -> Problem:
    words = f"{written} equations" if written > 1 else "an equation"
    which = f"drew only {drawn} of them" if drawn else "drew none of them" if written > 1 else "did not draw it"
    hint = (
        "Most likely LibreOffice was installed without its part for equations: install that too (on Debian and Ubuntu "
        "it is libreoffice-math-nogui), then build again; or ask the file's author for a PDF of it."
    )
    return Problem(
        code="convert.equations-lost", file=name, message=f"It has {words}, but LibreOffice {which}.", hint=hint
    )


def _groups(prepared: Prepared, begins: Sequence[tuple[str, int]], page_count: int, kind: str) -> Sequence[range]:
    """The pages of each slide or sheet; nothing where they cannot be told apart."""
    if kind == ".pptx":
        return [range(index, index + 1) for index in range(page_count)]
    starts = dict(begins)
    if kind != ".xlsx" or any(sheet.name not in starts for sheet in prepared.sheets):
        return ()
    ends = [*sorted(set(starts.values())), page_count]
    first = [starts[sheet.name] for sheet in prepared.sheets]
    return [range(start, min(end for end in ends if end > start)) for start in first]


def _lost(each: Expected, name: str, kind: str) -> Problem:
    return Problem(
        code="convert.text-lost",
        file=name,
        pointer=each.place,
        message=f'LibreOffice does not draw all of this text ("{" ".join(each.text.split())[:40]}" is missing).',
        hint="It may run off the page, use letters that no font here has, or be a kind of lettering (WordArt) that is "
        f"drawn as a picture. Change it in {OFFICE_KINDS[kind].words.program}, or ask for a PDF.",
    )


def _cut_off(lost: Sequence[Expected], prepared: Prepared, name: str) -> Iterator[Problem]:
    """One remark for each sheet with cells of which something is covered."""
    sheets: dict[int, list[Expected]] = {}
    for each in lost:
        sheets.setdefault(each.group or 0, []).append(each)
    for group, cells in sheets.items():
        places = [each.place.rpartition(" ")[2] for each in cells]
        more = f" and {len(places) - _NAMED} more" if len(places) > _NAMED else ""
        shown = " ".join(cells[0].text.split())[:40]
        yield Problem(
            code="convert.cell-cut-off",
            severity="warning",
            file=name,
            pointer=f"{prepared.groups[group]}, {'cell' if len(places) == 1 else 'cells'} "
            f"{', '.join(places[:_NAMED])}{more}",
            message=f'Text is cut off by the next cell or the end of the page ("{shown}").',
            hint="In Excel make the column wider, or choose Wrap Text.",
        )


def _numbers(prepared: Prepared, numbers: str) -> Iterator[Expected]:
    """The numbers that the macro has listed, as they are displayed."""
    groups = {sheet.index: group for group, sheet in enumerate(prepared.sheets)}
    for line in numbers.splitlines():
        index, column, row, text = (*line.split("\t", 3), "", "", "")[:4]
        group = groups.get(int(index)) if index.isdigit() else None
        if group is None or not text.strip():
            continue
        sheet = prepared.sheets[group]
        if not sheet.areas or any(area.holds(int(row), int(column)) for area in sheet.areas):
            place = (int(row), int(column))
            yield Expected(text, f"sheet {sheet.name}, cell {cell_name(*place)}", group, place)


def _tables(prepared: Prepared, numbers: Sequence[Expected], groups: Sequence[range]) -> list[SheetTable]:
    """The sheets with all that their cells display."""
    cells: dict[tuple[int, tuple[int, int]], ShownCell] = {}
    for each, number in (*((each, True) for each in numbers), *((each, False) for each in prepared.expected)):
        if each.group is not None and each.cell is not None:
            cells[each.group, each.cell] = ShownCell(*each.cell, each.text, number)
    return [
        SheetTable(sheet.name, pages, [cells[key] for key in sorted(cells) if key[0] == group])
        for group, (sheet, pages) in enumerate(zip(prepared.sheets, groups, strict=False))
    ]


def _hashes(prepared: Prepared, numbers: Sequence[Expected], pages: Pages, name: str) -> Iterator[Problem]:
    """Numbers that are shown as ###, because their column is too narrow."""
    for group, sheet in enumerate(prepared.sheets):
        if not any(_HASHES in text for text in pages.of(group)):
            continue
        narrow = [each.place for each in missing([each for each in numbers if each.group == group], pages)] or [
            f"sheet {sheet.name}"
        ]
        for where in narrow[:_SHOWN]:
            yield Problem(
                code="convert.number-not-shown",
                severity="warning",
                file=name,
                pointer=where,
                message="Its number is shown as ###, because the column is too narrow.",
                hint="In Excel make the column wider.",
            )


def _access(finished: Finished, prepared: Prepared, name: str, kind: str) -> Iterator[Problem]:
    """What a screen reader cannot tell of the document."""
    if not finished.tagged:
        yield Problem(
            code="convert.untagged",
            severity="warning",
            file=name,
            message="LibreOffice leaves its text without tags, and which words belong together cannot be told for "
            "certain, so a screen reader cannot tell its structure, and the pack does not claim to be accessible "
            "(PDF/UA).",
            hint="Ask for a tagged PDF (Save as PDF, Options, Document structure tags), or put the table into a Word "
            "document.",
        )
    elif finished.undescribed:
        where = ", ".join(prepared.undescribed[:_SHOWN])
        yield Problem(
            code="convert.missing-alt",
            severity="warning",
            file=name,
            pointer=where or None,
            message="A picture, chart or equation comes out without alternative text, so a screen reader says nothing "
            "of it, and the pack does not claim to be accessible (PDF/UA).",
            hint=f"Right-click it in {OFFICE_KINDS[kind].words.program}, choose View Alt Text and say what it shows; "
            "of shapes that belong together make one picture.",
        )


def _problem(name: str, kind: str, code: str, words: str) -> Problem:
    program = OFFICE_KINDS[kind].words.program
    return Problem(
        code=code,
        file=name,
        message=f"{words}.",
        hint=f"Open it in {program} to see whether it is sound, and save it again; or ask its author for a PDF of it.",
    )
