"""English is the second language of every page."""

from __future__ import annotations

from tests.lint import messages


def test_every_dutch_text_has_its_english() -> None:
    assert messages.problems() == []


def test_texts_are_found_in_templates_and_code() -> None:
    template = (
        "{% load i18n %}{% blocktranslate count n=n %}Eén{% plural %}{{ n }}{% endblocktranslate %}"
    )
    assert list(messages._of_template(template)) == [(None, "Eén", "%(n)s")]
    code = "from django.utils.translation import pgettext as p\np('soort', 'Brief')\n"
    assert list(messages._of_python(code)) == [("soort", "Brief", None)]
