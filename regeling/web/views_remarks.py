"""People outside read a concept by a link, remark on its parts, and read the answers."""

from __future__ import annotations

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.access import PUBLIC, Request, entry
from accounts.roles import Role
from accounts.web.refusals import tell
from regeling.definition import Definition
from regeling.domain.sharing import (
    answer_remark,
    remark,
    revoke_share,
    share_by,
    share_concept,
)
from regeling.domain.texts import AT_WORK
from regeling.explain import Section, explain
from regeling.models import Concept, ConceptRemark
from regeling.web.forms_life import AnswerForm, RemarkForm, ShareText
from regeling.web.views_life import concept_of, frame, text_of
from timeline.refusal import Refused

WHOLE = "geheel"
"""How a page calls the remark about all of it, whose path is empty."""


@dataclass(slots=True)
class Part:
    """A part of the text that one can remark on: its path, its words, and what was said of it."""

    path: str
    title: str
    section: Section | None = None
    sentence: str = ""
    remarks: list[ConceptRemark] = field(default_factory=list)
    form: RemarkForm | None = None

    @property
    def code(self) -> str:
        """What the part is called in an address and an id."""
        return (self.path or WHOLE).replace(".", "-")


@entry(Role.DRAFTER, Role.ADMINISTRATOR)
def readers(request: Request, uid: uuid.UUID) -> HttpResponse:
    """The links by which people outside read, and their remarks with the answers."""
    concept = concept_of(request, uid)
    form, answer_form = ShareText(), AnswerForm()
    wrong, link, status = 0, "", 200
    if request.method == "POST":
        act = request.POST.get("doe", "")
        try:
            if act == "link":
                form = ShareText(request.POST)
                link = _new_link(request, concept, form)
                status = 200 if link else 422
            elif act == "intrekken":
                _revoke(request, concept)
                return redirect("regeling:concept_readers", concept.uid)
            else:
                wrong = _number(request, "opmerking")
                answer_form = AnswerForm(request.POST, prefix=f"op{wrong}")
                if answer_form.is_valid():
                    _answer(request, concept, wrong, answer_form.cleaned_data["answer"])
                    return redirect("regeling:concept_readers", concept.uid)
                status = 422
        except Refused as refusal:
            tell(form if act == "link" else answer_form, refusal)
            status = refusal.status
    definition, _problems = text_of(concept)
    rows = concept.remarks.select_related("share", "answered_by").order_by("answered_at", "pk")
    titles = {part.path: part.title for part in parts_of(definition)}
    context = frame(concept, _("Laten meelezen")) | {
        "form": form,
        "link": link,
        "shares": concept.shares.select_related("made_by").order_by("-pk"),
        "rows": [
            {
                "remark": row,
                "where": titles.get(row.path, _("De hele regeling")),
                "form": answer_form if row.pk == wrong else AnswerForm(prefix=f"op{row.pk}"),
            }
            for row in rows
        ],
        "at_work": concept.state in AT_WORK,
    }
    response = render(request, "regeling/life/readers.html", context, status=status)
    response["Cache-Control"] = "no-store"  # the link stands there once
    return response


@entry(PUBLIC)
def read_along(request: Request, token: str) -> HttpResponse:
    """The text in plain Dutch, with a box for remarks at every part. Nobody is asked who she is."""
    share = share_by(token)
    if share is None:
        gone = {
            "title": _("Deze link werkt niet meer"),
            "lead": _("De dag is voorbij, of de link is ingetrokken."),
            "come_back_to": "",
        }
        return _unlisted(render(request, "regeling/life/gone.html", gone, status=404))
    concept = share.concept
    definition, _problems = text_of(concept)
    parts = parts_of(definition)
    open_ = concept.state in AT_WORK
    status = 200
    if request.method == "POST" and open_:
        part, refusal = _posted(request, token, parts)
        if refusal is None:
            return _unlisted(redirect(f"{request.path}?dank=1#deel-{part.code}"))
        status = refusal.status
    _put_remarks(concept, share.pk, parts)
    context = {
        "title": concept.title,
        "eyebrow": concept.authority.name,
        "lead": _("Dit is een concept: het geldt nog niet. Lees mee en zeg wat u ervan vindt."),
        "parts": parts,
        "share": share,
        "open": open_,
        "thanks": "dank" in request.GET,
        "readable": definition is not None,
        "come_back_to": "",  # the link stands in no other address, not even that of signing in
    }
    return _unlisted(render(request, "regeling/life/read_along.html", context, status=status))


def parts_of(definition: Definition | None) -> list[Part]:
    """Every part that one can remark on: the whole, the sections, and each rule with its article.

    Only the whole while the text cannot be read.
    """
    found = [Part("", _("De hele regeling"))]
    for section in explain(definition) if definition else ():
        found.append(Part(section.code, section.title, section=section))
        if section.code == "refused" and definition:
            found += [
                Part(f"eligibility.{rule.code}", _rule_title(rule.article), sentence=rule.sentence)
                for rule in definition.eligibility
            ]
    return found


def _rule_title(article: object) -> str:
    if isinstance(article, str):
        return _("Voorwaarde van artikel %(article)s") % {"article": article}
    return _("Voorwaarde")


def _posted(request: Request, token: str, parts: list[Part]) -> tuple[Part, Refused | None]:
    """Keep what was posted at one of the parts; the part, and the refusal if there is one."""
    code = request.POST.get("deel", "")
    part = next((each for each in parts if each.code == code), parts[0])
    form = RemarkForm(request.POST, prefix=part.code)
    part.form = form
    if not form.is_valid():
        return part, Refused(_("Schrijf uw opmerking op."), field="text")
    try:
        remark(
            token=token,
            path=part.path,
            name=form.cleaned_data["name"],
            text=form.cleaned_data["text"],
            actor=request.actor,
        )
    except Refused as refusal:
        tell(form, refusal)
        return part, refusal
    return part, None


def _put_remarks(concept: Concept, share_id: int, parts: list[Part]) -> None:
    """What was said by this link, at its part; what has no part any more stands with the whole."""
    by_path = {part.path: part for part in parts}
    for row in ConceptRemark.objects.filter(concept=concept, share=share_id).order_by("pk"):
        by_path.get(row.path, parts[0]).remarks.append(row)
    for part in parts:
        part.form = part.form or RemarkForm(prefix=part.code)


def _new_link(request: Request, concept: Concept, form: ShareText) -> str:
    """The address of a new link; empty when the form is wrong."""
    if not form.is_valid():
        return ""
    _share, token = share_concept(
        concept_id=concept.pk,
        label=form.cleaned_data["label"],
        ends_at=form.ends_at(),
        actor=request.actor,
    )
    return request.build_absolute_uri(reverse("regeling:read_along", args=[token]))


def _revoke(request: Request, concept: Concept) -> None:
    told = request.POST.get("link", "")
    share = next((each for each in concept.shares.all() if str(each.uid) == told), None)
    if share is None:
        raise Http404
    revoke_share(share_id=share.pk, actor=request.actor)
    messages.success(request, _("De link werkt niet meer."))


def _answer(request: Request, concept: Concept, remark_id: int, answer: str) -> None:
    row = concept.remarks.filter(pk=remark_id).first()
    if row is None:
        raise Http404
    answer_remark(remark_id=row.pk, answer=answer, actor=request.actor)
    messages.success(request, _("Het antwoord is bewaard. De lezer ziet het op haar pagina."))


def _number(request: Request, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isdecimal() and len(text) < 10 else 0


def _unlisted(response: Any) -> HttpResponse:
    """Found by nobody but who has the link, and kept nowhere."""
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "no-store"
    response["Referrer-Policy"] = "same-origin"  # with "no-referrer" browsers send no Origin either
    found: HttpResponse = response
    return found
