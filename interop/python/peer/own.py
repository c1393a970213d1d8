"""An event of an institution's own, as a plugin in Python defines it."""

import attr
from openedx_events.tooling import OpenEdxPublicSignal


@attr.s(frozen=True)
class LoanData:
    """A book that a reader has borrowed."""

    isbn = attr.ib(type=str)
    days = attr.ib(type=int)


# .. event_type: org.example.library.book.lent.v1
BOOK_LENT = OpenEdxPublicSignal(event_type="org.example.library.book.lent.v1", data={"loan": LoanData})
