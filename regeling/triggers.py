"""What stays as it was written: revisions and their life, calls' rules, and the ledger."""

from timeline.triggers import Allowed, Immutable

AUTHOR = (
    "EXISTS (SELECT 1 FROM regeling_concepttext t "
    "WHERE t.concept_id = {concept} AND t.person_id = {person})"
)
APPROVED = (
    "EXISTS (SELECT 1 FROM regeling_conceptcheck k JOIN regeling_concept c ON c.id = k.concept_id "
    "WHERE c.id = {concept} AND k.number = {version} AND k.approved AND NOT EXISTS "
    "(SELECT 1 FROM regeling_conceptcheck l WHERE l.concept_id = k.concept_id AND l.id > k.id "
    "AND l.number = k.number AND NOT l.approved))"
)
STATE = "(SELECT c.state FROM regeling_concept c WHERE c.id = {concept})"
VERSION = "(SELECT c.version FROM regeling_concept c WHERE c.id = NEW.concept_id)"
PUBLISHED = "EXISTS (SELECT 1 FROM regeling_publication p WHERE p.concept_id = NEW.id)"
WORKING = "OLD.state IN ('concept', 'checked')"
FORWARD = (
    f"({WORKING} AND NEW.state IN ('concept', 'dropped')) OR ({WORKING} AND NEW.state = 'checked' "
    f"AND {APPROVED.format(concept='NEW.id', version='NEW.version')}) OR "
    f"(OLD.state = 'checked' AND NEW.state = 'published' AND {PUBLISHED})"
)
AT_WORK = f"{STATE.format(concept='NEW.concept_id')} IN ('concept', 'checked')"
BY_ANOTHER = (
    f"{STATE.format(concept='NEW.concept_id')} = 'checked' "
    f"AND {APPROVED.format(concept='NEW.concept_id', version=VERSION)} "
    "AND NEW.published_by_id IS NOT NULL "
    f"AND NOT {AUTHOR.format(concept='NEW.concept_id', person='NEW.published_by_id')}"
)

LIFE = [
    # A text that was published or dropped is not worked on any more.
    Immutable(
        "regeling_concept_ended",
        "regeling_concept",
        when="OLD.state IN ('published', 'dropped')",
    ),
    Immutable(
        "regeling_concept_kept",
        "regeling_concept",
        columns=("uid", "authority_id", "slug", "based_on_id", "made_by_id", "made_at"),
    ),
    Allowed("regeling_concept_forward", "regeling_concept", columns=("state",), allowed=FORWARD),
    # A checked text cannot move under its check.
    Allowed(
        "regeling_concept_checked",
        "regeling_concept",
        columns=("version",),
        allowed="NEW.state = 'concept' AND NEW.version = OLD.version + 1",
    ),
    Immutable("regeling_concept_text_kept", "regeling_concepttext"),
    Allowed(
        "regeling_concept_text_added",
        "regeling_concepttext",
        act="INSERT",
        allowed=AT_WORK,
    ),
    Immutable("regeling_concept_check_kept", "regeling_conceptcheck"),
    # Four eyes: who wrote one of the texts neither checks it nor publishes it.
    Allowed(
        "regeling_concept_check_added",
        "regeling_conceptcheck",
        act="INSERT",
        allowed=(
            f"{AT_WORK} AND NOT {AUTHOR.format(concept='NEW.concept_id', person='NEW.person_id')}"
        ),
    ),
    Immutable("regeling_publication_kept", "regeling_publication"),
    Allowed(
        "regeling_publication_added",
        "regeling_publication",
        act="INSERT",
        allowed=(
            f"NEW.in_force_at >= NEW.published_at AND (NEW.concept_id IS NULL OR ({BY_ANOTHER}))"
        ),
    ),
    Immutable("regeling_withdrawal_kept", "regeling_revisionwithdrawal"),
    Immutable("regeling_amendment_kept", "regeling_callamendment"),
    Allowed(
        "regeling_amendment_added",
        "regeling_callamendment",
        act="INSERT",
        allowed=(
            "EXISTS (SELECT 1 FROM regeling_publication p WHERE p.revision_id = NEW.after_id "
            "AND p.in_force_at <= NEW.made_at)"
        ),
    ),
    Immutable(
        "regeling_share_kept",
        "regeling_conceptshare",
        columns=("uid", "concept_id", "token_hash", "label", "made_by_id", "made_at", "ends_at"),
    ),
    Immutable(
        "regeling_share_revoked",
        "regeling_conceptshare",
        columns=("revoked_at",),
        when="OLD.revoked_at IS NOT NULL",
        deletable=True,
    ),
    Immutable(
        "regeling_remark_kept",
        "regeling_conceptremark",
        columns=("share_id", "concept_id", "path", "text", "made_at"),
    ),
    # A reader's name can be forgotten, and never become another one.
    Allowed(
        "regeling_remark_name",
        "regeling_conceptremark",
        columns=("name",),
        allowed="NEW.name = ''",
    ),
]

UNFINISHED = (
    "EXISTS (SELECT 1 FROM regeling_evaluation e "
    "WHERE e.id = {row}.evaluation_id AND e.finished_at IS NULL)"
)

TRIGGERS = [
    *LIFE,
    Immutable("regeling_revision_kept", "regeling_revision"),
    Immutable("regeling_posting_kept", "regeling_posting"),
    Immutable("regeling_line_kept", "regeling_postingline"),
    Immutable("regeling_change_kept", "regeling_ceilingchange"),
    Immutable(
        "regeling_call_kept",
        "regeling_call",
        columns=("uid", "revision_id", "kind", "opens_at", "distribution_rule"),
    ),
    Allowed(
        "regeling_removal_of_tests",
        "regeling_callremoval",
        act="INSERT",
        allowed=(
            "EXISTS (SELECT 1 FROM regeling_call c WHERE c.id = NEW.call_id AND c.kind = 'test')"
        ),
    ),
    Immutable("regeling_removal_kept", "regeling_callremoval", deletable=True),
    Immutable(
        "regeling_evaluation_kept", "regeling_evaluation", when="OLD.finished_at IS NOT NULL"
    ),
    *(
        Allowed(
            f"regeling_finding_{word}",
            "regeling_finding",
            act=act,
            allowed=UNFINISHED.format(row=row),
        )
        for word, act, row in (
            ("added", "INSERT", "NEW"),
            ("changed", "UPDATE", "OLD"),
            ("dropped", "DELETE", "OLD"),
        )
    ),
]
