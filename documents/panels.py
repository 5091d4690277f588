"""What this room adds to the dossier page: the letters, and the decision that is being made."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.domain.people import acts_for
from applications.guards import may_judge
from applications.models import Application
from applications.panels import Action, Panel, panel
from applications.states import State
from documents.domain.queries import decisions as reads
from documents.models import Decision

BY_HAND = (State.LATE, State.IN_REVIEW, State.RANKED, State.RESERVE, State.HEARING)


@panel("letters", order=30)
def letters(application: Application, person_id: int) -> Panel | None:
    """The letters that were sent, for everybody who may see the dossier."""
    rows = list(reads.letters(person_id, application))
    if not rows:
        return None
    return Panel(_("Brieven"), "documents/panel_letters.html", {"documents": rows})


@panel("decision", order=20)
def decision(application: Application, person_id: int) -> Panel | None:
    """The decision in preparation, for staff only: the applicant hears of it in her letter."""
    if acts_for(person_id, application.party_id):
        return None
    row = reads.visible_decisions(person_id).filter(application=application).first()
    judge = may_judge(application, person_id)
    actions: list[Action] = []
    if row is not None and row.state != Decision.State.TAKEN_BACK:
        address = reverse("documents:decision", args=[row.uid])
        actions.append(Action(_("Open het besluit"), address, primary=judge))
    taken_back = row is not None and row.state == Decision.State.TAKEN_BACK
    by_hand = application.state in BY_HAND or (
        application.state == State.DECISION_DRAFT and taken_back
    )
    if by_hand and judge:
        actions.append(
            Action(
                _("Besluit voorbereiden"),
                reverse("documents:new_decision", args=[application.uid]),
            )
        )
    if row is None and not actions:
        return None
    return Panel(_("Besluit"), "documents/panel_decision.html", {"decision": row}, tuple(actions))
