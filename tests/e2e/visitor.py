"""Somebody at her own browser: she opens pages, reads her mail, and has a phone with codes."""

from __future__ import annotations

import base64
import hmac
import re
import struct
import time
from pathlib import Path
from typing import Literal

from django.core import mail
from django.urls import reverse
from playwright.sync_api import Browser, Locator, Page, Response, expect
from playwright.sync_api import TimeoutError as TookTooLong

LOGIN_CODE = r"^([A-Z0-9]{4}-?[A-Z0-9]{2,4})$"
PATIENCE = 15_000  # milliseconds, for a busy machine
TRIES = 3  # a code of the app can grow old between reading and typing


class Visitor:
    """One person with a browser of her own; ``email`` is empty for who has no account."""

    def __init__(self, browser: Browser, site: str, name: str, email: str) -> None:
        self.name, self.email, self._site = name, email, site
        self.context = browser.new_context(locale="nl-NL", timezone_id="Europe/Amsterdam")
        self.context.set_default_timeout(PATIENCE)
        self.page: Page = self.context.new_page()
        self._secret = ""

    @property
    def main(self) -> Locator:
        """What stands on the page, without its frame."""
        return self.page.get_by_role("main")

    def open(self, route: str, *args: object) -> Response:
        """Open a page by its route, as one types an address."""
        return self.address(reverse(route, args=args))

    def address(self, path: str) -> Response:
        """Open a page by its path on this site."""
        answer = self.page.goto(self._site + path)
        assert answer is not None
        return answer

    def follow(self, name: str | re.Pattern[str]) -> None:
        """Click a link of the page and wait for where it leads."""
        self.go(self.main.get_by_role("link", name=name).first)

    def menu(self, name: str) -> None:
        """Click a place in the main menu."""
        menu = self.page.get_by_role("navigation", name="Hoofdmenu")
        self.go(menu.get_by_role("link", name=name, exact=True))

    def press(self, name: str | re.Pattern[str]) -> None:
        """Press a button of the page and wait for the answer."""
        self.go(self.main.get_by_role("button", name=name).first)

    def go(self, where: Locator) -> None:
        """Click what leads to another page, and wait for it; when it fails, tell where she was."""
        try:
            with self.page.expect_navigation():
                where.click()
        except TookTooLong as failure:
            seen = f"{self.name} at {self.page.url}:\n{self.main.inner_text()}"
            raise AssertionError(f"{failure}\n{seen}") from failure

    def takes(self, place: Path, role: Literal["link", "button"], name: str) -> Path:
        """Take a file from the page, as a download, and keep it in a folder."""
        with self.page.expect_download() as download:
            self.main.get_by_role(role, name=name).click()
        kept = place / download.value.suggested_filename
        download.value.save_as(kept)
        return kept

    def fill(self, label: str | re.Pattern[str], text: str) -> None:
        """Type into the field with this label."""
        self.main.get_by_label(label).first.fill(text)

    def tick(self, label: str | re.Pattern[str]) -> None:
        """Choose the option with this label."""
        self.main.get_by_label(label).first.check()

    def reads(self, *words: str) -> None:
        """The page says all this."""
        for each in words:
            expect(self.main).to_contain_text(each, timeout=PATIENCE)

    def heading(self, words: str | re.Pattern[str]) -> None:
        """The page is called this."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words, timeout=PATIENCE)

    def uid(self) -> str:
        """The uid in the address of the page."""
        found = re.search(r"[0-9a-f]{8}-[0-9a-f-]{27}", self.page.url)
        assert found, self.page.url
        return found[0]

    def mailed(self, pattern: str) -> str:
        """The newest thing in her mail that looks like ``pattern`` (its first group)."""
        for message in reversed(mail.outbox):
            found = re.search(pattern, str(message.body), re.MULTILINE)
            if self.email in message.to and found:
                return found[1]
        raise AssertionError(f"{self.email} has no mail with {pattern}")

    def sign_up(self) -> None:
        """Make an account on the page that asks for one, and confirm the address."""
        self.fill("Uw naam", self.name)
        self.fill("E-mailadres", self.email)
        self.press("Account maken")
        self.fill("Code", self.mailed(LOGIN_CODE))
        self.press("Bevestigen")

    def sign_in(self) -> None:
        """Sign in with the code that is mailed."""
        self.open("account_login")
        self.fill("E-mailadres", self.email)
        self.press("Stuur mij een code")
        self.fill("Code", self.mailed(LOGIN_CODE))
        self.press("Inloggen")

    def sign_in_as_staff(self) -> None:
        """Sign in, be led to make a second key, and make one with a code app."""
        self.sign_in()
        self.make_second_key()
        self.heading("Wat moet ik doen?")

    def make_second_key(self) -> None:
        """Where a second key is asked: make one with a code app."""
        self.heading("Beveilig eerst uw account")
        self.follow("App instellen")
        self._secret = self.page.locator("#sleutel").inner_text().strip()
        self._show_code("App aanzetten")
        self.heading("Uw herstelcodes")
        self.follow("Klaar, verder")

    def sign_in_again_as_staff(self) -> None:
        """Leave, and come back with both keys: the mailed code, and the code of the app."""
        self.go(self.page.get_by_role("button", name="Uitloggen"))
        self.sign_in()
        self.heading("Nog één stap")
        self._show_code("Inloggen")
        self.heading("Wat moet ik doen?")

    def leave(self) -> None:
        """Close the browser."""
        self.context.close()

    def _show_code(self, button: str) -> None:
        before = self.page.url
        for _ in range(TRIES):
            self.main.get_by_label(re.compile("[Cc]ode")).first.fill(code_of_app(self._secret))
            self.press(button)
            if self.page.url != before or not self.main.get_by_role("alert").count():
                return


def code_of_app(secret: str) -> str:
    """The six digits that a code app shows now for this secret (RFC 6238: SHA-1, 30 seconds)."""
    counter = struct.pack(">Q", int(time.time()) // 30)
    digest = hmac.digest(base64.b32decode(secret), counter, "sha1")
    start = digest[-1] & 0x0F
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 1_000_000:06}"
