"""Words for the corpus: invented reports of invented councils, always the same.

Gives sentences, places and people; no randomness.
"""

from __future__ import annotations

PLACES = ("Aldermoor", "Brackenford", "Cressley", "Dunmere", "Easthope", "Fenwick Green", "Gorsebury",
          "Harrowgate Lane", "Inglethorpe", "Kelwick", "Larkstoke", "Marlhurst")  # fmt: skip
PEOPLE = ("Cllr Ada Thornby", "Cllr Idris Vaughan-Pell", "Cllr Marta Okonjo", "Cllr Piers Langridge",
          "Cllr Rhona Sallow", "Cllr Tom Quennell", "Cllr Yusuf Hartley", "Cllr Zofia Marlowe")  # fmt: skip
OFFICERS = (("Helen Dask", "Director of Place"), ("Owen Tarrant", "Head of Legal Services"),
            ("Priya Lindqvist", "Chief Finance Officer"), ("Samuel Oatley", "Democratic Services Manager"))  # fmt: skip
_SENTENCES = (
    "The boathouse at Dunmere has been closed since the flood of January and its roof is held up by props.",
    "Two tenders were received, both above the estimate of £186,400 that the Committee approved in May.",
    "A survey of 1,214 households found that 71% would use a weekly food round if the caddy had a lid that locks.",
    "The lease of the bowling green falls in on 24 June and the club has asked for another twenty-one years.",
    "Since April the contact centre has answered nine calls in ten within a minute.",
    "The ward members were consulted and raised no objection.",
    "An area of ancient woodland lies within fifteen metres of the northern boundary, so a buffer has to "
    "be kept clear of "
    "foundations, drains and stored soil for as long as the works last.",
    "Rents rise by 2.7% from the first Monday in April.",
    "The inspector's report, published on 3 July, finds the plan sound subject to eleven main modifications.",
    "Of the eighteen recommendations made by the auditors, fifteen are complete, two are in hand and one "
    "was not accepted.",
    "Tenants of the almshouses keep their right to buy only where it was held before the transfer.",
    "Replacing every lamp along the ring road with a dimmable fitting costs £2.3 million and pays for "
    "itself in nine years "
    "at today's price of electricity, or in six if prices follow the higher of the two forecasts.",
    "Nobody was hurt.",
    "Those who live beyond the bypass have to take two buses to reach the nearest dentist.",
    "The reserve stands at £4,062,000, which is 6.1% of net expenditure and a little above the minimum that was set.",
    "A licence was granted to the cider house subject to last orders at half past ten on weekdays.",
    "The headteacher explained that the playing field drains badly, and that pupils cannot use it from "
    "November to March.",
    "Twelve of the allotments at Gorsebury are overgrown and there is a waiting list of forty.",
    "The museum's collection of clay pipes, about 3,600 pieces, has been catalogued by volunteers over four winters.",
    "Heavy lorries must not pass through the village between seven in the evening and seven in the morning.",
    "Legal advice is that the covenant of 1926 binds the land but not the building that stands on it.",
    "If the grant is refused, the scheme can be built in two stages with the bridge left until later.",
    "Air quality at the crossroads was within the limit in each month but February.",
    "Staff turnover fell from 14.2% to 11.8%, the lowest since records were first kept in this form.",
    "The marina's dredging licence allows 5,000 cubic metres a year to be put ashore at the old quarry.",
    "It is proposed that the chairman and the vice-chairman settle the wording of the reply.",
    "Parking permits for carers will be free of charge.",
    "A second consultation ran for six weeks and drew 322 replies, nearly all from the three streets "
    "that adjoin the site, "
    "of which 198 supported the closure, 97 opposed it and 27 wanted a trial before anything permanent is done.",
    "The tree warden has looked at the limes in Priory Walk and recommends that two be felled and seven pollarded.",
    "No complaint about the market has reached the ombudsman in the past five years.",
)


def passage(count: int, start: int = 0) -> str:
    """`count` sentences of a report, beginning with number `start` of those there are."""
    return " ".join(_SENTENCES[(start + index) % len(_SENTENCES)] for index in range(count))


def sentence(at: int) -> str:
    return _SENTENCES[at % len(_SENTENCES)]
