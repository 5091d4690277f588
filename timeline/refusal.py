"""The ways in which a verb says no. Each carries a Dutch sentence that a page can show as it is."""

from __future__ import annotations


class Refused(Exception):
    """A verb refuses; nothing has changed.

    ``sentence`` is shown to the person, ``article`` names the rule it rests on ("Awb 4:5"),
    ``field`` the input at fault, ``code`` a stable word for programs.
    """

    status = 422

    def __init__(
        self, sentence: str, *, article: str = "", field: str = "", code: str = "refused"
    ) -> None:
        super().__init__(sentence)
        self.sentence = str(sentence)
        self.article = article
        self.field = field
        self.code = code


class Conflict(Refused):
    """Somebody else was first: the version shown is no longer the current one."""

    status = 409


class NotAllowed(Refused):
    """This person may not do this. Pages that may not be known to exist answer 404 instead."""

    status = 403


class Unavailable(Refused):
    """Something outside the rules (a busy row, a worker that is down) stands in the way for now."""

    status = 503
