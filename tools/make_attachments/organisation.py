"""Two charts of the Youth Offending Service of Westmarch, before and after its review.

Takes nothing; gives each as one landscape page. A post is its number and what it is called; the totals are worked out.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from tools.make_attachments.draw import pdf

Posts = Sequence[tuple[int, str]]

_AUTHOR = "Westmarch Youth Offending Service"
_HEAD = "Head of Service"
_AREA_TEAM = (1, "Education, training and employment worker")


def _team(name: str, area: str, posts: Posts, *, outside: bool = False) -> dict[str, Any]:
    total = sum(number for number, _ in posts)
    return {"name": name, "area": area, "posts": posts, "total": f"{total} posts", "count": total, "outside": outside}


def _area_team(name: str, area: str, social_workers: int, practitioners: int) -> dict[str, Any]:
    """A team as each of the three areas had it."""
    posts = (
        (1, "Operations manager"),
        (2, "Senior practitioners"),
        (social_workers, "Social workers"),
        (practitioners, "Practitioners"),
        _AREA_TEAM,
    )
    return _team(name, area, posts)


_PREVIOUS = {
    "Strategic Manager, Youth Justice": (
        _area_team("Youth Justice North", "Highmoor and Kelbridge", 5, 6),
        _area_team("Youth Justice Central", "Marchford and Whitmere", 4, 5),
        _area_team("Youth Justice South", "Arden Vale, Harnfield, Ludbrook and Ryelands", 5, 6),
    ),
    "Strategic Manager, Prevention, Courts and Resources": (
        _team(
            "Courts and Resettlement",
            "Whole county",
            (
                (1, "Operations manager"),
                (1, "Senior practitioner"),
                (2, "Social workers"),
                (4, "Practitioners"),
                (3, "Reparation and volunteer officers"),
            ),
        ),
        _team(
            "Prevention and Triage",
            "Whole county",
            (
                (1, "Operations manager"),
                (1, "Senior practitioner"),
                (8, "Prevention workers"),
                (1, "Parenting worker"),
            ),
        ),
        _team("Business Support", "Whole county", ((1, "Office manager"), (9, "Administration officers"))),
    ),
}

_YOUTH_JUSTICE = ((1, "Operations manager"), (3, "Senior practitioners"), (8, "Social workers"), (8, "Practitioners"))
_NEW = (
    _team("Youth Justice North", "Highmoor, Kelbridge, Marchford and Whitmere", _YOUTH_JUSTICE),
    _team("Youth Justice South", "Arden Vale, Harnfield, Ludbrook and Ryelands", _YOUTH_JUSTICE),
    _team(
        "Prevention and Early Help",
        "Whole county",
        ((1, "Operations manager"), (1, "Senior practitioner"), (8, "Prevention workers"), (1, "Parenting worker")),
    ),
    _team(
        "Practice and Partnerships",
        "Whole county",
        (
            (1, "Operations manager"),
            (2, "Education, training and employment workers"),
            (3, "Reparation and volunteer officers"),
        ),
    ),
    _team(
        "Children’s Business Support",
        "Managed outside the Service; serves its three bases",
        ((1, "Team leader"), (6, "Administration officers")),
        outside=True,
    ),
)


def previous() -> bytes:
    """Appendix A: teams under two strategic managers."""
    managers = [{"name": name, "teams": teams} for name, teams in _PREVIOUS.items()]
    total = 1 + len(managers) + sum(team["count"] for teams in _PREVIOUS.values() for team in teams)
    chart = {
        "label": "Appendix A",
        "title": "Youth Offending Service: structure until 31 March 2019",
        "author": _AUTHOR,
        "introduction": f"The figure before each post is the number of such posts. There were {total} in all, of which "
        "nine were vacant when consultation began in July 2018.",
        "head": _HEAD,
        "managers": managers,
        "teams": [],
        "head_height": 13,
        "team_height": 76,
        "notes": [
            "Ten colleagues on loan from partners are left out: four constables and two officers who look after "
            "victims from Westmarch Police, three nurses from Westmarch Community NHS Foundation Trust, and one "
            "officer from the National Probation Service."
        ],
    }
    return pdf("organisation.typ", chart, created=datetime(2018, 11, 28, 10, 15, tzinfo=UTC))


def new() -> bytes:
    """Appendix B: four teams whose managers answer to the head of the service, and one managed elsewhere."""
    total = 1 + sum(team["count"] for team in _NEW)
    chart = {
        "label": "Appendix B",
        "title": "Youth Offending Service: structure from 1 April 2019",
        "author": _AUTHOR,
        "introduction": f"The figure before each post is the number of such posts. There are {total} in all.",
        "head": _HEAD,
        "managers": [],
        "teams": _NEW,
        "head_height": 13,
        "team_height": 54,
        "notes": [
            "A broken line marks a team that is managed elsewhere in the County Council.",
            "Eleven colleagues on loan from partners are left out: the ten of Appendix A, and a speech and language "
            "therapist from Westmarch Community NHS Foundation Trust.",
        ],
    }
    return pdf("organisation.typ", chart, created=datetime(2019, 2, 11, 14, 30, tzinfo=UTC))
