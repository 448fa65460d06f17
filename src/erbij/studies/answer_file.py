"""An answer file: on a disk, or only in memory, where a server reads what was sent to it."""

import io
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class InMemory:
    """A file that never touches a disk; a reader asks it what it would ask a path.

    >>> InMemory("answers.CSV", b"q1").suffix
    '.CSV'
    """

    name: str
    content: bytes = field(repr=False)

    @property
    def suffix(self) -> str:
        """The end of the name, with its full stop."""
        return Path(self.name).suffix

    def open(self, _mode: str = "rb") -> io.BufferedReader:
        """The bytes as a file that is open."""
        return io.BufferedReader(io.BytesIO(self.content))

    def read_bytes(self) -> bytes:
        """All bytes."""
        return self.content


AnswerFile = Path | InMemory
