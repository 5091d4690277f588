"""Every route names who may enter, and does what it says."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from rest_framework.permissions import AllowAny

from accounts.access import PUBLIC, SIGNED_IN
from accounts.domain.people import person_of
from accounts.models import User

# What a program may ask without a token.
OPEN_TO_PROGRAMS = {"openapi"}
VALUES = {"uuid": str(uuid.UUID(int=7)), "int": "7"}


@dataclass(frozen=True, slots=True)
class Route:
    """One address: how it is written, its name, and the view behind it."""

    path: str
    name: str
    view: Callable[..., Any]

    @property
    def entry(self) -> tuple[str, ...] | None:
        return getattr(self.view, "entry", None)

    @property
    def of_a_library(self) -> bool:
        """Pages of allauth, and the choice of a language, guard themselves."""
        return ":" not in self.name and self.path.startswith(("toegang/", "taal/"))

    @property
    def example(self) -> str:
        """The address with something in the place of each argument."""
        filled = re.sub(r"<(?:(\w+):)?\w+>", lambda found: VALUES.get(found[1], "x"), self.path)
        return f"/{filled}"


def walk(
    patterns: list[URLPattern | URLResolver], prefix: str = "", space: str = ""
) -> Iterator[Route]:
    for pattern in patterns:
        path = prefix + str(pattern.pattern).lstrip("^/")
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from walk(pattern.url_patterns, path, inner)
        else:
            yield Route(path, f"{space}{pattern.name or ''}", pattern.callback)


ROUTES = list(walk(get_resolver().url_patterns))
PAGES = [route for route in ROUTES if not route.of_a_library and not route.path.startswith("api/")]
INTERFACE = [route for route in ROUTES if route.path.startswith("api/")]
GUARDED = [route for route in PAGES if route.entry and PUBLIC not in route.entry]
BY_ROLE = [route for route in GUARDED if SIGNED_IN not in (route.entry or ())]


def named(routes: list[Route]) -> Any:
    return pytest.mark.parametrize("route", routes, ids=[f"{r.name}-{r.path}" for r in routes])


def ask(client: Client, route: Route) -> Any:
    """Look at the page, or press its button when it has nothing to look at."""
    answer = client.get(route.example)
    return client.post(route.example) if answer.status_code == 405 else answer


def test_the_walk_finds_the_routes() -> None:
    assert {"portal:home", "account_login", "set_language"} <= {route.name for route in ROUTES}


@named(PAGES)
def test_every_page_names_who_may_enter(route: Route) -> None:
    assert route.entry, f"{route.path}: decorate the view with accounts.access.entry"


@named(INTERFACE)
def test_every_resource_asks_for_a_permission(route: Route) -> None:
    view = getattr(route.view, "cls", None)
    open_to_all = view is None or AllowAny in view.permission_classes or not view.permission_classes
    assert not open_to_all or route.name.split(":")[-1].split("-")[0] in OPEN_TO_PROGRAMS


@pytest.mark.django_db
@named(GUARDED)
def test_a_stranger_is_sent_to_the_door(client: Client, route: Route) -> None:
    answer = ask(client, route)
    assert answer.status_code in (302, 404)
    if answer.status_code == 302:
        assert answer.headers["Location"].startswith("/toegang/login/")


@pytest.mark.django_db
@named(BY_ROLE)
def test_who_has_no_role_stays_outside(client: Client, route: Route) -> None:
    user = User.objects.create_user("bewoner@example.nl")
    person_of(user)
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert ask(client, route).status_code in (403, 404)
