"""Pages of administrators: which calls there are, and opening one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import Request, entry
from accounts.domain.grants import holds
from accounts.roles import Role
from regeling.definition.labels import path_words
from regeling.domain.queries.calls import all_calls, newest_revisions, with_money
from regeling.domain.queries.governing import latest_of_all
from regeling.domain.revisions import open_call
from regeling.domain.testing import free_slug
from regeling.models import Call, Revision
from regeling.web.forms import OpenCall
from timeline import clock
from timeline.refusal import Refused

PER_PAGE = 25


@entry(Role.ADMINISTRATOR)
def calls(request: Request) -> HttpResponse:
    """Every call with its money, and every regulation that one can be opened on."""
    page = Paginator(with_money(all_calls()), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "title": _("Openstellingen"),
        "lead": _("Wat open is of was, en welke regelingen u kunt openstellen."),
        "breadcrumbs": [(_("Start"), reverse("portal:start"))],
        "page": page,
        "revisions": [
            {
                "title": revision.regulation.title,
                "number": revision.number,
                "url": reverse("regeling:open_call", args=[revision.regulation.slug]),
                "unknown": len(revision.definition.unknown_needed()),
                "example_only": revision.example_only,
            }
            for revision in newest_revisions()
        ],
    }
    return render(request, "regeling/calls.html", context)


@entry(Role.ADMINISTRATOR)
def open_one(request: Request, slug: str) -> HttpResponse:
    """Open a call on the newest text of a regulation, or be told what is still unknown."""
    revision = _revision(request, slug)
    definition = revision.definition
    first = {"title": revision.regulation.title, "slug": revision.regulation.slug}
    form = OpenCall(definition, request.POST or None, initial=first)
    refusal: Refused | None = None
    if request.method == "POST" and form.is_valid():
        try:
            call = open_call(revision_id=revision.pk, actor=request.actor, **_asked(revision, form))
        except Refused as raised:
            refusal = raised
        except IntegrityError:
            form.add_error("slug", _("Dit adres is al in gebruik. Kies een ander."))
        else:
            messages.success(request, _("De openstelling staat klaar."))
            return redirect("regeling:regulation", slug=call.slug)
    context = {
        "title": _("Openstellen"),
        "eyebrow": revision.regulation.title,
        "breadcrumbs": [
            (_("Start"), reverse("portal:start")),
            (_("Openstellingen"), reverse("regeling:calls")),
        ],
        "form": form,
        "refusal": refusal,
        "unknown": [path_words(path) for path in definition.unknown_needed()],
        "unknown_real": [path_words(path) for path in definition.unknown_needed(real=True)],
        "assumptions": [(path_words(each.path), each.reason) for each in definition.assumptions],
    }
    failed = refusal is not None or (form.is_bound and not form.is_valid())
    return render(request, "regeling/open_call.html", context, status=422 if failed else 200)


def _asked(revision: Revision, form: OpenCall) -> dict[str, Any]:
    """What ``open_call`` is asked. A test opens at any moment, whatever was published; and it does
    not take the address that a real call of the regulation will want."""
    given, days = form.cleaned_data, form.days()
    slug, published_on = given["slug"], None
    if given["kind"] == Call.Kind.TEST:
        slug = free_slug(slug) if slug == revision.regulation.slug else slug
        published_on = clock.day(days[0]) - timedelta(days=1) if days else None
    return {
        "kind": given["kind"],
        "window": given["window"],
        "slug": slug,
        "title": given["title"],
        "days": days,
        "published_on": published_on,
    }


def _revision(request: Request, slug: str) -> Revision:
    """The text in force or coming, for an administrator of its authority; 404 for another's."""
    revision = latest_of_all(at=clock.now()).filter(regulation__slug=slug).first()
    person_id = request.person.pk if request.person else None
    if revision is None or not holds(
        person_id,
        Role.ADMINISTRATOR,
        authority=revision.regulation.authority.code,
        regulation=slug,
    ):
        raise Http404
    return revision
