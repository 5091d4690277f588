from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from accounts.domain.people import person_of
from accounts.models import User
from config.http.tokens import make_token
from config.models import ApiToken


class Command(BaseCommand):
    help = "Make a token with which a program acts for a person. It is shown once."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--name", default="program", help="what the token is for")
        parser.add_argument("--scope", action="append", choices=ApiToken.Scope.values)
        parser.add_argument("--days", type=int, default=90)

    def handle(self, *_args: Any, **options: Any) -> None:
        user = User.objects.filter(email__iexact=options["email"]).first()
        if user is None:
            raise CommandError(f"nobody signs in with {options['email']}")
        token = make_token(
            person_id=person_of(user).pk,
            name=options["name"],
            scopes=tuple(options["scope"] or [ApiToken.Scope.READ]),
            days=options["days"],
        )
        self.stdout.write(token)
