from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

from packgen.access import documents_in_order, marking, readable_pack
from packgen.bookmarks import outline_of
from packgen.front_sheet import front_sheet_data, link_targets
from packgen.model import (
    Document,
    DocumentLength,
    Exemption,
    Item,
    Meeting,
    Numbering,
    Pack,
    PagePlan,
    Person,
    ToFollow,
)
from packgen.paginate import paginate


def document(name: str, **more: Any) -> Document:
    return Document(id=name, title=name.title(), source=Path(f"{name}.json"), template="document", **more)


def pack_of(*items: Item, part_two: tuple[Item, ...] = (), **more: Any) -> Pack:
    return Pack(
        id="p",
        folder=Path("p"),
        committee="Climate Committee",
        meeting=Meeting(date=dt.date(2026, 9, 17), time=dt.time(10), venue="Room 1"),
        items=items,
        part_two=part_two,
        **more,
    )


SECRET = Exemption(paragraphs=(3, 1), reason="money")
PACK = pack_of(
    Item(number="1", title="Apologies"),
    Item(number="2", title="Trees", documents=(document("report"), document("costs", exempt=SECRET), document("map"))),
    Item(number="3", title="Visits", sub_items=(Item(number="3a", title="North", documents=(document("north"),)),)),
    Item(number="4", title="Late", to_follow=ToFollow(expected=dt.date(2026, 9, 10)), documents=(document("late"),)),
    part_two=(
        Item(
            number="5",
            part=2,
            title="Bid of Acme",
            public_title="Contract",
            documents=(document("bid", exempt=SECRET),),
        ),
    ),
)

PUBLIC = readable_pack(PACK, "public")


def plan_of(access: Any) -> PagePlan:
    lengths = [DocumentLength(each.id, 3) for each in documents_in_order(readable_pack(PACK, access))]
    return paginate(2, lengths, Numbering())


def test_exempt_documents_stand_behind_the_last_public_page() -> None:
    public = [each.id for each in documents_in_order(PUBLIC)]
    assert public == ["report", "map", "north", "late"]
    assert [each.id for each in documents_in_order(PACK)] == [*public, "costs", "bid"]


def test_a_printed_number_means_one_page_in_both_packs() -> None:
    public, restricted = plan_of("public"), plan_of("restricted")
    assert restricted.pages[: len(public.pages)] == public.pages


def test_page_ranges_include_the_blank_page_and_join_neighbours() -> None:
    items = front_sheet_data(PUBLIC, plan_of("public"))["items"]
    assert items[1]["pages"] == "1 - 8"
    assert "pages" not in items[0] and "link" not in items[0]
    assert items[2]["sub_items"][0]["pages"] == "9 - 12"
    assert items[2]["sub_items"][0]["number"] == "a)"


def test_the_restricted_front_sheet_names_the_pages_at_the_back_too() -> None:
    data = front_sheet_data(PACK, plan_of("restricted"))
    assert data["items"][1]["pages"] == "1 - 8, 17 - 20"
    assert data["part_two"][0]["pages"] == "21 - 24"


def test_the_public_front_sheet_knows_the_public_title_only() -> None:
    public = front_sheet_data(PUBLIC, plan_of("public"))["part_two"][0]
    assert public["title"] == "Contract"
    assert "pages" not in public
    assert public["exempt_paragraphs"] == "paragraphs 1 and 3"
    assert front_sheet_data(PACK, plan_of("restricted"))["part_two"][0]["title"] == "Bid of Acme"


def test_a_paper_to_follow_says_when() -> None:
    late = front_sheet_data(PUBLIC, plan_of("public"))["items"][3]
    assert late["to_follow"] is True
    assert late["expected"] == "2026-09-10"


def test_links_lead_to_the_first_page_and_an_item_without_pages_to_its_sub_item() -> None:
    targets = link_targets(PUBLIC, plan_of("public"))
    assert targets == {
        "packgen:item/2": "report",
        "packgen:item/3": "north",
        "packgen:item/3a": "north",
        "packgen:item/4": "late",
        **{f"packgen:document/{each.id}": each.id for each in PUBLIC.all_documents()},
    }


def test_bookmarks_follow_the_agenda() -> None:
    front, apologies, trees, visits, late, contract = outline_of(PUBLIC, {"1": 1})
    assert front.title == "Agenda"
    assert (apologies.title, apologies.target, apologies.source_index) == ("1. Apologies", "front-sheet", 1)
    assert [child.title for child in trees.children] == ["Report", "Map"]
    assert visits.children[0].title == "a) North"
    assert visits.target == "north"
    assert late.headings_of == "late"
    assert contract.title == "5. Contract"


def test_members_fill_two_even_columns() -> None:
    pack = pack_of(membership=tuple(Person(name=name) for name in "ABCDE"))
    data = front_sheet_data(pack, paginate(2, [], Numbering()))
    assert [each["name"] for each in data["membership_left"]] == ["A", "B", "C"]
    assert [each["name"] for each in data["membership_right"]] == ["D", "E"]


def test_exempt_pages_are_marked_with_their_paragraphs() -> None:
    words = marking(document("x", exempt=Exemption(paragraphs=(1, 3))))
    assert words is not None
    assert words.startswith("NOT FOR PUBLICATION")
    assert "paragraphs 1 and 3" in words
    assert marking(document("y")) is None


PRIVATE = pack_of(
    Item(number="1", title="Apologies"),
    part_two=(
        Item(
            number="2",
            part=2,
            title="Dismissal of J. Bloggs",
            public_title="Staffing",
            report_of="the manager of J. Bloggs",
            presenter="Bloggs",
            text="About Bloggs.",
            to_follow=ToFollow(reason="Bloggs is ill"),
            documents=(document("bloggs-to-follow", exempt=Exemption(paragraphs=())),),
            sub_items=(
                Item(number="2a", part=2, title="Pay of Bloggs"),
                Item(number="2b", part=2, title="Bloggs's post", public_title="A vacancy", presenter="Bloggs"),
            ),
        ),
    ),
)


def test_an_item_with_a_public_title_says_nothing_else_to_the_public() -> None:
    public = readable_pack(PRIVATE, "public")
    lengths = [DocumentLength(each.id, 1) for each in documents_in_order(public)]
    data = front_sheet_data(public, paginate(2, lengths, Numbering()))
    assert "Bloggs" not in str(data)
    assert "Bloggs" not in str(outline_of(public, {}))
    [item] = data["part_two"]
    assert item["title"] == "Staffing"
    assert [sub["title"] for sub in item["sub_items"]] == ["A vacancy"]
    assert item["sub_items"][0]["number"] == "b)"
    assert documents_in_order(public) == ()


def test_readers_of_the_restricted_pack_know_all_of_it() -> None:
    assert readable_pack(PRIVATE, "restricted") == PRIVATE
    [waiting] = documents_in_order(PRIVATE)
    assert marking(waiting) == "NOT FOR PUBLICATION"
