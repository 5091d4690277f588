"""Logins, the people and parties behind them, and what they may do."""

from accounts.models.authority import Authority
from accounts.models.grant import Grant
from accounts.models.party import (
    Group,
    GroupMember,
    Invitation,
    Organisation,
    OrganisationMember,
    Party,
    Person,
)
from accounts.models.secret import SecretNumber
from accounts.models.user import User

__all__ = [
    "Authority",
    "Grant",
    "Group",
    "GroupMember",
    "Invitation",
    "Organisation",
    "OrganisationMember",
    "Party",
    "Person",
    "SecretNumber",
    "User",
]
