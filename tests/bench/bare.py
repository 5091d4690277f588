"""The two statements of a vote through Django and nothing else: what a cast is measured against.

No middleware, no page, no check: one view that uses a right and puts a ballot in the inbox. Served
by ``tests.bench.bare:application`` with the settings of production.
"""

from __future__ import annotations

import secrets

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path

from timeline import clock


def two_statements(request: HttpRequest) -> JsonResponse:
    """Use the right with this key, and put a ballot in the inbox."""
    from assessment.models import BallotInbox, VoteRight

    given = request.POST
    round_id = int(given["round"])
    with transaction.atomic():
        VoteRight.objects.filter(
            round_id=round_id, register_key=given["right"], status=VoteRight.Status.ISSUED
        ).update(status=VoteRight.Status.VOTED, voted_on=clock.today())
        BallotInbox.objects.create(
            round_id=round_id,
            panel_id=given["panel"],
            ballot_key=given["ballot"],
            revision=1,
            choices=given["choices"],
            nonce=secrets.token_hex(32),
        )
    return JsonResponse({"cast": True})


urlpatterns = [path("bare/", two_statements)]
application = get_wsgi_application()
settings.ROOT_URLCONF = "tests.bench.bare"
settings.MIDDLEWARE = []
application.load_middleware()
