from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.core.validators import validate_email
from django.forms import ValidationError

from accounts.domain.administrators import first_administrator
from timeline.refusal import Refused


class Command(BaseCommand):
    help = (
        "Make the first administrator of an authority: the only role that is not given on a page."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument("--authority", default="", help="code; needed when there are several")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            validate_email(options["email"])
            person = first_administrator(email=options["email"], authority=options["authority"])
        except ValidationError as failure:
            raise CommandError(f"{options['email']} is not an e-mail address") from failure
        except Refused as refusal:
            raise CommandError(refusal.sentence) from refusal
        self.stdout.write(f"{person.email} is administrator: sign in with a code by e-mail.")
