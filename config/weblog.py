"""What gunicorn notes of a request: on the pages where people vote, next to nothing."""

from __future__ import annotations

from typing import Any

from gunicorn.glogging import Logger

VOTING = ("/stemmen/", "/stemloket/")
LINKS = ("/vragenlijst/", "/meelezen/")
"""What follows is a personal link, and who opens it is not noted."""
KEPT = ("m", "U", "H", "s", "p")
"""Method, path, protocol, status, process. Not who, with what, how long, or how many bytes: the
length of a page could tell what was chosen."""


class WebLog(Logger):
    """The log of the web server: pages of voting and of personal links without address.

    Their time is cut to the hour.
    """

    def atoms(self, resp: Any, req: Any, environ: Any, request_time: Any) -> dict[str, Any]:
        """The parts of which a line is made."""
        full: dict[str, Any] = super().atoms(resp, req, environ, request_time)
        path = str(environ.get("PATH_INFO", ""))
        link = next((each for each in LINKS if path.startswith(each)), "")
        if link:
            full |= {"U": link, "q": ""}
        elif not path.startswith(VOTING):
            return full
        atoms = {name: full[name] for name in KEPT if name in full}
        atoms["r"] = f"{full['m']} {full['U']} {full['H']}"
        atoms["t"] = _hour(full["t"])
        return atoms  # every other part is written as "-"


def _hour(moment: str) -> str:
    """``[20/Nov/2026:16:41:07 +0000]`` with minutes and seconds cut off."""
    day, hour, _minute, rest = moment.split(":", 3)
    return f"{day}:{hour}:00:00{rest[2:]}"
