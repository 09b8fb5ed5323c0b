"""Tags, names, escaping, and what a template may not do."""

import datetime as dt
import io
import time
import zipfile

import docx
import pytest

from packgen.errors import ExitCode, TemplateError
from packgen.fill import DocumentProperties, template_names
from tests.unit.fill_support import fill, fill_bytes, paragraphs, part, saved, template, texts


def refused(source: bytes, **context):
    with pytest.raises(TemplateError) as caught:
        fill_bytes(source, **context)
    assert caught.value.exit_code == ExitCode.TEMPLATE
    assert all(problem.file == "t.docx" for problem in caught.value.problems)
    return list(caught.value.problems)


# --- Values -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["Smith & Sons", "<name withheld>", "a < b > c", "</w:t>", "{{ x }} {% if %}", "“quoted”", "it's", "&amp;"]
)
def test_every_value_is_printed_as_typed(typed):
    assert texts(fill(paragraphs("Before {{ x }} after", "Next"), x=typed)) == [f"Before {typed} after", "Next"]


def test_lines_and_tabs_of_a_value_are_kept():
    assert texts(fill(paragraphs("{{ x }}"), x="1 High Street\r\nTown\n\tHere & there")) == [
        "1 High Street\nTown\n\tHere & there"
    ]


def test_nothing_prints_nothing_and_control_characters_are_left_out():
    assert texts(fill(paragraphs("[{{ x }}]", "{{ y }}"), x=None, y="a\x00\x0b\ud800b")) == ["[]", "ab"]


def test_numbers_and_truth_values():
    assert texts(fill(paragraphs("{{ n }} {{ n + 1 }} {{ 'yes' if t else 'no' }}"), n=3, t=True)) == ["3 4 yes"]


def test_loops_conditions_and_rows():
    def build(document):
        for text in (
            "{%p for each in people %}",
            "{{ loop.index }}/{{ loop.length }} {{ each.name }}",
            "{%p endfor %}",
        ):
            document.add_paragraph(text)
        table = document.add_table(3, 2)
        table.cell(0, 0).text = "{%tr for each in people %}"
        table.cell(1, 0).text = "{{ each.name }}"
        table.cell(1, 1).text = "{{ each.role }}"
        table.cell(2, 0).text = "{%tr endfor %}"

    people = [{"name": "Ann", "role": "Chair"}, {"name": "Bob", "role": None}]
    document = fill(template(build), people=people)
    assert texts(document) == ["1/2 Ann", "2/2 Bob"]
    assert [[cell.text for cell in row.cells] for row in document.tables[0].rows] == [["Ann", "Chair"], ["Bob", ""]]


def test_keys_come_before_what_python_calls_by_the_same_name():
    assert texts(
        fill(paragraphs("{{ x.items }} {{ x.keys }} {{ x['pop'] }}"), x={"items": "I", "keys": "K", "pop": "P"})
    ) == ["I K P"]


def test_a_tag_that_word_has_split_into_runs():
    def build(document):
        paragraph = document.add_paragraph("{")
        for piece in ("{ na", "me|upper", " }", "}"):
            paragraph.add_run(piece).bold = True

    assert texts(fill(template(build), name="ann")) == ["ANN"]


@pytest.mark.parametrize(
    ("tag", "printed"),
    [
        ("{{ '2019-03-04'|date }}", "4 March 2019"),
        ("{{ '2019-03-04'|day_date }}", "Monday, 4 March 2019"),
        ("{{ day|date }}", "15 February 2024"),
        ("{{ '10:00'|time }}", "10.00 am"),
        ("{{ '14:30'|time }}", "2.30 pm"),
        ("{{ ['A', 'B', 'C']|names }}", "A, B and C"),
        ("{{ ['A']|names }}{{ []|names }}", "A"),
        ("{{ [{'name': 'A'}, {'name': 'B'}]|names }}", "A and B"),
        ("{{ 1|letter }} {{ 26|letter }} {{ 28|letter }}", "a z ab"),
        ("{{ none|date }}{{ ''|day_date }}{{ none|time }}{{ none|names }}{{ none|letter }}", ""),
        ("{{ ['A', none, 'B']|join('; ') }}", "A; ; B"),
        ("{{ [{'n': 1}, {'n': 2}]|join('-', 'n') }}", "1-2"),
        ("{% for row in [1, 2, 3]|batch(2, '-') %}{{ row|join(',') }};{% endfor %}", "1,2;3,-;"),
        ("{{ 'a-b'|replace('-', ' & ') }}", "a & b"),
    ],
)
def test_filters(tag, printed):
    assert texts(fill(paragraphs(tag + "."), day=dt.date(2024, 2, 15))) == [printed + "."]


def test_header_and_footer_are_filled():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "{{ committee }}"
        document.sections[0].footer.paragraphs[0].text = "{{ committee|upper }}"

    section = fill(template(build), committee="Health & Care").sections[0]
    assert section.header.paragraphs[0].text == "Health & Care"
    assert section.footer.paragraphs[0].text == "HEALTH & CARE"


# --- Names ------------------------------------------------------------------------------------------


def test_every_undefined_name_is_reported_at_once_with_its_place_and_near_names():
    problems = refused(
        paragraphs("To {{ committe }}", "{%p if false %}", "{{ zzz }}", "{%p endif %}"), committee="C", title="T"
    )
    assert [problem.code for problem in problems] == ["template.undefined"] * 2
    assert problems[0].message == "nothing defines the name committe"
    assert problems[0].pointer == "“{{ committe }}”"
    assert problems[0].hint == "did you mean committee?"
    assert problems[1].hint == "the names there are: committee, title"


def test_undefined_names_inside_loops_and_groups():
    (problem,) = refused(paragraphs("x", "{% for p in people %}{{ p.nmae }}{% endfor %}"), people=[{"name": "A"}])
    assert problem.message == "nothing defines the name nmae"
    assert problem.pointer == "“{{ p.nmae }}”"
    assert problem.hint == "did you mean name?"


def test_asking_nothing_for_a_part_of_it():
    (problem,) = refused(paragraphs("{{ contact.name }}"), contact=None)
    assert "empty" in problem.message
    assert "{% if" in problem.hint


def test_a_name_in_the_header_says_so():
    def build(document):
        document.sections[0].header.paragraphs[0].text = "{{ titel }}"

    (problem,) = refused(template(build), title="T")
    assert problem.pointer == "header: “{{ titel }}”"


def test_template_names():
    source = paragraphs(
        "{{ a.b }} {% for c in d %}{{ c }}{{ loop.index }}{% endfor %}{% set e = 1 %}{{ e }}{{ f|prose }}"
    )
    assert template_names(source) == {"a", "d", "f"}


# --- Mistakes ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tag", "words"),
    [
        ("{{ x", "no }}"),
        ("{% if x %}", "has no {% endif %}"),
        ("{% endfor %}", "has no {% for %}"),
        ("{% do x %}", "no tag {% do %}"),
        ("{{ x + }}", "expected"),
        ("{{ x|upperr }}", "no filter upperr"),
        ("{% include 'other.docx' %}", "other files"),
        ("{% import 'other.docx' as o %}", "other files"),
        ("{% extends 'other.docx' %}", "other files"),
    ],
)
def test_mistakes_in_tags_are_refused_with_their_place(tag, words):
    (problem,) = refused(paragraphs("First", f"Second {tag}"), x=1)
    assert words in problem.message
    assert tag.split()[1].strip("{}% ") in problem.pointer


@pytest.mark.parametrize(
    "tag",
    [
        "{{ 'soon'|date }}",
        "{{ 'noon'|time }}",
        "{{ 0|letter }}",
        "{{ 'A'|names }}",
        "{{ people }}",
        "{{ group }}",
        "{{ 'logo.png'|picture }}",
        "{{ 'x'|link('javascript:alert(1)') }}",
        "{{ 'x'|prose(level=9) }}",
        "{{ 3|prose }}",
        "{{ 1 / 0 }}",
        "{{ people[0].upper() + 1 }}",
    ],
)
def test_values_that_a_tag_cannot_use(tag):
    (problem,) = refused(paragraphs("First", tag), people=["A"], group={"a": 1})
    assert problem.code == "template.failed"
    assert problem.pointer == f"“{tag}”"


def test_tags_that_tear_the_document_apart():
    def build(document):
        table = document.add_table(1, 2)
        table.cell(0, 0).text = "{% if x %}Some words"
        table.cell(0, 1).text = "{% endif %}"

    (problem,) = refused(template(build), x=False)
    assert problem.code == "template.structure"
    assert "{%tr" in problem.hint


@pytest.mark.parametrize("source", [b"", b"not a zip", b"PK\x03\x04broken"])
def test_what_is_not_a_word_document(source):
    assert refused(source)[0].code == "template.not-word"


def test_a_zip_that_is_no_word_document():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("readme.txt", "x")
    assert refused(written.getvalue())[0].code == "template.not-word"


def test_tracked_changes_are_refused():
    def build(document):
        paragraph = document.add_paragraph("x")
        change = paragraph._p.makeelement(docx.oxml.ns.qn("w:ins"), {})
        paragraph._p.append(change)

    assert refused(template(build))[0].code == "template.tracked"


# --- What a template may not do ---------------------------------------------------------------------


@pytest.mark.parametrize(
    "tag",
    [
        "{{ x.__class__.__mro__ }}",
        "{{ ''.__class__ }}",
        "{{ x|attr('__class__') }}",
        "{{ [x]|map(attribute='__class__')|list|first }}",
        "{{ cycler.__init__.__globals__ }}",
        "{{ x|safe }}",
        "{{ '%s'|format(x) }}",
        "{{ x.format(x) }}",
        "{{ x.center(9) }}",
        "{{ '%9s' % x }}",
        "{{ self.__init__ }}",
    ],
)
def test_nothing_leads_out_of_the_sandbox(tag):
    refused(paragraphs(tag), x="X")


@pytest.mark.parametrize(
    "tag",
    [
        "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
        "{% for a in range(99999999999) %}{% endfor %}",
        "{{ 'x' * 10000000000 }}",
        "{{ 10 ** 1000000000 }}",
        "{{ 99999999999 * 99999999999 * 99999999999 * 99999999999 }}",
        "{% macro f() %}{{ f() }}{{ f() }}{% endmacro %}{{ f() }}",
        "{% macro f(n) %}{% if n %}{{ f(n - 1) }}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(60) }}",
        "{% set ns = namespace(x='ab') %}{% for i in range(60) %}{% set ns.x = ns.x ~ ns.x %}{% endfor %}{{ ns.x }}",
        "{% set ns = namespace(x='ab') %}{% for i in range(60) %}{% set ns.x = ns.x + ns.x %}{% endfor %}{{ ns.x }}",
        "{{ range(99999)|join('x'|upper ~ long) }}",
        "{{ long|replace('x', long) }}",
        "{{ [1]|batch(1000000000, 0)|list }}",
        "{% for i in range(9999) %}{{ long }}{% endfor %}",
        "{% set x %}{% for i in range(9999) %}{{ long }}{% endfor %}{% endset %}{{ x }}",
    ],
)
def test_no_template_can_hang_or_fill_the_memory(tag):
    started = time.perf_counter()
    refused(paragraphs(tag), long="x" * 20_000)
    assert time.perf_counter() - started < 5


# --- The file ---------------------------------------------------------------------------------------


def test_same_inputs_same_bytes_and_inputs_are_left_alone():
    source = paragraphs("{{ x|prose }}")
    context = {"x": "a[^1]\n\n1. b\n\n| A |\n|--|\n| 1 |\n\n[^1]: note"}
    first = fill_bytes(source, **context)
    assert fill_bytes(source, **context) == first
    assert context == {"x": "a[^1]\n\n1. b\n\n| A |\n|--|\n| 1 |\n\n[^1]: note"}
    with zipfile.ZipFile(io.BytesIO(first)) as package:
        assert package.namelist()[0] == "[Content_Types].xml"
        assert {info.date_time for info in package.infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_properties_and_language():
    created = dt.datetime(2019, 2, 22, 9, 0, tzinfo=dt.UTC)
    properties = DocumentProperties(title="Prevent", author="Westmarch", subject="Report", created=created)
    filled = fill_bytes(paragraphs("x"), properties=properties)
    core = docx.Document(io.BytesIO(filled)).core_properties
    assert (core.title, core.author, core.subject, core.created) == ("Prevent", "Westmarch", "Report", created)
    assert (core.modified, core.last_modified_by, core.revision, core.language) == (created, "", 1, "en-GB")
    assert 'w:lang w:val="en-GB"' in part(filled, "word/styles.xml")


def test_nothing_tells_of_the_templates_makers():
    def build(document):
        paragraph = document.add_paragraph("Text")
        paragraph._p.set(docx.oxml.ns.qn("w:rsidR"), "00AB12CD")
        document.add_comment(paragraph.runs, text="secret remark", author="A. Maker", initials="AM")

    filled = fill_bytes(template(build))
    with zipfile.ZipFile(io.BytesIO(filled)) as package:
        everything = b"".join(package.read(name) for name in package.namelist())
        names = package.namelist()
    for left_out in (b"secret remark", b"A. Maker", b"00AB12CD", b"commentReference"):
        assert left_out not in everything
    assert not any("thumbnail" in name or "app.xml" in name for name in names)


def test_a_document_with_the_markup_of_the_template_survives():
    source = docx.Document()
    source.add_paragraph("{{ a }}").runs[0].bold = True
    document = fill(saved(source), a="bold & plain")
    assert document.paragraphs[0].runs[0].bold
    assert document.paragraphs[0].text == "bold & plain"
