"""The words of the full Community Impact Assessment: its guidance, its sections and what each category asks.

Takes nothing, gives frozen values for `cia`; never touches a document. The keys are those of
`schemas/cia.schema.json`.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Category:
    """One row of an assessment: its key in the data, its name and what is asked about it."""

    key: str
    name: str
    question: str


@dataclass(frozen=True)
class Section:
    """One of the five parts of an assessment."""

    key: str
    heading: str
    introduction: str
    categories: tuple[Category, ...]
    consider: tuple[str, ...] = ()


PURPOSE = (
    "A Community Impact Assessment shows what a proposal would do for people and places, whom it might harm, and "
    "what will be done about that. Begin it while the proposal can still be changed."
)

STEPS = (
    (
        "Work together.",
        "Ask colleagues who know the service, the people who use it, the budget and the law to assess it with you.",
    ),
    (
        "Ask those affected.",
        "Talk to residents, staff and the groups that speak for them, and let what they say shape the proposal.",
    ),
    (
        "Weigh gains against risks.",
        "Record what would improve as carefully as what might go wrong, and where one has to be traded for the other.",
    ),
    (
        "Leave no category blank.",
        "Where nothing would change, say so, and add a word of explanation if a reader might expect otherwise. An "
        "impact that fits no category may be added under a name of its own.",
    ),
    (
        "Protect privacy.",
        "The assessment is published. Leave out names, addresses and figures so small that somebody could be "
        "recognised.",
    ),
    (
        "Sum up.",
        "Carry the main findings over to the checklist and executive summary, and have both signed off before the "
        "decision. For the Cabinet the summary goes with the report, and this assessment is a background paper.",
    ),
)

COLUMN_GUIDANCE = (
    (
        "Which groups will be affected",
        "Name the people concerned: those who live in a place, who share a characteristic or a need, who work for the "
        "council or its partners.",
    ),
    (
        "Benefits",
        "Say what would become better for each of these groups, by how much and how soon.",
    ),
    (
        "Risks",
        "Say what might become worse, for whom, and how likely that is. Leave out what is merely conceivable.",
    ),
    (
        "Mitigations / recommendations",
        "Say how risks will be lowered and benefits secured, who will see to it, and by when.",
    ),
)

EVIDENCE_GUIDANCE = (
    "Each section ends with its evidence base: the figures, research and consultation used, how likely the benefits "
    "are, and how large the impact may be."
)

TRANSFER = (
    "The main findings of this assessment are carried over into its checklist and executive summary, and both are "
    "signed off before a decision is taken."
)

EQUALITY = Section(
    "equality",
    "Public Sector Equality Duty",
    "Section 149 of the Equality Act 2010 requires the council to have due regard, in all that it does, to the need to "
    "end discrimination, harassment and victimisation, to advance equality of opportunity, and to foster good "
    "relations between people who share a protected characteristic and those who do not. This section shows how that "
    "was done for residents and for staff.",
    (
        Category(
            "race",
            "Race",
            "Would people gain or lose because of their ethnic group, nationality or first language?",
        ),
        Category("disability", "Disability", "Would disabled people meet new barriers, or find old ones removed?"),
        Category("sex", "Sex", "Would women and men, or girls and boys, be affected differently?"),
        Category("age", "Age", "Would any age group gain or lose more than the others?"),
        Category(
            "religion_or_belief",
            "Religion or belief",
            "Would people of any religion or belief, or of none, be put at a disadvantage?",
        ),
        Category(
            "gender_reassignment",
            "Gender reassignment",
            "Would anyone who proposes to reassign their sex, is doing so or has done so be put at a disadvantage?",
        ),
        Category(
            "sexual_orientation",
            "Sexual orientation",
            "Would people be treated less well, or feel less safe, because of their sexual orientation?",
        ),
        Category(
            "pregnancy_and_maternity",
            "Pregnancy and maternity",
            "Would anyone who is expecting a child, or has recently had one, be affected?",
        ),
        Category(
            "marriage_and_civil_partnership",
            "Marriage and civil partnership",
            "In matters of employment: would anyone be treated less well for being married or in a civil partnership?",
        ),
        Category(
            "impact_on_staff",
            "Impact on council staff",
            "Would jobs, hours or places of work change? Who is in those posts, and how will they be supported?",
        ),
    ),
    (
        "Who uses the service now, and which protected characteristics do they share?",
        "Who could use it but does not, and do we know why?",
        "How do people’s experiences and outcomes differ from group to group?",
        "What do the census, population forecasts and our own records tell us?",
        "What came out of engagement and consultation, and whose voice is missing?",
        "What have other councils, partners, charities or researchers found?",
        "Taken together, whom would the proposal help and whom might it set back?",
    ),
)

HEALTH = Section(
    "health",
    "Health and Care",
    "How would the proposal change people’s health, and the demand for health and care services or access to them? "
    "The council’s own duties here come from two laws: the Care Act 2014, for adults who need care and their carers, "
    "and the Health and Social Care Act 2012, for public health.",
    (
        Category(
            "mental_health_and_wellbeing",
            "Mental health and wellbeing",
            "Would people feel better or worse, or find it easier or harder to get help when they are unwell?",
        ),
        Category(
            "healthy_lifestyles",
            "Healthy lifestyles",
            "Would it help people to be active, eat well, stop smoking, drink less and look after their sexual health?",
        ),
        Category(
            "accidents_and_falls_prevention",
            "Accidents and falls prevention",
            "Would accidents on the road, at work or at home, or falls in later life, become more or less common?",
        ),
        Category(
            "access_to_social_care",
            "Access to social care",
            "Would people reach the care they need in good time?",
        ),
        Category(
            "independent_living",
            "Independent living",
            "Would more or fewer people be able to stay in their own homes, helped by family, friends and neighbours?",
        ),
        Category(
            "safeguarding",
            "Safeguarding",
            "Would children and adults at risk be better or less well protected?",
        ),
    ),
)

ECONOMY = Section(
    "economy",
    "Economy",
    "How would the proposal change what people earn, the work that is open to them, and the prospects of businesses "
    "in the area?",
    (
        Category(
            "economic_growth",
            "Economic growth",
            "Would the area become a better or a worse place in which to start or expand a business?",
        ),
        Category(
            "poverty_and_income",
            "Poverty and income",
            "Would household incomes or costs change, above all for those who have least?",
        ),
        Category(
            "workplace_health_and_environments",
            "Workplace health and environments",
            "Would people’s working conditions or their health at work change?",
        ),
        Category(
            "access_to_jobs",
            "Access to jobs and good quality jobs",
            "Would there be more or better work, and could everybody compete for it?",
        ),
    ),
)

ENVIRONMENT = Section(
    "environment",
    "Environment",
    "How would the proposal change the surroundings, built and natural, in which people live, and the use that is made "
    "of them?",
    (
        Category(
            "built_environment",
            "Built environment and land use",
            "Would buildings, streets or the use of land change?",
        ),
        Category(
            "rural_environment",
            "Rural environment",
            "Would the countryside, wildlife or access to open spaces be affected?",
        ),
        Category(
            "air_water_and_land",
            "Air, water and land quality",
            "Would emissions, drinking water, rivers or soil become cleaner or more polluted?",
        ),
        Category(
            "waste_and_recycling", "Waste and recycling", "Would more or less be thrown away, reused or recycled?"
        ),
        Category(
            "agriculture_and_food",
            "Agriculture and food production",
            "Would it be easier or harder to grow or to buy wholesome food at a fair price?",
        ),
        Category(
            "transport",
            "Transport",
            "Would journeys become longer, shorter or dearer, and would more people walk, cycle or take the bus?",
        ),
        Category("noise", "Noise", "Would anyone be disturbed by noise, or spared it?"),
    ),
)

COMMUNITIES = Section(
    "communities",
    "Localities and Communities",
    "How would the proposal change what communities can do for themselves, and how safe and strong they are? Places "
    "differ: say where the effect would be greatest, and ask those who know the district.",
    (
        Category(
            "community_development",
            "Community development and capacity",
            "Would local groups be able to do more or less for their community?",
        ),
        Category(
            "crime_and_community_safety",
            "Crime and community safety",
            "Would crime, its causes or the fear of it grow or shrink, and would agencies work together on it?",
        ),
        Category(
            "educational_attainment",
            "Educational attainment and training",
            "Would children and adults learn more, and gain the skills that employers look for?",
        ),
        Category(
            "leisure_and_culture",
            "Leisure and culture",
            "Would people find more or fewer chances for sport, the arts and company?",
        ),
        Category("volunteering", "Volunteering", "Would it be easier or harder to volunteer?"),
        Category(
            "best_start",
            "Best start in life",
            "Would parents have the support they need, before birth and after, for children to be ready for school?",
        ),
        Category(
            "rural_communities", "Rural communities", "Would people in villages and on farms be affected differently?"
        ),
    ),
)

SECTIONS = (EQUALITY, HEALTH, ECONOMY, ENVIRONMENT, COMMUNITIES)
