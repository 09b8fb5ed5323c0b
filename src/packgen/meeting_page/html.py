"""The meeting page as HTML, written with htpy, which escapes all that is not marked as HTML.

Takes what `values` gathered; gives the page. Prose is Markdown there and becomes HTML here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import htpy as h
from markupsafe import Markup

from packgen.prose import parse_prose
from packgen.prose.html import prose_html
from packgen.resources import resource_folder

_RESOLUTION = (
    "“That under section 100A(4) of the Local Government Act 1972 the public be excluded from the meeting for the items"
    " of business that this agenda marks as exempt, because they involve the likely disclosure of exempt information as"
    " defined in the paragraphs of Part 1 of Schedule 12A to that Act (as amended) shown against each of them, and the"
    " public interest in maintaining the exemption outweighs the public interest in disclosing the information.”"
)


def page_html(values: Mapping[str, Any]) -> str:
    """The page as HTML, from what `page_values` gave."""
    council = values["council"]
    title = f"{values['committee']}, {values['meeting']['date']['words']}: agenda and papers"
    style = (resource_folder("pages") / "agenda.css").read_text(encoding="utf-8")
    page = h.html(lang=values["language"])[
        h.head[
            h.meta(charset="utf-8"),
            h.meta(name="viewport", content="width=device-width, initial-scale=1"),
            h.title[f"{title} – {council}" if council else title],
            h.style[Markup(f":root {{ --accent: {values['accent']}; }}\n{style}")],  # noqa: S704  # ours, and a colour
        ],
        h.body[
            h.a(".skip", href="#agenda")["Skip to the agenda"],
            council and h.header[h.p(".council")[council]],
            h.main[_beginning(values), _agenda(values), _members(values["members"]), _notes(values["notes"])],
            values["contact"] and _contact(values["contact"], values["dial"]),
        ],
    ]
    return f"{page}\n"


def _beginning(values: Mapping[str, Any]) -> h.Node:
    """What the meeting is, and the files of all of it."""
    supplements = [h.li[_file(each)] for each in values["supplements"]]
    return [
        h.h1[values["committee"]],
        h.dl(".standing")[(h.div[h.dt[name], h.dd[said]] for name, said in _standing(values))],
        values["for_members_only"]
        and h.p(".members-only")[
            "For members of the committee only. This page leads to papers that are not for publication."
        ],
        (h.p[notice] for notice in values["notices"]),
        h.p[_file(values["pack"], ".file.whole")],
        supplements
        and [
            h.p["The whole pack contains these supplements, which are also here by themselves:"],
            h.ul(".papers", role="list")[supplements],
        ],
    ]


def _standing(values: Mapping[str, Any]) -> Iterator[tuple[str, h.Node]]:
    """When, where and how the meeting can be followed, and who published this: names, and what is said of each."""
    meeting, officer = values["meeting"], values["proper_officer"]
    yield "Date", _time(meeting["date"])
    yield "Time", _time(meeting["time"])
    yield "Place", meeting["venue"]
    if meeting["webcast"]:
        yield "Webcast", h.a(".call", href=meeting["webcast"])["Watch the meeting online"]
    if values["published"]:
        yield "Published", [_time(values["published"]), officer and [" by ", _named(officer.name, officer.title)]]


def _agenda(values: Mapping[str, Any]) -> h.Node:
    """All items, of both parts."""
    part_two = values["part_two"]
    return [
        h.h2("#agenda", tabindex="-1")["Agenda"],
        values["numbered"]
        and h.p["Pages are numbered as printed in the whole pack, also in the PDF of a single item."],
        _items(values["items"]),
        h.h2[values["part_two_name"]],
        [h.p["The public may be excluded from the meeting for these items."], _items(part_two)]
        if part_two
        else h.p[values["nil"]],
    ]


def _items(items: Sequence[Mapping[str, Any]]) -> h.Node:
    return h.ol(".agenda", role="list")[(h.li(id=f"item-{item['key']}")[_item(item)] for item in items)]


def _item(item: Mapping[str, Any]) -> h.Node:
    """An item with its sub-items."""
    subs = (h.li(id=f"item-{sub['key']}")[_line(sub, h.h4)] for sub in item["sub_items"])
    return [_line(item, h.h3), item["sub_items"] and h.ol(".sub-items", role="list")[subs]]


def _line(item: Mapping[str, Any], heading: h.Element) -> h.Node:
    """The heading of an item, and all that is said of it by itself."""
    withdrawn, key = item["withdrawn"], item["key"]
    return [
        heading[h.span(".number")[item["number"]], " ", h.span(".title")[item["title"]]],
        h.div(".more")[
            item["report_of"] and h.p["Report of ", item["report_of"]],
            item["presenter"] and h.p[item["presenter"]],
            item["text"] and _prose(item["text"], f"item-{key}", f"Item {key}"),
            item["exclusion"] and h.p[_RESOLUTION],
            item["to_follow"] and h.p[_to_follow(item["to_follow"])],
            withdrawn and h.p["Withdrawn from the agenda.", withdrawn.reason and [" ", withdrawn.reason]],
            item["exempt"] and h.p[item["exempt"]],
            item["papers"] and h.ul(".papers", role="list")[(h.li[_paper(paper)] for paper in item["papers"])],
        ],
    ]


def _paper(paper: Mapping[str, Any]) -> h.Node:
    return [paper["title"], ": ", _to_follow(paper["to_follow"])] if paper["to_follow"] else _file(paper)


def _members(members: Sequence[Any]) -> h.Node:
    if not members:
        return None
    return [
        h.h2["Members of the committee"],
        h.ul(".members")[(h.li[_named(member.name, member.role)] for member in members)],
    ]


def _notes(notes: Sequence[Mapping[str, str]]) -> h.Node:
    if not notes:
        return None
    return [
        h.h2["Notes for the press and public"],
        (
            [h.h3[note["heading"]], _prose(note["text"], f"note-{place}", note["heading"])]
            for place, note in enumerate(notes, 1)
        ),
    ]


def _contact(contact: Any, dial: str | None) -> h.Node:
    telephone, email = contact.telephone, contact.email
    number = h.a(".call", href=f"tel:{dial}")[telephone] if dial else telephone
    return h.footer[
        h.h2["Contact"],
        h.address[
            contact.role and f"{contact.role}: ",
            _named(contact.name, contact.title),
            contact.address and [h.br, contact.address],
            telephone and [h.br, "Telephone: ", number],
            email and [h.br, "E-mail: ", h.a(".call", href=f"mailto:{email}")[email]],
        ],
    ]


def _named(name: str, post: str | None) -> str:
    return f"{name}, {post}" if post else name


def _time(moment: Mapping[str, str]) -> h.Node:
    return h.time(datetime=moment["iso"])[moment["words"]]


def _file(paper: Mapping[str, Any], kind: str = ".file") -> h.Node:
    """A link that leads to a file, with what the file is."""
    return h.a(kind, href=paper["href"])[
        h.span(".name")[paper["title"]], " ", h.span(".details")[f"({paper['details']})"]
    ]


def _to_follow(paper: Mapping[str, Any]) -> h.Node:
    return [paper["words"], paper["expected"] and [" (expected ", _time(paper["expected"]), ")"]]


def _prose(markdown: str, key: str, place: str) -> Markup:
    """Markdown as HTML; HTML typed in it is shown as typed. Identifiers begin with `key`; `place` names it in words."""
    return prose_html(parse_prose(markdown), key=key, place=place)
