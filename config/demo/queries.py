"""What the demo's pages read."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from accounts.models import Person
from assessment.models import PanelMember
from config.demo.models import SentMail
from config.demo.people import COMMITTEE, CONTACT, STAFF
from config.demo.plan import DOMAIN

APPLICANTS = 40  # enough to choose from


@dataclass(frozen=True)
class Shoes:
    """Somebody one can be."""

    person: Person
    about: str


@dataclass(frozen=True)
class Group:
    """People who do the same."""

    title: str
    people: tuple[Shoes, ...]


def example_people() -> QuerySet[Person]:
    """Everybody who was invented and has an account."""
    return Person.objects.filter(email__endswith=f"@{DOMAIN}", user__isnull=False).select_related(
        "user"
    )


def groups_of_people() -> list[Group]:
    """The example people: staff, panel, and those who apply, newest first."""
    about = {each.name: each.about for each in (*STAFF, *COMMITTEE, CONTACT)}
    everybody = {person.pk: person for person in example_people()}
    members = PanelMember.objects.filter(person__isnull=False)
    panel_keys = set(members.values_list("person_id", flat=True))
    staff = [Shoes(p, about[p.name]) for p in everybody.values() if p.name in about]
    order = list(about)
    staff.sort(key=lambda shoes: order.index(shoes.person.name))
    panel = [Shoes(p, p.place) for p in everybody.values() if p.pk in panel_keys]
    named = {shoes.person.pk for shoes in (*staff, *panel)}
    others = [p for p in everybody.values() if p.pk not in named]
    others.sort(key=lambda person: -person.pk)
    applicants = [Shoes(p, f"{p.place}, {p.municipality}") for p in others[:APPLICANTS]]
    found = [
        Group(_("Wie behandelen, beslissen en betalen"), tuple(staff)),
        Group(_("Het panel dat stemt"), tuple(panel)),
        Group(_("Wie aanvragen"), tuple(applicants)),
    ]
    return [group for group in found if group.people]


def messages_to(*, to: str = "", words: str = "") -> QuerySet[SentMail]:
    """Messages to an address (a part of it is enough) with these words, newest first."""
    rows = SentMail.objects.all()
    if to:
        rows = rows.filter(to__icontains=to.strip())
    for word in words.split():
        rows = rows.filter(Q(subject__icontains=word) | Q(body__icontains=word))
    return rows
