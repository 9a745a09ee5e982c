"""The tables: the record, which is the truth here; who may act in it; and what lists need.

`CaseRecord`, `EntryRecord` and `FileRecord` hold a case file, bit for bit. They grow only
through `peyman.web.record`. `CaseRow`, `EntryRow` and `ClaimRow` are projections of them:
`peyman.web.projections` drops and refills them. Pages read a case itself through
`peyman.web.readings`, never from the rows.
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

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="entries")
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

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="rows")
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

    case = models.ForeignKey(CaseRecord, models.CASCADE, related_name="claims")
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
