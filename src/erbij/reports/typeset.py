"""Pages on paper: a template of Typst and its data become a tagged PDF, in memory only.

The templates stand in typeset/; they hold no words. What is shown goes in as data, never as source: a
name with a `#` in it is a name.
"""

import json
from collections.abc import Mapping
from pathlib import Path

import typst

from erbij.errors import ReportError

HERE = Path(__file__).parent
TEMPLATES = HERE / "typeset"
FONTS = HERE / "fonts"


def pdf(template: str, data: Mapping[str, object]) -> bytes:
    """Set one document.

    Parameters
    ----------
    template
        Name of a file in typeset/, without `.typ`.
    data
        What the template reads, as JSON can hold it; `language` and `title` always, as a code of two
        letters and a text. Pictures are SVG as text.

    Returns
    -------
    bytes
        A PDF of A4 pages. No clock is in it: the same data gives the same text and no date.

    Raises
    ------
    ReportError
        There is no such template, or it can't be set with these data. The message quotes no data.

    Examples
    --------
    >>> pdf("sheet", {"language": "en", "title": "T", "subtitle": "", "lines": ["a"], "code": ""})[:5]
    b'%PDF-'
    """
    known = sorted(path.stem for path in TEMPLATES.glob("[!_]*.typ"))
    if template not in known:
        raise ReportError("there is no such template", found=template, allowed=known)
    try:
        return typst.compile(
            TEMPLATES / f"{template}.typ",
            root=TEMPLATES,
            font_paths=[FONTS],
            ignore_system_fonts=True,
            sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
            pdf_standards=["ua-1"],  # readable with a screen reader: Typst refuses what breaks it
        )
    except typst.TypstError as problem:
        # Without `from`: what Typst quotes may be a code that stands nowhere else.
        message = problem.message.split("\n", 1)[0]
        raise ReportError(f"can't be set ({message})", where=(template,)) from None


def png(svg: str, *, dots: float = 144) -> bytes:
    """A drawing as dots, in our letters, for programs that read no SVG: 640 points wide, on white.

    Parameters
    ----------
    svg
        A drawing that stands alone.
    dots
        In an inch of 72 points.
    """
    made: bytes = typst.compile(
        TEMPLATES / "_picture.typ",
        font_paths=[FONTS],
        ignore_system_fonts=True,
        sys_inputs={"svg": svg},
        format="png",
        ppi=dots,
    )
    return made
