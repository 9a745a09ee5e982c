"""The tables: the record, which is the truth here; who may act in it; and what lists need.

`CaseRecord`, `EntryRecord` and `FileRecord` hold a case file, bit for bit. They grow only
through `peyman.web.records.record`. `CaseRow`, `EntryRow` and `ClaimRow` are projections of them:
`peyman.web.records.projections` drops and refills them. Pages read a case itself through
`peyman.web.records.readings`, never from the rows.

Where each entry makes a row, the index of the constraint that begins with the case serves
for the case too, and there is no other.
"""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class CaseRecord(models.Model):
    """The log of one case: its head, and who may read it.

    Attributes:
        slug: The case's name in addresses.
        size: How many entries it has.
        root: The root of its tree, in hex.
        checkpoint: The signed head, as it stands in the case file.
        is_public: Whether visitors may read it.
    """

    slug = models.SlugField(max_length=80, unique=True)
    origin = models.CharField(max_length=200, unique=True)
    size = models.PositiveIntegerField(default=0)
    root = models.CharField(max_length=64, default="")
    checkpoint = models.BinaryField(default=b"")
    is_public = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.origin


class EntryRecord(models.Model):
    """One leaf of a log, and its envelope; the envelope is None once it is erased."""

    case = models.ForeignKey(
        CaseRecord, models.CASCADE, related_name="entries", db_index=False
    )
    index = models.PositiveIntegerField()
    commitment = models.CharField(max_length=64)
    entered = models.CharField(max_length=20)
    envelope = models.BinaryField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "index"), name="one_entry_a_place"),
            models.UniqueConstraint(
                fields=("case", "commitment"), name="no_entry_twice"
            ),
        )
        ordering = ("case", "index")

    def __str__(self) -> str:
        return f"e{self.index}"


class FileRecord(models.Model):
    """A file that the log binds: settings, charters, registers, the bytes of sources."""

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="files")
    path = models.CharField(max_length=250)
    data = models.BinaryField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "path"), name="one_file_a_path"),
        )
        ordering = ("case", "path")

    def __str__(self) -> str:
        return self.path


class Membership(models.Model):
    """What a person is in a case, and for which office this person signs.

    Attributes:
        office: A member's two letters, or CHARTER/OFFICE; the keeper's registrar for an
            analyst.
    """

    class Role(models.TextChoices):
        """What somebody may be in a case."""

        DELEGATE = "delegate", _("delegate")
        SECRETARY = "secretary", _("secretary")
        ANALYST = "analyst", _("analyst")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="memberships"
    )
    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    office = models.CharField(max_length=100)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "case"), name="one_role_a_case"),
        )

    def __str__(self) -> str:
        return f"{self.office} in {self.case_id}"


class SignInTry(models.Model):
    """How often a password was tried for a name from an address, until it was right.

    Attributes:
        who: A digest of both under the secret of the installation, neither of them itself.
        last: When last, in seconds since 1970.
    """

    who = models.CharField(max_length=64, unique=True)
    tries = models.PositiveIntegerField()
    last = models.BigIntegerField(db_index=True)

    def __str__(self) -> str:
        return f"{self.tries} tries"


class Cosigned(models.Model):
    """A head of a case that a witness signed.

    Attributes:
        witness: Its name in this server's policy: a member's two letters, or another.
        size: Of how many entries.
        at: When, by the witness's clock, in seconds since 1970.
        line: The signature line as it stands on the checkpoint.
    """

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="cosigned")
    witness = models.CharField(max_length=128)
    size = models.PositiveIntegerField()
    root = models.CharField(max_length=64)
    at = models.BigIntegerField()
    line = models.CharField(max_length=4000)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "witness", "size"), name="one_line_a_head"
            ),
        )
        ordering = ("case", "witness", "size")

    def __str__(self) -> str:
        return f"{self.witness} at {self.size}"


class Unsigned(models.Model):
    """A witness that did not sign the last head it was shown, until it signs one.

    Attributes:
        status: What it answered; 0 where it could not be reached.
        seen: The size that it says it has seen; None where it says none.
        at: When it was last asked, in seconds since 1970.
    """

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="unsigned")
    witness = models.CharField(max_length=128)
    status = models.PositiveIntegerField()
    seen = models.PositiveIntegerField(null=True)
    at = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "witness"), name="one_last_answer"),
        )

    def __str__(self) -> str:
        return f"{self.witness}: {self.status}"


class ForkRecord(models.Model):
    """Evidence that two heads of a case contradict each other (`peyman.ledger.witnesses.fork`).

    Attributes:
        witness: Who had seen the other head.
        data: The evidence, as a file.
    """

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="forks")
    witness = models.CharField(max_length=128)
    digest = models.CharField(max_length=64)
    data = models.BinaryField()
    at = models.BigIntegerField()

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("case", "digest"), name="no_evidence_twice"
            ),
        )
        ordering = ("case", "at", "pk")

    def __str__(self) -> str:
        return f"{self.witness}: {self.digest[:16]}"


# ------------------------------------------------------------------------ projections


class CaseRow(models.Model):
    """What the list of cases shows. Times are seconds since 1970."""

    case = models.OneToOneField(
        CaseRecord, models.CASCADE, related_name="row", primary_key=True
    )
    title_en = models.CharField(max_length=300)
    title_fa = models.CharField(max_length=300)
    title_ru = models.CharField(max_length=300)
    zone = models.CharField(max_length=64)
    kept = models.CharField(max_length=13)
    register = models.CharField(max_length=60, blank=True)
    charters = models.JSONField()
    size = models.PositiveIntegerField()
    first_at = models.BigIntegerField(null=True)
    last_entered = models.BigIntegerField()

    def __str__(self) -> str:
        return self.title_en

    def title(self, language: str) -> str:
        """The title in a language, else in English."""
        return str(getattr(self, f"title_{language}", "") or self.title_en)


class EntryRow(models.Model):
    """What lists of entries and the search show. Times are seconds since 1970.

    Attributes:
        at_lo: When it happened, at the earliest; None where the source has no date.
        words: Everything that can be searched, folded.
    """

    case = models.ForeignKey(
        CaseRecord, models.CASCADE, related_name="rows", db_index=False
    )
    index = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    known_as = models.CharField(max_length=10)
    at_lo = models.BigIntegerField(null=True)
    at_hi = models.BigIntegerField(null=True)
    entered = models.BigIntegerField()
    signer = models.CharField(max_length=100)
    words = models.TextField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "index"), name="one_row_an_entry"),
        )
        indexes = (models.Index(fields=("case", "kind", "index"), name="rows_by_kind"),)
        ordering = ("case", "index")

    def __str__(self) -> str:
        return f"e{self.index}"


class ClaimRow(models.Model):
    """What the list of claims filters by: its type, who says it, and how far it is held."""

    case = models.ForeignKey(
        CaseRecord, models.CASCADE, related_name="claims", db_index=False
    )
    index = models.PositiveIntegerField()
    source = models.PositiveIntegerField(null=True)
    form = models.CharField(max_length=20)
    type = models.CharField(max_length=60, blank=True)
    speaker = models.CharField(max_length=200)
    status = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("case", "index"), name="one_row_a_claim"),
        )
        ordering = ("case", "index")

    def __str__(self) -> str:
        return f"e{self.index}"
