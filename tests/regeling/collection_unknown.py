"""What a call on each regulation of the collection still lacks: every path, in order.

The words in capitals stand for paths that many lack together. A path that goes from a file because
a source was found goes from here too.
"""

from __future__ import annotations

TOGETHER = {
    "TERMS": (
        "terms.decision_weeks terms.decision_from terms.decision_atw terms.repair_weeks"
        " terms.hearing_weeks terms.report_weeks terms.settlement_weeks terms.keep_months"
        " terms.spot_check_months"
    ),
    "OTHER-TERMS": "terms.hearing_weeks terms.report_weeks terms.spot_check_months",
    "DIVISION": "distribution.on_misfit distribution.ties distribution.reserve_list",
}

LACKING = {
    "challenge-bewegen-openbare-ruimte-2019": """
        ceilings.total.published_on criteria DIVISION OTHER-TERMS tiers release
    """,
    "challenge-bewegen-openbare-ruimte-2020": """
        amounts.minimum amounts.maximum amounts.percentage ceilings.total.published_on
        windows criteria distribution.grain DIVISION OTHER-TERMS tiers release
    """,
    "digitaliseringsvoucher-2020": """
        amounts.minimum ceilings.total.published_on windows.vanaf-juli.closes
        windows.vanaf-juli.closing criteria distribution OTHER-TERMS tiers release
    """,
    "handgeld-initiatievencoach-2022": """
        identity.legal_regime territory.regions.twente.municipalities
        territory.regions.twente.maximum territory.regions.vechtdal.municipalities
        territory.regions.noordwest.maximum amounts.minimum ceilings.total.published_on
        ceilings.twente.published_on ceilings.salland.published_on
        ceilings.vechtdal.published_on ceilings.noordwest.published_on
        windows.vechtdal-doorlopend.opens windows.vechtdal-doorlopend.committee.lead_days
        windows.vechtdal-doorlopend.committee.meets_on panel.power panel.method
        panel.minimum_present distribution.rule DIVISION TERMS tiers release
    """,
    "initiatieven-van-onderop-2013": """
        amounts.minimum amounts.own_contribution ceilings windows.ronde-2013.opens
        windows.ronde-2013.closing DIVISION TERMS tiers release
    """,
    "lokaal-initiatief-via-gemeenten-2017": """
        ceilings windows criteria distribution.grain distribution.on_misfit
        distribution.ties terms.decision_weeks terms.hearing_weeks terms.spot_check_months
        release
    """,
    "maatschappelijke-initiatieven-2014": """
        ceilings.total.published_on windows.vanaf-juni.closes windows.vanaf-juni.closing
        criteria distribution.grain DIVISION terms.decision_from terms.decision_atw
        terms.repair_weeks terms.hearing_weeks terms.report_weeks terms.settlement_weeks
        terms.keep_months terms.spot_check_months tiers release
    """,
    "overijssel-in-beweging": """
        amounts.minimum amounts.maximum amounts.percentage ceilings windows distribution
        OTHER-TERMS tiers release
    """,
    "regionaal-budget-4d-2019": """
        identity.legal_regime territory.regions.noordoost.municipalities
        territory.regions.twente-een.municipalities
        territory.regions.twente-twee.municipalities amounts.minimum amounts.maximum
        ceilings.total.published_on ceilings.noordwest.published_on
        ceilings.salland.published_on ceilings.noordoost.published_on
        ceilings.twente-een.published_on ceilings.twente-twee.published_on
        windows.hele-jaar.opens windows.hele-jaar.committee.lead_days
        windows.hele-jaar.committee.meets_on panel.power panel.method panel.minimum_present
        distribution.grain DIVISION terms.decision_weeks terms.decision_from
        terms.decision_atw terms.repair_weeks OTHER-TERMS tiers release
    """,
    "samen-voor-elkaar-2018": """
        amounts.minimum amounts.maximum amounts.percentage ceilings windows criteria
        distribution OTHER-TERMS tiers release
    """,
    "uitvoeringsprogramma-sociale-kwaliteit-2017": """
        activities.project.maximum amounts.minimum ceilings.total.published_on
        windows.vanaf-februari.opens windows.vanaf-februari.closes
        windows.vanaf-februari.closing distribution OTHER-TERMS tiers release
    """,
    "vitale-en-gezonde-samenleving-2020": """
        ceilings windows.zomer-2020.opens windows.zomer-2020.closes
        windows.zomer-2020.closing criteria distribution OTHER-TERMS tiers release
    """,
    "zelfstandig-leven-gezond-bewegen-2021": """
        activities.project.percentage amounts.minimum ceilings.total.published_on
        windows.doorlopend.opens criteria distribution.grain DIVISION OTHER-TERMS tiers
        release
    """,
    "amersfoort-liendert-rustenburg-buurtbudget": """
        identity.legal_regime amounts.minimum amounts.maximum ceilings
        windows.doorlopend.opens windows.doorlopend.committee.lead_days
        windows.doorlopend.committee.meets_on panel.power panel.method panel.minimum_present
        distribution.grain DIVISION terms.decision_weeks terms.decision_from
        terms.decision_atw terms.repair_weeks terms.hearing_weeks terms.settlement_weeks
        terms.keep_months terms.spot_check_months release
    """,
    "apeldoorn-gebiedsparticipatie-2021": """
        amounts.minimum ceilings.total.published_on windows.op-tijd.opens criteria
        distribution.rule DIVISION terms.decision_weeks terms.decision_from
        terms.decision_atw terms.repair_weeks terms.hearing_weeks terms.keep_months
        terms.spot_check_months release
    """,
    "apeldoorn-inwonersinitiatieven-2020": """
        amounts.minimum amounts.maximum ceilings.total.published_on
        ceilings.right-to-challenge.published_on windows.doorlopend.opens criteria
        distribution.grain DIVISION terms.decision_from terms.decision_atw
        terms.repair_weeks terms.hearing_weeks terms.report_weeks terms.settlement_weeks
        terms.keep_months terms.spot_check_months tiers release
    """,
    "berkelland-initiatieven": """
        ceilings windows criteria distribution TERMS tiers release
    """,
    "centrum-begroot-2022": """
        identity.legal_regime amounts.minimum amounts.maximum ceilings.total.published_on
        windows.plannen-2022.closing criteria vote.maximum vote.electorate_kind vote.opens
        vote.closes vote.closing DIVISION TERMS tiers release
    """,
    "dorpenfonds-noordenveld-2022": """
        amounts.minimum amounts.maximum amounts.percentage ceilings windows criteria
        distribution TERMS tiers release
    """,
    "efro-oost-tender": """
        territory.municipalities amounts.minimum amounts.maximum amounts.percentage ceilings
        windows DIVISION TERMS tiers release
    """,
    "efro-oost-volgorde": """
        territory.municipalities amounts.minimum amounts.maximum amounts.percentage ceilings
        windows distribution.on_misfit distribution.lot_source distribution.reserve_list
        TERMS tiers release
    """,
    "enschede-mekkelholt-deppenbroek-2023": """
        identity.legal_regime amounts.minimum amounts.maximum ceilings.total.published_on
        windows.ideeen.opens windows.ideeen.closing vote.kind vote.minimum vote.maximum
        vote.electorate_kind vote.opens vote.closes vote.closing distribution.ties
        distribution.reserve_list TERMS tiers release
    """,
    "enschede-wijkbudget": """
        identity.legal_regime amounts.minimum amounts.maximum ceilings.total.published_on
        windows.doorlopend.opens windows.doorlopend.committee.lead_days
        windows.doorlopend.committee.meets_on panel.minimum_present distribution.grain
        distribution.ties distribution.reserve_list terms.decision_weeks terms.decision_from
        terms.decision_atw terms.repair_weeks terms.hearing_weeks terms.settlement_weeks
        terms.keep_months terms.spot_check_months tiers.rekeningen.advance_percentage
        release
    """,
    "fonds-ooststellingwerf-2016": """
        amounts.minimum amounts.maximum ceilings.total.published_on windows.ronde-1.closing
        vote.kind vote.minimum vote.maximum vote.electorate_kind DIVISION TERMS tiers
        release
    """,
    "fonds-ooststellingwerf-2018": """
        amounts.minimum ceilings.total.published_on ceilings.klein.amount
        ceilings.klein.published_on ceilings.groot.amount ceilings.groot.published_on
        windows.jaarronde.opens windows.jaarronde.closes windows.jaarronde.closing
        windows.jaarronde.committee.lead_days windows.jaarronde.committee.meets_on
        panel.power panel.method panel.minimum_present distribution.grain DIVISION TERMS
        tiers release
    """,
    "gebiedsfonds": """
        identity.legal_regime territory.municipalities ceilings windows.kwartaal.opens
        windows.kwartaal.committee.lead_days windows.kwartaal.committee.meets_on
        panel.method panel.minimum_present distribution.grain distribution.ties
        distribution.reserve_list TERMS tiers release
    """,
    "hof-van-twente-initiatieven-2016": """
        amounts.minimum ceilings.total.published_on windows.jaar-2016.opens
        windows.jaar-2016.closes windows.jaar-2016.closing criteria distribution TERMS tiers
        release
    """,
    "iepen-mienskipsfuns-2023": """
        amounts.minimum ceilings.total.published_on ceilings.themapot.published_on
        windows.voorjaar.closing windows.zomer.closing windows.najaar.closing DIVISION TERMS
        tiers release
    """,
    "inwonersinitiatieven-goud-waard-2019": """
        amounts.minimum amounts.maximum ceilings.total.published_on windows.doorlopend.opens
        windows.doorlopend.committee.lead_days windows.doorlopend.committee.meets_on
        panel.minimum_present distribution.grain DIVISION TERMS tiers release
    """,
    "ledenvereniging-stimuleringsfonds": """
        territory.municipalities amounts.minimum ceilings windows.november.opens
        windows.november.closes windows.november.closing
        windows.november.committee.lead_days windows.november.committee.meets_on
        windows.februari.opens windows.februari.closes windows.februari.closing
        windows.februari.committee.lead_days windows.februari.committee.meets_on
        windows.juni.opens windows.juni.closes windows.juni.closing
        windows.juni.committee.lead_days windows.juni.committee.meets_on panel.power
        panel.method panel.minimum_present distribution.grain DIVISION terms.decision_atw
        terms.repair_weeks terms.report_weeks terms.settlement_weeks terms.keep_months
        terms.spot_check_months tiers release
    """,
    "lf2018-500-jaar-ooststellingwerf": """
        identity.legal_regime amounts.minimum ceilings windows.plannen.opens
        windows.plannen.closing vote.kind vote.minimum vote.maximum vote.electorate_kind
        vote.opens vote.closes vote.closing distribution.rule DIVISION TERMS tiers release
    """,
    "netwerk-buurtdemocratie": """
        identity.legal_regime territory.municipalities amounts.minimum amounts.maximum
        ceilings windows.doorlopend.opens windows.doorlopend.committee.lead_days
        windows.doorlopend.committee.meets_on panel.method panel.minimum_present
        distribution.grain DIVISION TERMS tiers release
    """,
    "overbetuwe-doet-2018": """
        identity.legal_regime ceilings windows.pilot.opens windows.pilot.closes
        windows.pilot.closing vote.electorate_kind vote.opens vote.closes vote.closing
        DIVISION TERMS tiers release
    """,
    "overijssels-noaberschapsfonds": """
        amounts.minimum amounts.maximum ceilings.total.published_on windows.doorlopend.opens
        criteria distribution.grain DIVISION terms.decision_weeks terms.decision_from
        terms.decision_atw terms.repair_weeks terms.report_weeks terms.settlement_weeks
        terms.keep_months terms.spot_check_months tiers release
    """,
    "west-begroot-2019": """
        identity.legal_regime amounts.minimum ceilings.total.published_on
        windows.plannen-2019.opens windows.plannen-2019.closing
        windows.plannen-2019.committee.lead_days windows.plannen-2019.committee.meets_on
        panel.method panel.minimum_present vote.minimum vote.maximum vote.electorate_kind
        vote.opens vote.closes vote.closing DIVISION TERMS tiers release
    """,
    "west-begroot-2021": """
        identity.legal_regime amounts.minimum ceilings.total.published_on
        windows.plannen-2020.closing vote.minimum vote.maximum distribution.ties
        distribution.reserve_list TERMS tiers release
    """,
    "west-begroot-2024": """
        identity.legal_regime amounts.minimum amounts.maximum ceilings.total.published_on
        windows.plannen-2023.closing criteria vote.kind vote.minimum vote.maximum vote.opens
        vote.closes vote.closing DIVISION TERMS tiers release
    """,
    "woudenberg-leefstijl-2018": """
        amounts.minimum ceilings.total.published_on windows.tot-juni.opens
        windows.tot-juni.closing criteria distribution.rule DIVISION TERMS tiers release
    """,
}


def _paths(text: str) -> tuple[str, ...]:
    words = (TOGETHER.get(word, word) for word in text.split())
    return tuple(path for word in words for path in word.split())


UNKNOWN_NEEDED = {slug: _paths(text) for slug, text in LACKING.items()}
