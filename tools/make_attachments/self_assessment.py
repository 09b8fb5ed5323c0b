"""The Prevent self-assessment of Westmarch in 2022, as the author of the report supplied it.

Takes nothing; gives a tagged PDF. The number of standards at each rating is counted from the standards themselves.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from tools.make_attachments.draw import pdf

_MET, _MOSTLY, _PARTLY, _NOT = "Met", "Mostly met", "Partly met", "Not met"


@dataclass(frozen=True)
class _Standard:
    """One row of the assessment."""

    name: str
    evidence: str
    before: str
    now: str
    action: str


_RATINGS = (
    (_MET, "The evidence shows that the standard is reached throughout."),
    (_MOSTLY, "The standard is reached apart from a gap that is small, known and being closed."),
    (_PARTLY, "Important parts of the standard are not yet reached, though work is under way."),
    (_NOT, "The work has not begun, or has had no effect."),
)
_STANDARDS = (
    _Standard(
        "Local risk is understood",
        "The Counter Terrorism Local Profile was presented in April. Partners have a summary they can share, and used "
        "it to choose the plan’s priorities.",
        _MET,
        _MET,
        "Give district community safety managers a briefing after each profile.",
    ),
    _Standard(
        "A partnership board leads the work",
        "Quarterly meetings, average attendance 84%, clear reporting to the CONTEST Board and the Safer Westmarch "
        "Partnership.",
        _MET,
        _MET,
        "Deputies named by two partners to attend from December.",
    ),
    _Standard(
        "There is an agreed delivery plan",
        "Four priorities, each with an owner, date and measure. Progress is reviewed at every meeting.",
        _MET,
        _MET,
        "Publish a one-page account of progress in April 2023.",
    ),
    _Standard(
        "Concerns are referred well",
        "One form and one address for all partners. Of 67 referrals, 62 held enough detail to be assessed without "
        "going back to the referrer.",
        _MOSTLY,
        _MET,
        "Go on telling referrers the outcome; sample ten referrals each quarter.",
    ),
    _Standard(
        "The Channel Panel works as the guidance asks",
        "Twelve meetings, always with a quorum. Deputy chair appointed in May. Minutes circulated within ten days "
        "since July.",
        _MET,
        _MET,
        "Invite a neighbouring area’s chair to observe a meeting and comment.",
    ),
    _Standard(
        "Venues and computers are not misused",
        "New hiring agreement in all directly let rooms since June. Not yet adopted by 19 of 31 community-managed "
        "libraries. Filtering tested once this year, not twice.",
        _PARTLY,
        _PARTLY,
        "Visit the 19 libraries by January 2023. Second filtering test in November 2022.",
    ),
    _Standard(
        "Staff are trained",
        "Basic awareness 83% against a target of 95%. Training in good referral was taken by 610 of 690 staff.",
        _PARTLY,
        _MOSTLY,
        "Training at team meetings for casual staff and passenger assistants, to be finished by March 2023.",
    ),
    _Standard(
        "Schools and other settings take part",
        "Audit returned by 93% of schools. Weakest point: recorded checks on visiting speakers, 68%. Voluntary code "
        "agreed with 46 out-of-school settings.",
        _MOSTLY,
        _MOSTLY,
        "Model policy issued in September 2022. Sample of 60 schools in February 2023.",
    ),
    _Standard(
        "Communities are engaged",
        "Two meetings with the Faiths Forum and one with the Youth Council. No regular contact yet with parents, or in "
        "Harnfield and Highmoor.",
        _MOSTLY,
        _MOSTLY,
        "Four evening sessions for parents, with the Safeguarding Children Partnership; a session in each of the two "
        "districts by June 2023.",
    ),
    _Standard(
        "Prevent is explained clearly",
        "Web pages rewritten, but few know of them: 31 of the 112 people who answered the questionnaire could say what "
        "Channel is.",
        _PARTLY,
        _PARTLY,
        "Leaflet for families in October 2022; posters in surgeries and colleges in January 2023.",
    ),
)


def make() -> bytes:
    before = Counter(standard.before for standard in _STANDARDS)
    now = Counter(standard.now for standard in _STANDARDS)
    data = {
        "label": "Appendix 1",
        "title": "Prevent Self-Assessment 2022",
        "author": "Westmarch Prevent Board",
        "origin": "Prepared by the Community Safety Team and agreed by the Westmarch Prevent Board on 5 October 2022. "
        "Training figures are those of 30 September 2022.",
        "made": (
            "Every partner on the Prevent Board answered the same questions in July and August 2022 and sent evidence "
            "for its answers. Officers compared the evidence with ten standards, which the Board has drawn from the "
            "Home Office toolkit for local authorities and from the Channel guidance. The Home Office regional adviser "
            "read the draft and asked for two ratings to be lowered; both were.",
            "Each standard is rated in one of four ways:",
        ),
        "ratings": _RATINGS,
        "disagreement": "The ratings were discussed one by one at the Board. Where partners disagreed, the lower "
        "rating was used.",
        "counts": [(rating, before[rating], now[rating]) for rating, _ in _RATINGS],
        "total": ("All standards", str(before.total()), str(now.total())),
        "result": (
            "Two ratings have risen since last year. Referral (standard 4) has gone from mostly met to met, because "
            "every person who refers now hears what became of the concern. Training (standard 7) has gone from partly "
            "met to mostly met. No rating has fallen. Table 2 gives the evidence for each.",
        ),
        "standards": [asdict(standard) for standard in _STANDARDS],
        "lacking": (
            "Standard 6 stays at partly met although much has been done, because the Board cannot yet say that every "
            "building used in the County Council’s name is let on the same terms. The Head of Property Services has "
            "taken on the remaining work and reports to the Board in December 2022.",
            "Standard 10 stays at partly met because better material has not yet reached the people for whom it is "
            "meant. The Communications Manager will repeat the questionnaire in June 2023. The Board will regard the "
            "standard as mostly met if half of those who answer can say what Channel is and where to turn with a "
            "worry.",
        ),
    }
    return pdf("self-assessment.typ", data, created=datetime(2022, 10, 6, 9, 0, tzinfo=UTC))
