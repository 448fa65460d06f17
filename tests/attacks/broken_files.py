"""Ways to break a good file, the same each time: cut, flipped, swollen, in other letters, packed."""

import io
import zipfile
from collections.abc import Callable, Iterator
from random import Random

Break = Callable[[bytes, Random], bytes]


def cut(content: bytes, random: Random) -> bytes:
    return content[: random.randrange(len(content))]


def flipped(content: bytes, random: Random) -> bytes:
    bent = bytearray(content)
    for _ in range(random.randint(1, 40)):
        bent[random.randrange(len(bent))] ^= 1 << random.randrange(8)
    return bytes(bent)


def nul(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content))
    return content[:place] + b"\0" * random.randint(1, 9) + content[place:]


def other_letters(content: bytes, random: Random) -> bytes:
    encoding = random.choice(["utf-16-le", "utf-16-be", "utf-32", "cp500", "latin-1", "utf-7"])
    return content.decode("latin-1").encode(encoding)


def huge_cell(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content))
    return content[:place] + b"x" * random.choice([9_000, 200_000]) + content[place:]


def twice(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content))
    return content[place:] + content[:place] if random.random() < 0.5 else content + content


def other_columns(content: bytes, random: Random) -> bytes:
    top, _newline, rest = content.partition(b"\n")
    signs = bytearray(top)
    random.shuffle(signs)
    return bytes(signs) + b"\n" + rest


def quoted(content: bytes, random: Random) -> bytes:
    place = random.randrange(len(content))
    return content[:place] + random.choice([b'"', b"<", b">", b"&", b"]]>", b",,,,"]) + content[place:]


def laughing(content: bytes, random: Random) -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, random.randint(3, 12)))
    start = f'<?xml version="1.0"?><!DOCTYPE EDEX [<!ENTITY e0 "ha">{entities}]><EDEX><groepen>&e2;'
    return start.encode() + content


def deep(content: bytes, random: Random) -> bytes:
    return b"<EDEX>" + b"<groepen>" * random.choice([50, 5_000]) + content


def bomb(_content: bytes, random: Random) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        name = random.choice(["classes.csv", "[Content_Types].xml", "survey.xml"])
        archive.writestr(name, b"0" * 12 * 2**20)
        archive.writestr("enrollments.csv", b"a")
    return kept.getvalue()


def part_changed(content: bytes, random: Random) -> bytes:
    """One part of an archive broken in one of the other ways; a file that is no archive is flipped."""
    if not content.startswith(b"PK"):
        return flipped(content, random)
    kept = io.BytesIO()
    pack = zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED)
    with zipfile.ZipFile(io.BytesIO(content)) as good, pack as bent:
        names = good.namelist()
        chosen = random.choice(names)
        for name in names:
            part = good.read(name)
            is_it = name == chosen and part
            bent.writestr(name, random.choice(PLAIN)(part, random) if is_it else part)
    return kept.getvalue()


PLAIN: tuple[Break, ...] = (cut, flipped, nul, other_letters, huge_cell, twice, other_columns, quoted)
ALL: tuple[Break, ...] = (*PLAIN, part_changed, part_changed, laughing, deep, bomb)


def broken(content: bytes, *, count: int, seed: int = 8) -> Iterator[tuple[str, bytes]]:
    """`count` broken files, each with the name of what was done to it."""
    random = Random(seed)  # noqa: S311 - the same files each time
    for number in range(count):
        how = ALL[number % len(ALL)]
        yield f"{number}-{how.__name__}", how(content, random)
