"""A regulation that goes on from another one and says only what is different."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from regeling.definition import Definition, DefinitionError, canonical, parse
from regeling.delivered import files
from tests.regeling.samples import SMALL, changed

NEXT = """\
extends: klein
identity:
  slug: klein-2027
"""


def found(**texts: str) -> Callable[[str], str | None]:
    """Finds the small regulation as `klein`, and the others by name (underscores as hyphens)."""
    known = {"klein": SMALL} | {name.replace("_", "-"): text for name, text in texts.items()}
    return known.get


def extended(rest: str = "", **texts: str) -> Definition:
    return parse(NEXT + rest, file="volgende.yaml", find=found(**texts))


def refusals(text: str, **texts: str) -> list[str]:
    with pytest.raises(DefinitionError) as caught:
        parse(text, file="volgende.yaml", find=found(**texts))
    return list(caught.value.lines)


def test_what_is_not_said_is_inherited() -> None:
    slug = SMALL.replace("  slug: klein\n", "  slug: klein-2027\n")
    assert canonical(extended()) == canonical(parse(slug, file="x"))


def test_mappings_merge_and_values_are_replaced() -> None:
    definition = extended("amounts:\n  maximum: 800\n")
    assert definition.amounts.maximum == 80_000
    assert definition.amounts.minimum == 10_000
    assert definition.amounts.article == "artikel 4"


def test_lists_merge_by_scope_and_code_and_new_items_come_last() -> None:
    definition = extended(
        "ceilings:\n"
        "  - scope: region\n    code: noord\n    amount: 5000\n"
        "  - scope: region\n    code: zuid\n    amount: 4000\n    published_on: 2027-01-05\n"
    )
    ceilings = definition.ceilings
    assert isinstance(ceilings, tuple)
    assert [(each.code, each.amount) for each in ceilings] == [
        ("", 1_000_000),
        ("noord", 500_000),
        ("zuid", 400_000),
    ]
    assert ceilings[1].published_on == parse(SMALL, file="x").ceilings[1].published_on  # type: ignore[index]  # known here


def test_a_list_without_codes_is_replaced() -> None:
    regions = "territory:\n  regions:\n    - code: zuid\n      municipalities: [Zuiddorp]\n"
    definition = extended(regions)
    assert definition.territory.all_municipalities == ("Noordstad", "Noorddorp", "Zuiddorp")


def test_an_empty_list_leaves_nothing() -> None:
    assert extended("eligibility: []\n").eligibility == ()


def test_a_question_of_the_form_is_changed_by_its_code() -> None:
    definition = extended(
        "form:\n  steps:\n    - code: alles\n      questions:\n"
        "        - code: titel\n          label: Hoe noemt u het?\n"
    )
    assert [each.code for each in definition.form.questions] == [
        each.code for each in parse(SMALL, file="x").form.questions
    ]
    assert definition.form.question("titel").label == "Hoe noemt u het?"


def test_drop_leaves_out_what_it_names() -> None:
    definition = extended("drop: [ceilings.noord, eligibility.nieuw, amounts.minimum]\n")
    assert len(definition.ceilings) == 1
    assert definition.eligibility == ()
    assert definition.amounts.minimum is None


def test_a_window_of_its_own_in_place_of_the_one_before() -> None:
    definition = extended(
        "drop: [windows.voorjaar]\n"
        "windows:\n  - code: najaar\n    kind: fixed\n    opens: 2026-09-01\n"
        "    closes: 2026-10-01\n    closing: before\n"
    )
    assert [each.code for each in definition.windows] == ["najaar"]


def test_it_goes_on_through_several() -> None:
    middle = NEXT.replace("klein-2027", "midden") + "amounts:\n  maximum: 900\n"
    text = NEXT.replace("extends: klein", "extends: midden") + "amounts:\n  minimum: 50\n"
    definition = parse(text, file="x", find=found(midden=middle))
    assert (definition.amounts.minimum, definition.amounts.maximum) == (5_000, 90_000)


def test_an_older_language_is_read_as_what_it_meant() -> None:
    old = SMALL.replace("language: 2", "language: 1").replace("  lot_source: notary\n", "")
    assert extended(klein=old) == extended()


class TestAssumptions:
    UNKNOWN = changed(decision_weeks="unknown")
    ASSUMED = UNKNOWN + (
        "assumptions:\n  - path: terms.decision_weeks\n    value: 13\n"
        "    reason: Dertien weken is gebruikelijk.\n"
    )
    OWN = (
        "assumptions:\n  - path: terms.decision_weeks\n    value: 6\n"
        "    reason: Zes weken is haalbaar.\n"
    )

    def test_they_fill_an_inherited_unknown(self) -> None:
        definition = extended(self.OWN, klein=self.UNKNOWN)
        assert definition.terms.decision_weeks == 6
        assert definition.assumed_paths == {"terms.decision_weeks"}

    def test_they_are_inherited(self) -> None:
        definition = extended(klein=self.ASSUMED)
        assert definition.terms.decision_weeks == 13
        assert definition.is_example_only

    def test_a_newer_one_takes_the_place(self) -> None:
        definition = extended(self.OWN, klein=self.ASSUMED)
        assert definition.terms.decision_weeks == 6
        assert [each.reason for each in definition.assumptions] == ["Zes weken is haalbaar."]

    def test_a_fact_takes_the_place(self) -> None:
        definition = extended("terms:\n  decision_weeks: 8\n", klein=self.ASSUMED)
        assert definition.terms.decision_weeks == 8
        assert definition.assumptions == ()
        assert not definition.is_example_only

    def test_an_inherited_fact_stays_a_fact(self) -> None:
        [line] = refusals(NEXT + self.OWN)
        assert line == (
            "volgende.yaml:5:11 assumptions.terms.decision_weeks: bij 'terms.decision_weeks' staat"
            " al een feit; een aanname vult alleen wat 'unknown' is"
        )

    def test_it_cannot_be_dropped_to_pass_for_a_fact(self) -> None:
        assert (
            "staat niet in de regeling"
            in refusals(NEXT + "drop: [assumptions]\n", klein=self.ASSUMED)[0]
        )
        assert extended("assumptions: []\n", klein=self.ASSUMED).is_example_only

    def test_saying_a_part_anew_leaves_the_rest_assumed(self) -> None:
        old = SMALL.replace("tiers:\n  - code: direct\n    kind: direct\n", "tiers: unknown\n") + (
            "assumptions:\n  - path: tiers\n    reason: Zo kan het worden vastgesteld.\n"
            "    value:\n      - code: klein\n        kind: direct\n        up_to: 500\n"
            "      - code: groot\n        kind: direct\n"
        )
        part = "tiers:\n  - code: klein\n    up_to: 750\n"
        assert extended(part, klein=old).assumed_paths == {"tiers"}
        dropped = extended("drop: [tiers]\ntiers:\n  - code: nu\n    kind: direct\n", klein=old)
        assert dropped.assumed_paths == frozenset()

    def test_a_fact_beside_an_assumed_item_may_have_its_article(self) -> None:
        criteria = SMALL[SMALL.index("criteria:") : SMALL.index("distribution:")]
        old = SMALL.replace(criteria, "criteria: unknown\n") + (
            "assumptions:\n  - path: criteria\n    reason: Zo kan er worden beoordeeld.\n"
            "    value:\n      - code: goed\n        kind: text\n        question: Is het goed?\n"
        )
        more = "criteria:\n  - code: ook\n    kind: text\n    question: Nog?\n    article: art. 8\n"
        definition = extended(more, klein=old)
        assert [each.code for each in definition.criteria] == ["goed", "ook"]
        smuggled = "criteria:\n  - code: goed\n    article: artikel 8\n"
        assert extended(smuggled, klein=old).is_example_only


class TestRefusals:
    def test_an_unknown_slug(self) -> None:
        with pytest.raises(DefinitionError) as caught:
            parse(NEXT.replace("klein\n", "krachtvansaland-cheque-2023\n"), file="x.yaml")
        assert caught.value.lines[0] == (
            "x.yaml:1:10 extends: de regeling 'krachtvansaland-cheque-2023' is niet gevonden;"
            " bedoelt u 'krachtvansalland-cheque-2023'?"
        )

    @pytest.mark.parametrize("slug", ["../../../etc/passwd", "[a, b]", "", "A b", "x" * 100])
    def test_what_is_no_slug(self, slug: str) -> None:
        text = NEXT.replace("klein\n", f"{slug}\n", 1)
        assert "noem de 'slug' van één regeling" in refusals(text)[0]

    def test_a_circle(self) -> None:
        other = "extends: klein-2027\nidentity:\n  slug: anders\n"
        text = NEXT.replace("extends: klein", "extends: anders")
        lines = refusals(text, anders=other)
        assert lines[0].startswith("volgende.yaml:1:10 extends: in de regeling 'anders': ")
        assert "klein-2027 → anders → klein-2027" in lines[0]

    def test_on_itself(self) -> None:
        assert "op zichzelf voort" in refusals("extends: ik\nidentity:\n  slug: ik\n")[0]

    def test_too_many(self) -> None:
        chain = {
            f"r{n}": f"extends: {f'r{n + 1}' if n < 7 else 'klein'}\nidentity:\n  slug: r{n}\n"
            for n in range(8)
        }
        assert any("meer dan 5 regelingen" in line for line in refusals(chain["r0"], **chain))
        parse(chain["r3"], file="x", find=found(**chain))

    def test_no_slug_of_its_own(self) -> None:
        assert "geef deze regeling een eigen 'slug'" in refusals("extends: klein\n")[0]

    def test_drop_of_what_is_not_there(self) -> None:
        [line] = refusals(NEXT + "drop: [ceilings.oost]\n")
        assert line == (
            "volgende.yaml:4:8 drop: 'ceilings.oost' staat niet in de regeling waarop deze"
            " voortbouwt"
        )

    def test_drop_without_extends(self) -> None:
        assert any("'drop' hoort bij 'extends'" in line for line in refusals(SMALL + "drop: [x]\n"))

    def test_a_wrong_inherited_part_is_told_on_the_line_at_hand(self) -> None:
        text = NEXT + "amounts:\n  maximum: 50\n"
        assert refusals(text) == [
            "volgende.yaml:1:10 amounts.minimum: het minimum is hoger dan het maximum"
        ]

    def test_an_older_text_that_is_not_readable(self) -> None:
        assert refusals(NEXT, klein="a: &x [1]\n")[0] == (
            "volgende.yaml:1:10 extends: de regeling 'klein' is niet te lezen: verwijzingen met &"
            " en * kunnen hier niet"
        )

    def test_a_double_key_is_still_an_error(self) -> None:
        text = NEXT + "amounts:\n  maximum: 500\n  maximum: 600\n"
        assert refusals(text)[0].endswith("amounts.maximum: 'maximum' staat hier twee keer")

    def test_a_double_code_is_still_an_error(self) -> None:
        text = NEXT + (
            "criteria:\n  - code: goed\n    help: Een.\n"
            "  - code: goed\n    kind: text\n    question: Twee?\n"
        )
        assert any("de code 'goed' komt 2 keer voor" in line for line in refusals(text))


@pytest.mark.parametrize("slug", [file.stem for file in files()])
def test_every_delivered_one_can_be_gone_on_from(slug: str) -> None:
    text = f"extends: {slug}\nidentity:\n  slug: vervolg\n  title: Een vervolg\n"
    definition = parse(text, file="x")
    assert (definition.identity.slug, definition.identity.title) == ("vervolg", "Een vervolg")
