"""Files as other systems write them, with made-up pupils whose names must not come through."""

import io
import zipfile

import openpyxl

NAME = "Zonnebloem"
"""Part of the name of every pupil in these files: nowhere else."""


def _csv(*rows: str) -> bytes:
    return ("\r\n".join(rows) + "\r\n").encode()


def oneroster_parts(pupils: int = 20, *, kind: str = "homeroom", version: str = "1.2") -> dict[str, bytes]:
    head = "sourcedId,status,dateLastModified"
    people = [f"u{number}" for number in range(2 * pupils)]
    enrolled = [
        f"e{place},,,{'c1' if place < pupils else 'c2'},s1,{pupil},student,,,"
        for place, pupil in enumerate(people)
    ]
    return {
        "manifest.csv": _csv(
            "propertyName,value",
            "manifest.version,1.0",
            f"oneroster.version,{version}",
            "file.classes,bulk",
            "file.enrollments,bulk",
        ),
        "orgs.csv": _csv(f"{head},name,type,identifier,parentSourcedId", "s1,,,De Linde,school,1,"),
        "classes.csv": _csv(
            f"{head},title,grades,courseSourcedId,classCode,classType,location,schoolSourcedId,termSourcedIds",
            f"c1,,,3A,03,k1,,{kind},,s1,t1",
            f'c2,,,"3B, blauw","03,04",k1,,{kind},,s1,t1',
            f"c3,tobedeleted,,old,03,k1,,{kind},,s1,t1",
            "c4,,,Wiskunde,03,k1,,scheduled,,s1,t1",
        ),
        "enrollments.csv": _csv(
            f"{head},classSourcedId,schoolSourcedId,userSourcedId,role,primary,beginDate,endDate",
            *enrolled,
            "e-twice,,,c1,s1,u0,student,,,",
            "e-gone,tobedeleted,,c1,s1,u99,student,,,",
            "e-teacher,,,c1,s1,t9,teacher,true,,",
            "e-lesson,,,c4,s1,u0,student,,,",
        ),
        "users.csv": _csv(
            f"{head},enabledUser,username,givenName,familyName",
            *(f"{p},,,true,{p},An,{NAME}" for p in people),
        ),
    }


def zipped(parts: dict[str, bytes], folder: str = "") -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(folder + name, content)
    return kept.getvalue()


def edex(pupils: int = 20, *, namespace: str = "") -> bytes:
    each = "".join(
        f'<leerling key="l{number}"><achternaam>{NAME}</achternaam><roepnaam>An</roepnaam>'
        f"<geboortedatum>2014-01-01</geboortedatum><jaargroep>5</jaargroep>"
        f'<groep key="{"g1" if number < pupils else "g2"}"/>'
        '<samengestelde_groepen><samengestelde_groep key="m1"/></samengestelde_groepen></leerling>'
        for number in range(2 * pupils)
    )
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><EDEX{namespace}>'
        "<school><schooljaar>2026-2027</schooljaar><brincode>99XX</brincode><xsdversie>2.1</xsdversie></school>"
        '<groepen><groep key="g1"><naam>5A</naam><jaargroep>5</jaargroep></groep>'
        '<groep key="g2"><naam>De Dolfijnen</naam><jaargroep>S</jaargroep></groep>'
        '<samengestelde_groep key="m1"><naam>Muziek</naam></samengestelde_groep></groepen>'
        f"<leerlingen>{each}</leerlingen>"
        f'<leerkrachten><leerkracht key="k1"><achternaam>{NAME}</achternaam>'
        '<groepen><groep key="g1"/></groepen></leerkracht>'
        "</leerkrachten></EDEX>"
    ).encode()


def pupils_csv(pupils: int = 20, *, delimiter: str = ";", encoding: str = "utf-8") -> bytes:
    rows = [("Naam", "Klas", "Leerjaar", "Opmerking")]
    rows += [(f"An {NAME} {n}", "3é", "3", "x") for n in range(pupils)]
    rows += [(f"Bo {NAME} {n}", "4B", "4", "x") for n in range(pupils)]
    return "\r\n".join(delimiter.join(row) for row in rows).encode(encoding)


def classes_xlsx() -> bytes:
    book = openpyxl.Workbook()
    for row in [
        ("Année", "Classe", "Effectif", "Titulaire"),
        ("3", "3A", 22, NAME),
        ("4", "4A", 24, NAME),
    ]:
        book.active.append(row)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


ROSTERS = {
    "oneroster": zipped(oneroster_parts()),
    "edex": edex(),
    "pupils.csv": pupils_csv(),
    "classes.xlsx": classes_xlsx(),
}
