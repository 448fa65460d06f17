"""That a scan was started or finished is written as an act of staff, once; what was found is not."""

from typing import Any

from django_scopes import scope

from erbij.web.records import acting, queries
from erbij.web.records.services import Kind
from erbij.web.scans import services
from tests.web.plans.conftest import TODAY

MINE = (Kind.SCAN_STARTED, Kind.SCAN_FINISHED)


def test_a_scan_is_written_when_it_starts_and_when_it_is_finished(cast: Any, start: Any) -> None:
    noor = cast.people["team-member"]
    with acting.by(noor):
        start()
        scan = start(finished=True)
    with scope(school=cast.school):
        services.finish(scan=scan, today=TODAY)
        written = [(act.kind, act.thing, act.who) for act in reversed(queries.acts()) if act.kind in MINE]
    assert written == [(kind, "scan:welcome", noor.name) for kind in MINE]
