"""The one kind of error that a person can fix.

Everything else is a fault of ours and is left to crash. An article that is not met is
neither: it is a finding of `peyman.charter`, with a reason.
"""


class PeymanError(Exception):
    """Something a person can put right: what is wrong, who says so, what to do next.

    Args:
        problem: What is wrong, one sentence with the names and places that matter.
        authority: The article, section of a format, or fact that makes it wrong.
        remedy: What the person can do next, one sentence in the imperative.

    >>> print(PeymanError("It is empty.", authority="RECORD 6", remedy="Ask again."))
    It is empty.
      Authority: RECORD 6
      Next step: Ask again.
    """

    def __init__(self, problem: str, *, authority: str, remedy: str) -> None:
        super().__init__(problem)
        self.problem = problem
        self.authority = authority
        self.remedy = remedy

    def __str__(self) -> str:
        return (
            f"{self.problem}\n  Authority: {self.authority}\n  Next step: {self.remedy}"
        )
