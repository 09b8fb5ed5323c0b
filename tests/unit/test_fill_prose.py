"""Prose in a template's own styles: paragraphs, lists, headings, quotations, links, footnotes."""

import io
import struct
import zlib
from pathlib import Path

import docx
import PIL.Image
import pytest
from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.shared import RGBColor
from lxml import etree

from packgen.errors import InvalidPackError, TemplateError
from packgen.prose import parse_prose
from tests.unit.fill_support import (
    NUMBERED,
    fill,
    fill_bytes,
    number_of,
    paragraphs,
    part,
    png,
    styled,
    template,
    texts,
)

TAG = "{{ x|prose }}"


def write(text: str, style: str = "Body Text") -> list[tuple[str, str]]:
    return styled(fill(paragraphs(TAG, style=style), x=text))


def numbering(filled: bytes):
    return docx.Document(io.BytesIO(filled)).part.numbering_part.element


def overrides(filled: bytes, number: str) -> dict[str, str]:
    """What a list changes: its start, and the kind of number if that is another."""
    (num,) = (each for each in numbering(filled) if each.get(qn("w:numId")) == number and each.tag == qn("w:num"))
    found = {"level": num.find(qn("w:lvlOverride")).get(qn("w:ilvl"))}
    for name in ("startOverride", "numFmt"):
        node = num.find(f".//{qn('w:' + name)}")
        if node is not None:
            found[name] = node.get(qn("w:val"))
    return found


# --- Paragraphs -------------------------------------------------------------------------------------


def test_paragraphs_take_the_style_and_formatting_of_the_marks_paragraph():
    def build(document):
        paragraph = document.add_paragraph("", "Body Text")
        paragraph.add_run(TAG).font.color.rgb = RGBColor(1, 2, 3)
        paragraph.paragraph_format.keep_with_next = True
        paragraph.paragraph_format.page_break_before = True

    document = fill(template(build), x="One **bold**\n\nTwo *slanted*")
    assert styled(document) == [("Body Text", "One bold"), ("Body Text", "Two slanted")]
    first, second = document.paragraphs
    assert all(run.font.color.rgb == RGBColor(1, 2, 3) for run in first.runs + second.runs)
    assert [(run.text, run.bold) for run in first.runs] == [("One ", None), ("bold", True)]
    assert second.runs[1].italic
    assert (first.paragraph_format.page_break_before, second.paragraph_format.page_break_before) == (True, None)
    assert second.paragraph_format.keep_with_next


def test_words_around_the_mark_stay_and_the_rest_follows():
    document = fill(paragraphs(f"RESOLVED – {TAG} (end)", "After"), x="that\n\n- one\n\nnext")
    assert styled(document) == [
        ("Normal", "RESOLVED – that (end)"),
        ("List Bullet", "one"),
        ("Normal", "next"),
        ("Normal", "After"),
    ]


def test_words_before_a_mark_whose_prose_begins_with_a_list():
    assert texts(fill(paragraphs(f"To: {TAG}"), x="- one")) == ["To: ", "one"]


def test_several_marks_in_one_paragraph():
    source = paragraphs("{{ a|prose }}; {{ b|prose }}")
    assert texts(fill(source, a="A\n\nA2", b="B\n\nB2")) == ["A; B", "A2", "B2"]


def test_bold_of_the_template_holds_for_the_words():
    def build(document):
        paragraph = document.add_paragraph()
        paragraph.add_run("RESOLVED – ").bold = True
        paragraph.add_run(TAG)

    runs = fill(template(build), x="that **this** be noted").paragraphs[0].runs
    assert [(run.text, bool(run.bold)) for run in runs] == [
        ("RESOLVED – ", True),
        ("that ", False),
        ("this", True),
        (" be noted", False),
    ]


@pytest.mark.parametrize("empty", [None, "", "  \n"])
def test_empty_prose_takes_its_paragraph_away_but_no_other(empty):
    assert texts(fill(paragraphs("Before", TAG, "", f"Words {TAG}", "After"), x=empty)) == [
        "Before",
        "",
        "Words ",
        "After",
    ]


def test_a_cell_and_a_header_keep_a_paragraph():
    def build(document):
        document.add_table(1, 1).cell(0, 0).paragraphs[0].text = TAG
        document.sections[0].header.paragraphs[0].text = TAG
        cell = document.add_table(1, 1).cell(0, 0)
        cell.paragraphs[0].text = "words"
        cell.add_paragraph(TAG)

    document = fill(template(build), x=None)
    assert [paragraph.text for paragraph in document.tables[0].cell(0, 0).paragraphs] == [""]
    assert [paragraph.text for paragraph in document.tables[1].cell(0, 0).paragraphs] == ["words"]
    assert [paragraph.text for paragraph in document.sections[0].header.paragraphs] == [""]


def test_typed_text_is_not_read_as_tags_or_markup():
    typed = "{{ secret }} & <w:p> {% if %} </w:t>"
    assert texts(fill(paragraphs(TAG), x=typed)) == [typed]


def test_forced_lines_and_code():
    assert texts(fill(paragraphs(TAG), x="one\\\ntwo `three`")) == ["one\ntwo three"]


def test_prose_that_has_been_read_before():
    assert texts(fill(paragraphs(TAG), x=parse_prose("one"))) == ["one"]


def test_a_section_that_ends_at_the_mark_still_ends_there():
    def build(document):
        document.add_paragraph(TAG)
        document.add_section()
        document.add_paragraph("second section")

    document = fill(template(build), x="one\n\ntwo\n\n| A |\n|--|\n| 1 |")
    assert len(document.sections) == 2
    body = [child.tag for child in document.element.body]
    holder = next(
        index for index, child in enumerate(document.element.body) if child.find(f".//{qn('w:sectPr')}") is not None
    )
    assert body[holder - 1] == qn("w:tbl")
    assert texts(document)[:2] == ["one", "two"]
    assert texts(document)[-1] == "second section"


def test_quotations_headings_and_rules():
    source = template(lambda document: (document.add_heading("Template's own", 2), document.add_paragraph(TAG)))
    document = fill(source, x="# One\n\n> quoted\n\n### Two\n\n---\n\n# Three")
    assert styled(document) == [
        ("Heading 2", "Template's own"),
        ("Heading 3", "One"),
        ("Quote", "quoted"),
        ("Heading 4", "Two"),
        ("Normal", ""),
        ("Heading 3", "Three"),
    ]


def test_the_template_can_say_the_level_of_headings():
    assert write("## One\n\n### Two", "Normal")[0] == ("Heading 1", "One")
    document = fill(paragraphs("{{ x|prose(level=3) }}"), x="## One\n\n### Two")
    assert [style for style, _ in styled(document)] == ["Heading 3", "Heading 4"]


# --- Lists ------------------------------------------------------------------------------------------


def test_lists_take_the_styles_of_the_family_or_words_own():
    text = "- a\n\n  more\n  - b\n    - c\n\n1. d\n   1. e\n\n      more\n"
    assert write(text) == [
        ("List Bullet", "a"),
        ("List Continue", "more"),
        ("List Bullet 2", "b"),
        ("List Bullet 3", "c"),
        ("List Number", "d"),
        ("List Number 2", "e"),
        ("List Continue 2", "more"),
    ]


def test_the_family_of_a_style_comes_first():
    def build(document):
        document.styles.add_style("Body Text Bullet", WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph(TAG, "Body Text")

    assert styled(fill(template(build), x="- a\n  - b")) == [("Body Text Bullet", "a"), ("List Bullet 2", "b")]


def test_every_numbered_list_begins_again():
    filled = fill_bytes(paragraphs(TAG), x="1. a\n2. b\n\ntext\n\n1. c\n\n<!-- -->\n\n4) d")
    items = [each for each in docx.Document(io.BytesIO(filled)).paragraphs if each.style.name == "List Number"]
    first, same, second, third = (number_of(each) for each in items)
    assert first == same
    assert len({first, second, third}) == 3
    assert [overrides(filled, number)["startOverride"] for number in (first, second, third)] == ["1", "1", "4"]


@pytest.mark.parametrize(("marker", "kind"), [("a.", "lowerLetter"), ("(i)", "lowerRoman"), ("1.", None)])
def test_another_kind_of_number_is_kept(marker, kind):
    filled = fill_bytes(paragraphs(TAG), x=f"{marker} one")
    (item,) = docx.Document(io.BytesIO(filled)).paragraphs
    assert overrides(filled, number_of(item)).get("numFmt") == kind


def test_numbered_paragraphs_restart_their_own_lists():
    """1. a. b. 2. a. needs nothing: the template's numbers do that."""
    filled = fill_bytes(paragraphs(TAG, style=NUMBERED), x="One\n\na. x\n   i. y\nb. z\n\nTwo\n\na. x\n")
    document = docx.Document(io.BytesIO(filled))
    assert styled(document) == [
        (NUMBERED, "One"),
        (f"{NUMBERED} Number", "x"),
        (f"{NUMBERED} Number 2", "y"),
        (f"{NUMBERED} Number", "z"),
        (NUMBERED, "Two"),
        (f"{NUMBERED} Number", "x"),
    ]
    assert {number_of(paragraph) for paragraph in document.paragraphs} == {None}


@pytest.mark.parametrize(
    "text",
    [
        "One\n\na. x\n\n> between\n\na. y",
        "a. y",
        "One\n\n- p\n  a. x\n- q\n  a. y",
        "One\n\nc. y",
    ],
)
def test_where_the_templates_numbers_would_run_on_the_list_is_made_to_begin(text):
    filled = fill_bytes(paragraphs(TAG, style=NUMBERED), x=text)
    last = docx.Document(io.BytesIO(filled)).paragraphs[-1]
    number = number_of(last)
    assert number is not None
    expected = "3" if "c. y" in text else "1"
    level = "0" if "Number 2" in last.style.name else "1"
    assert overrides(filled, number)["startOverride"] == expected
    assert overrides(filled, number)["level"] == {"0": "2", "1": "1"}[level]


def test_the_numbering_part_stays_in_order():
    filled = fill_bytes(paragraphs(TAG), x="1. a\n\ntext\n\n1. b")
    tags = [child.tag for child in numbering(filled)]
    assert tags.index(qn("w:num")) > max(index for index, tag in enumerate(tags) if tag == qn("w:abstractNum"))
    numbers = [child.get(qn("w:numId")) for child in numbering(filled).findall(qn("w:num"))]
    assert len(set(numbers)) == len(numbers)


def test_an_item_that_begins_with_another_list():
    assert write("1. - a") == [("List Number", ""), ("List Bullet 2", "a")]


def test_lacking_styles_are_all_named_at_once():
    source = paragraphs(TAG, without=("List Bullet", "Quote", "Hyperlink", "Source"))
    with pytest.raises(TemplateError) as caught:
        fill(source, x="- a\n- b\n\n> c [d](https://a.example.org)")
    messages = [problem.message for problem in caught.value.problems]
    assert messages == [
        "the template has no paragraph style Normal Bullet or List Bullet, which a bulleted list needs",
        "the template has no paragraph style Quote, which a quotation needs",
        "the template has no character style Hyperlink, which a link needs",
    ]


def test_a_list_style_without_numbers_is_a_mistake_of_the_template():
    def build(document):
        document.styles.add_style("Body Text Number", WD_STYLE_TYPE.PARAGRAPH)
        document.add_paragraph(TAG, "Body Text")

    with pytest.raises(TemplateError, match="Body Text Number has no numbers"):
        fill(template(build), x="1. a")


# --- Links and footnotes ----------------------------------------------------------------------------


def test_links_of_prose_and_of_the_template():
    source = paragraphs("{{ x|prose }}", "{{ 'Item 4'|link('packgen:item/4') }}, {{ mail|link }}; {{ none|link }}")
    document = fill(source, x="See **[the *plan*](https://a.example.org/?a=1&b=2)**", mail="jo@example.org")
    links = [(link.text, link.url) for paragraph in document.paragraphs for link in paragraph.hyperlinks]
    assert links == [
        ("the plan", "https://a.example.org/?a=1&b=2"),
        ("Item 4", "packgen:item/4"),
        ("jo@example.org", "mailto:jo@example.org"),
    ]
    assert all(run.style.name == "Hyperlink" for run in document.paragraphs[0].hyperlinks[0].runs)
    assert document.paragraphs[1].text == "Item 4, jo@example.org; "


def test_links_that_lead_nowhere_are_refused():
    with pytest.raises(InvalidPackError, match="leads nowhere"):
        fill(paragraphs(TAG), x="[x](file:///etc/passwd)")


def test_footnotes_become_word_footnotes():
    filled = fill_bytes(
        paragraphs(TAG), x="One[^a] two[^b]\n\n[^a]: First, see [x](https://a.example.org)\n\n    more\n\n[^b]: Second"
    )
    notes = etree.fromstring(part(filled, "word/footnotes.xml").encode())
    written = [
        ("".join(node.itertext()).strip(), node.get(qn("w:id"))) for node in notes if node.get(qn("w:type")) is None
    ]
    assert written == [("First, see xmore", "1"), ("Second", "2")]
    assert [node.get(qn("w:type")) for node in notes][:2] == ["separator", "continuationSeparator"]
    referred = etree.fromstring(part(filled, "word/document.xml").encode()).iter(qn("w:footnoteReference"))
    assert [node.get(qn("w:id")) for node in referred] == ["1", "2"]
    assert "https://a.example.org" in part(filled, "word/_rels/footnotes.xml.rels")
    assert "footnotes+xml" in part(filled, "[Content_Types].xml")
    assert "<w:footnotePr>" in part(filled, "word/settings.xml")


def test_footnotes_join_those_the_template_has():
    with_one = fill_bytes(
        paragraphs("Template's[^1] {{ '{{' }} x|prose }}".replace("[^1]", "{{ note|prose }}")),
        note="note[^1]\n\n[^1]: its own",
    )
    filled = fill_bytes(with_one, x="mine[^1]\n\n[^1]: added")
    notes = part(filled, "word/footnotes.xml")
    assert notes.index("its own") < notes.index("added")
    assert notes.count('w:type="separator"') == 1


def test_no_footnotes_in_headers():
    def build(document):
        document.sections[0].header.paragraphs[0].text = TAG

    with pytest.raises(InvalidPackError, match="page header"):
        fill(template(build), x="a[^1]\n\n[^1]: b")


# --- Pictures ---------------------------------------------------------------------------------------


def test_a_figure_has_its_caption_above_and_its_source_below(tmp_path: Path):
    png(tmp_path / "chart.png", 2000, 500)
    source = paragraphs(TAG, style=NUMBERED)
    document = fill(source, tmp_path, x='![Bars](chart.png "By month")\n\nSource: returns')
    assert styled(document) == [("Caption", "By month"), ("Figure", ""), ("Source", "Source: returns")]
    (shape,) = document.inline_shapes
    assert shape._inline.docPr.get("descr") == "Bars"
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin - 567 * 635
    assert abs(shape.width - room) < 1000
    assert abs(shape.width / shape.height - 4) < 0.01
    assert document.paragraphs[0].paragraph_format.keep_with_next
    assert document.paragraphs[1].paragraph_format.left_indent.twips == 567


def test_a_tall_picture_takes_two_thirds_of_the_page(tmp_path: Path):
    png(tmp_path / "tall.png", 300, 4000)
    document = fill(paragraphs(TAG), tmp_path, x="![Tower](tall.png)")
    section = document.sections[0]
    room = section.page_height - section.top_margin - section.bottom_margin
    assert abs(document.inline_shapes[0].height - room * 2 / 3) < 1000


def test_small_pictures_keep_their_size_and_numbers_of_their_own(tmp_path: Path):
    png(tmp_path / "a.png", 96, 48)
    source = paragraphs("{{ 'a.png'|picture(width_mm=20, alt='Logo') }}", TAG, "{{ none|picture }}")
    document = fill(source, tmp_path, x="words ![small](a.png) words\n\n![again](a.png)")
    assert [round(shape.width.mm) for shape in document.inline_shapes] == [20, 25, 25]
    assert [shape._inline.docPr.get("id") for shape in document.inline_shapes] == ["1", "2", "3"]
    assert len(document.paragraphs) == 3


@pytest.mark.parametrize(
    ("ending", "saved", "inches"),
    [
        ("png", {}, 2.0),
        ("png", {"dpi": (300, 300)}, 0.48),
        ("jpg", {"dpi": (36, 36)}, 4.0),
        ("jpg", {}, 2.0),
        ("jpg", {"exif": {0x011A: 48.0, 0x011B: 48.0, 0x0128: 2}}, 3.0),
    ],
)
def test_a_picture_is_as_large_as_its_file_says(tmp_path: Path, ending, saved, inches):
    if "exif" in saved:
        exif = PIL.Image.Exif()
        exif.update(saved["exif"])
        saved = {"exif": exif}
    PIL.Image.new("RGB", (144, 72)).save(tmp_path / f"a.{ending}", **saved)
    (shape,) = fill(paragraphs(TAG), tmp_path, x=f"words ![small](a.{ending}) words").inline_shapes
    assert shape.width.inches == pytest.approx(inches, abs=0.01)
    assert shape.height.inches == pytest.approx(inches / 2, abs=0.01)


def test_a_photograph_stands_as_the_camera_was_held(tmp_path: Path):
    stored = PIL.Image.new("RGB", (144, 72), "white")
    stored.paste((200, 0, 0), (0, 0, 40, 72))
    exif = PIL.Image.Exif()
    exif[0x0112] = 6  # to be turned to the right
    stored.save(tmp_path / "photo.jpg", exif=exif, quality=95)
    document = fill(paragraphs(TAG), tmp_path, x="words ![small](photo.jpg) words")
    (shape,) = document.inline_shapes
    assert (shape.width.inches, shape.height.inches) == (pytest.approx(1.0), pytest.approx(2.0))
    (part,) = document.part.package.image_parts
    seen = PIL.Image.open(io.BytesIO(part.blob))
    assert seen.size == (72, 144)
    assert seen.getexif().get(0x0112, 1) == 1
    top, bottom = seen.getpixel((36, 10)), seen.getpixel((36, 134))
    assert top[1] < 60
    assert bottom[1] > 200


def test_a_photograph_with_another_picture_behind_it_is_a_jpeg(tmp_path: Path):
    one, other = PIL.Image.new("RGB", (144, 72)), PIL.Image.new("RGB", (20, 10))
    one.save(tmp_path / "photo.jpg", "MPO", save_all=True, append_images=[other])
    document = fill(paragraphs(TAG), tmp_path, x="words ![small](photo.jpg) words")
    assert document.inline_shapes[0].width.inches == pytest.approx(2.0)
    assert [str(part.partname) for part in document.part.package.image_parts] == ["/word/media/image1.jpg"]


def test_a_jpeg_that_begins_with_neither_of_the_usual_headers_is_a_picture_too(tmp_path: Path):
    """Some programs write none, and readers do not ask for one."""
    PIL.Image.new("RGB", (144, 72)).save(tmp_path / "with.jpg")
    whole = (tmp_path / "with.jpg").read_bytes()
    (tmp_path / "without.jpg").write_bytes(whole[:2] + whole[2 + 2 + int.from_bytes(whole[4:6]) :])
    (shape,) = fill(paragraphs(TAG), tmp_path, x="words ![small](without.jpg) words").inline_shapes
    assert shape.width.inches == pytest.approx(2.0)


def png_with_density(pixels_a_metre: int) -> bytes:
    """A picture that says how small its pixels are, whatever that makes of it."""
    target = io.BytesIO()
    PIL.Image.new("RGB", (4, 4)).save(target, "PNG", dpi=(72, 72))
    whole = target.getvalue()
    said = b"pHYs" + struct.pack(">IIB", pixels_a_metre, pixels_a_metre, 1)
    begin = whole.index(b"pHYs") - 4
    return whole[:begin] + struct.pack(">I", 9) + said + struct.pack(">I", zlib.crc32(said)) + whole[begin + 21 :]


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("gone.png", None, "there is no picture"),
        ("../outside.png", b"\x89PNG\r\n\x1a\n", "outside"),
        ("fake.png", b"GIF89a", "neither PNG nor JPEG"),
        ("broken.png", b"\x89PNG\r\n\x1a\n123", "damaged"),
        ("broken.jpg", b"\xff\xd8\xff", "damaged"),
        ("nothing.png", png_with_density(2**31 - 1), "damaged"),
    ],
)
def test_pictures_that_cannot_be_used(tmp_path: Path, name, content, message):
    folder = tmp_path / "pack"
    folder.mkdir()
    if content is not None:
        (folder / name).write_bytes(content)
    with pytest.raises(InvalidPackError, match=message):
        fill(paragraphs(TAG), folder, x=f"![x]({name})")


def test_only_a_setting_may_name_a_picture_outside_the_pack(tmp_path: Path):
    logo = png(tmp_path / "logo.png")
    source = paragraphs("{{ logo|picture(alt='Logo') }}")
    folder = tmp_path / "pack"
    folder.mkdir()
    assert len(fill(source, folder, logo=logo).inline_shapes) == 1
    with pytest.raises(InvalidPackError, match="outside"):
        fill(source, folder, logo=str(logo))


def test_a_point_of_several_paragraphs_has_one_number():
    source = paragraphs("{{ x|point }}", "{{ y|point }}", style=NUMBERED)
    document = fill(source, x="Agree the plan.\n\nIt costs nothing.\n\na. first\nb. second", y="Note it.")
    assert styled(document) == [
        (NUMBERED, "Agree the plan."),
        ("List Continue", "It costs nothing."),
        (f"{NUMBERED} Number", "first"),
        (f"{NUMBERED} Number", "second"),
        (NUMBERED, "Note it."),
    ]


def test_prose_in_the_same_place_numbers_each_paragraph():
    document = fill(paragraphs("{{ x|prose }}", style=NUMBERED), x="One.\n\nTwo.")
    assert styled(document) == [(NUMBERED, "One."), (NUMBERED, "Two.")]
