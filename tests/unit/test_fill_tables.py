"""Tables of prose: styles, widths, headings, and what stands around them."""

from docx.enum.style import WD_STYLE_TYPE
from docx.oxml.ns import qn
from docx.oxml.parser import parse_xml
from docx.shared import Mm
from hypothesis import given
from hypothesis import strategies as st

from packgen.fill.widths import column_widths
from tests.unit.fill_support import NUMBERED, W, fill, paragraphs, template

TABLE = "| Date | Amount | Outcome |\n|:--|--:|---|\n| 4 March 2019 | £1,204 | {} |\n".format("Words in plenty. " * 20)
TAG = "{{ x|prose }}"


def widths(table) -> list[int]:
    return [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid]


def text_width(document) -> int:
    section = document.sections[0]
    return round((section.page_width - section.left_margin - section.right_margin) / 635)


def test_a_table_in_the_templates_style_with_its_heading_marked():
    document = fill(paragraphs(TAG), x=f"Table: Spending\n\n{TABLE}\nSource: returns")
    (table,) = document.tables
    assert table.style.name == "Packgen Table"
    rows = table._tbl.tr_lst
    assert rows[0].trPr.find(qn("w:tblHeader")) is not None
    assert rows[0].trPr.find(qn("w:cnfStyle")) is not None
    assert rows[1].trPr.find(qn("w:tblHeader")) is None
    assert [cell.paragraphs[0].style.name for row in table.rows for cell in row.cells] == ["Table Heading"] * 3 + [
        "Table Text"
    ] * 3
    assert [cell.paragraphs[0].alignment for cell in table.rows[1].cells] == [0, 2, None]
    assert table._tbl.tblPr.find(qn("w:tblCaption")).get(qn("w:val")) == "Spending"
    assert [(each.style.name, each.text) for each in document.paragraphs] == [
        ("Caption", "Spending"),
        ("Source", "Source: returns"),
    ]


def test_widths_follow_the_words_and_fill_the_text():
    document = fill(paragraphs(TAG), x=TABLE)
    date, amount, outcome = widths(document.tables[0])
    assert date + amount + outcome == text_width(document)
    assert date < 2200 and amount < 1700 < outcome / 2
    cells = document.tables[0].rows[1].cells
    assert [round(cell.width / 635) for cell in cells] == [date, amount, outcome]


def test_a_table_is_indented_like_its_paragraph():
    document = fill(paragraphs(TAG, style=NUMBERED), x=f"One\n\nTable: C\n\n{TABLE}")
    table = document.tables[0]
    assert table._tbl.tblPr.find(qn("w:tblInd")).get(qn("w:w")) == "567"
    assert sum(widths(table)) == text_width(document) - 567
    assert document.paragraphs[1].paragraph_format.left_indent.twips == 567


def test_a_table_in_a_landscape_section_and_in_columns():
    def build(document):
        document.add_paragraph(TAG)
        first = document.sections[0]
        first.page_width, first.page_height = Mm(297), Mm(210)
        document.add_section()
        document.add_paragraph("{{ y|prose }}")
        second = document.sections[1]
        second.page_width, second.page_height = Mm(210), Mm(297)
        columns = second._sectPr.find(qn("w:cols"))
        columns.set(qn("w:num"), "2")
        columns.set(qn("w:space"), "400")

    document = fill(template(build), x=TABLE, y=TABLE)
    wide, narrow = (sum(widths(table)) for table in document.tables)
    margins = round(Mm(63.5) / 635)
    assert abs(wide - (round(Mm(297) / 635) - margins)) < 3
    assert abs(narrow - (round(Mm(210) / 635) - margins - 400) / 2) < 3


def test_a_table_in_a_cell_is_the_small_one_and_the_cell_ends_in_a_paragraph():
    def build(document):
        table = document.add_table(1, 2)
        table.cell(0, 0).paragraphs[0].text = TAG
        table.cell(0, 0).paragraphs[0].style = "Table Text"

    document = fill(template(build), x="Words\n\n| A | B |\n|--|--|\n| 1 | 2 |")
    cell = document.tables[0].cell(0, 0)
    (inner,) = cell.tables
    assert inner.style.name == "Packgen Table Small"
    assert sum(widths(inner)) < cell.width / 635
    assert cell._tc[-1].tag == qn("w:p")
    assert inner.cell(0, 0).paragraphs[0].paragraph_format.keep_with_next
    assert not inner.cell(1, 0).paragraphs[0].paragraph_format.keep_with_next


def test_neighbouring_tables_stay_apart_and_text_below_keeps_its_distance():
    document = fill(
        paragraphs(TAG, "After"), x="| A |\n|--|\n| 1 |\n\n| B |\n|--|\n| 2 |\n\ntext\n\n| C |\n|--|\n| 3 |"
    )
    tags = [child.tag.rpartition("}")[2] for child in document.element.body]
    assert tags == ["tbl", "p", "tbl", "p", "tbl", "p", "sectPr"]
    assert [each.paragraph_format.space_before for each in document.paragraphs if each.text] == [76200, 76200]


def test_rows_at_the_ends_of_a_long_table_are_kept_with_their_neighbours():
    rows = "".join(f"| {number} | {'words ' * 30} |\n" for number in range(20))
    document = fill(paragraphs(TAG), x=f"| A | B |\n|--|--|\n{rows}\nSource: x")
    kept = [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in document.tables[0].rows]
    assert [index for index, each in enumerate(kept) if each] == [0, 1, 19, 20]
    short = fill(paragraphs(TAG), x="| A |\n|--|\n| 1 |\n| 2 |\n| 3 |").tables[0]
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in short.rows] == [
        True,
        True,
        True,
        None,
    ]


def test_marks_and_links_in_cells():
    document = fill(paragraphs(TAG), x="| **A** |\n|--|\n| [x](https://a.example.org) *y* |")
    heading, cell = (row.cells[0].paragraphs[0] for row in document.tables[0].rows)
    assert heading.runs[0].bold
    assert cell.hyperlinks[0].url == "https://a.example.org"
    assert cell.runs[-1].italic


def test_a_table_in_a_list_begins_where_the_items_words_do():
    document = fill(paragraphs(TAG, style=NUMBERED), x="One\n\na. item\n\n   | A | B |\n   |--|--|\n   | 1 | 2 |")
    assert document.tables[0]._tbl.tblPr.find(qn("w:tblInd")).get(qn("w:w")) == "1021"


def test_columns_of_figures_are_even():
    rows = [["District", "2017", "Change in a year"], ["Arden", "12", "3%"], ["Bexhill", "1,204", "-4.5%"]]
    first, second, third = column_widths(rows, 9000, size=11, cell_margins=[170] * len(rows[0]))
    assert abs(second - third) <= 1
    assert first + second + third == 9000


cells = st.text(alphabet="abWi1 ,%£\n", max_size=60)


@given(
    st.integers(1, 8).flatmap(
        lambda count: st.lists(st.lists(cells, min_size=count, max_size=count), min_size=1, max_size=6)
    ),
    st.integers(1500, 15000),
)
def test_widths_always_fill_the_room_and_none_vanishes(rows, available):
    found = column_widths(rows, available, size=11, cell_margins=[170] * len(rows[0]))
    assert sum(found) == available
    assert all(width > 0 for width in found)


def test_lists_in_table_text_fall_back_to_words_own():
    document = fill(paragraphs(TAG, style="Table Text"), x="- a")
    assert document.paragraphs[0].style.name == "List Bullet"


def test_lists_take_the_family_of_the_style_that_theirs_is_based_on():
    def build(document):
        styles = document.styles
        for name in ("Table Text Bullet", "Table Text Small"):
            styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH).base_style = styles["Table Text"]
        document.add_paragraph(TAG, "Table Text Small")

    document = fill(template(build), x="- a\n\n| A |\n|--|\n| 1 |")
    assert document.paragraphs[0].style.name == "Table Text Bullet"
    assert document.tables[0].cell(1, 0).paragraphs[0].style.name == "Table Text Small"


def test_figures_keep_a_distance_from_words_that_follow_them():
    (table,) = fill(paragraphs(TAG), x=TABLE).tables
    amount, outcome = table.rows[1].cells[1:]
    assert amount.paragraphs[0].paragraph_format.right_indent.twips == 200
    assert outcome.paragraphs[0].paragraph_format.right_indent is None


def test_a_name_with_hyphens_may_be_broken_at_them_and_starves_no_other_column():
    rows = [["District", "Children"], ["Newbury-under-the-Water", "112"]]
    first, second = column_widths(rows, 2000, size=10, cell_margins=[170, 170])
    assert second >= len("Children") * 0.5 * 10 * 20
    assert first + second == 2000


def test_rows_are_kept_whole_unless_longer_than_half_a_page():
    def build(document):
        table = document.add_table(0, 2)
        for text in ("{{ short }}", "{{ long|prose }}"):
            row = table.add_row()
            row._tr.get_or_add_trPr().append(parse_xml(f"<w:cantSplit {W}/>"))
            row.cells[0].text = text

    document = fill(template(build), short="A few words", long="Words in plenty. " * 300)
    short, long = document.tables[0].rows
    assert short._tr.trPr.find(qn("w:cantSplit")) is not None
    assert long._tr.trPr.find(qn("w:cantSplit")) is None
