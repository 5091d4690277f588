import pytest
from django.urls import reverse

from accounts.roles import Role
from applications.domain import coaching
from tests.applications.pages import *
from tests.factories.applications import *

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.slow]


def shoot(page, name, url):
    for w in (390, 1280):
        page.set_viewport_size({"width": w, "height": 900})
        page.goto(url)
        page.wait_for_timeout(500)
        page.screenshot(path=f"/tmp/shots/app-{name}-{w}.png", full_page=True)


def login(page, live_server, person):
    client = signed_in(person)
    page.context.clear_cookies()
    page.context.add_cookies(
        [{"name": "sessionid", "value": client.cookies["sessionid"].value, "url": live_server.url}]
    )


def test_shots(page, live_server):
    call = open_example_call()
    p, q = PersonFactory(name="Jannie Bosch"), PersonFactory(name="Henk Meijer")
    b = with_role(PersonFactory(name="Willemien Kok"), Role.BROKER, call)
    g = group_of(p, q)
    app = draft(call, person=p, party=g, answers={"titel": "Lange tafel op het Kerkplein"})
    app2 = draft(call, person=p, filled=False, answers={"titel": "Moestuin achter de school"})
    attachment(app, person=p)
    coaching.ask(application_id=app.pk, broker_id=b.pk, actor=as_actor(p))
    coaching.remark(
        application_id=app.pk,
        question="titel",
        text="Mooie naam. Noem ook het dorp erbij?",
        actor=as_actor(b),
    )
    sent = submitted(call, person=p)
    login(page, live_server, p)
    u = lambda n, *a: live_server.url + reverse("applications:" + n, args=a)
    shoot(page, "start", u("start", call.slug))
    for n, a in (("dossier-draft", app), ("dossier-sent", sent)):
        shoot(page, n, live_server.url + reverse("portal:dossier", args=[a.uid]))
    shoot(page, "bijlagen", u("step", app.uid, "bijlagen"))
    shoot(page, "mine", u("mine"))
