"""Reads of the mapping app."""

from erbij.privacy import likeness
from erbij.web.mapping.models import ToldFile
from erbij.web.results.models import ReleaseRecord
from erbij.web.surveys.models import Wave


def told_files(school_id: int) -> list[ToldFile]:
    """The files that were told, newest first; needs the scope of the school."""
    return list(ToldFile.objects.filter(school_id=school_id))


def told_before(school_id: int, *, file_hash: str, rows: list[str], key: bytes) -> list[ToldFile]:
    """What was told of these answers or nearly the same ones; needs the scope of the school."""
    return [
        kept
        for kept in told_files(school_id)
        if kept.file_hash == file_hash or likeness.is_alike(kept.likeness, rows, key)
    ]


def has_asked(school_id: int) -> bool:
    """Whether there is a survey or a result here, or a file was told; needs the scope of the school."""
    kinds = (Wave, ReleaseRecord, ToldFile)
    return any(kind.objects.filter(school_id=school_id).exists() for kind in kinds)
