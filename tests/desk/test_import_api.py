"""`POST /api/import/{kind}`: who may, in which formats, and that the report is the command's."""

from pathlib import Path
from typing import Any

import pytest

from hotline.core import Hotline
from hotline.imports.files import MOST_BYTES
from hotline.partners.record_rows import ContractRow
from hotline.partners.rows import PartnerRow
from hotline.staff.service import add_staff
from tests.conftest import LEAD, staff_of
from tests.core.desk_work import journal
from tests.core.import_work import rows
from tests.desk.conftest import staff_token
from tests.desk.people import Client, Json, StaffApi, bearer, refusal_of

EXAMPLES = Path(__file__).parents[2] / "docs/import"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CONTRACT = {
    "partner_id": "P-1001", "number": "C-1", "starts_on": "2026-01-01", "ends_on": "2026-12-31",
    "status": "active", "renewal": "automatic",
}  # fmt: skip

pytestmark = pytest.mark.both


async def send(api: StaffApi, kind: str, *, query: str = "", **body: Any) -> Json:
    answer = await api.client.post(
        f"/api/import/{kind}{query}",
        headers=bearer(api.token) | body.pop("headers", {}),
        **body,
    )
    assert answer.status == 200, await answer.text()
    told: Json = await answer.json()
    return told


def file(name: str, kind: str) -> Json:
    return {"data": (EXAMPLES / name).read_bytes(), "headers": {"Content-Type": kind}}


async def test_a_contract_comes_as_json_and_is_tried_first(
    lead_api: StaffApi, hotline: Hotline
) -> None:
    body = {"rows": [CONTRACT, {**CONTRACT, "number": "C-2", "partner_id": "P-0000"}]}
    tried = await send(lead_api, "contracts", query="?dry_run=1", json=body)
    assert await rows(hotline, ContractRow) == []
    assert await journal(hotline) == []
    done = await send(lead_api, "contracts", json=body)
    assert done == tried
    assert (done["created"], done["updated"], done["unchanged"]) == (1, 0, 0)
    [error] = done["errors"]
    assert (error["line"], error["column"]) == (2, "partner_id")
    [row] = await rows(hotline, ContractRow)
    assert (row["number"], row["source"]) == ("C-1", "api")
    [entry] = await journal(hotline)
    lead = await staff_of(hotline, LEAD)
    assert (entry.kind, entry.actor) == ("import.done", f"staff:{lead.id}")


async def test_a_file_and_a_workbook_give_the_same_report(
    lead_api: StaffApi, hotline: Hotline
) -> None:
    first = await send(lead_api, "partners", **file("partners.csv", "text/csv; charset=utf-8"))
    assert first == {"created": 4, "updated": 0, "unchanged": 0, "errors": []}
    there = await rows(hotline, PartnerRow)
    second = await send(lead_api, "partners", **file("partners.xlsx", XLSX))
    assert second == {"created": 0, "updated": 0, "unchanged": 4, "errors": []}
    assert await rows(hotline, PartnerRow) == there


async def test_a_channel_manager_may_and_others_may_not(
    client: Client, engineer_api: StaffApi, hotline: Hotline
) -> None:
    await add_staff(
        hotline.database, email="cm@hotline.example", name="林", name_en="Lin",
        role="channel_manager", queues=("other",), password="a-long-password",
    )  # fmt: skip
    manager = StaffApi(client, await staff_token(hotline, "cm@hotline.example"))
    assert (await send(manager, "contracts", json=[CONTRACT]))["created"] == 1
    for headers, refusal in (
        (bearer(engineer_api.token), (403, "not_allowed")),
        ({}, (401, "unauthorized")),
        (bearer("nonsense"), (401, "unauthorized")),
    ):
        for kind in ("contracts", "nonsense"):  # who may not, learns nothing of what there is
            answer = await client.post(f"/api/import/{kind}", json=[CONTRACT], headers=headers)
            assert await refusal_of(answer) == refusal
    assert len(await rows(hotline, ContractRow)) == 1


@pytest.mark.parametrize(
    ("path", "body", "status", "detail"),
    [
        ("staff", {"json": []}, 404, "contracts"),
        ("contracts?dry_run=perhaps", {"json": []}, 400, "dry_run must be 1 or 0"),
        ("contracts", {"data": b"a,b"}, 400, "the body must be application/json, text/csv"),
        ("contracts", {"data": b"{", "headers": {"Content-Type": "application/json"}}, 400, "JSON"),
        ("contracts", {"json": [{"colour": "red"}]}, 400, "none of the columns of contracts"),
        ("contracts", {"json": {"rows": "many"}}, 400, "a list of objects"),
        ("contracts", {"data": b"PK\3\4", "headers": {"Content-Type": XLSX}}, 400, "not an Excel"),
        (
            "contracts",
            {"data": b"x" * (MOST_BYTES + 1), "headers": {"Content-Type": "text/csv"}},
            413,
            "more than 10 MB",
        ),
    ],
)
async def test_what_cannot_be_read_is_refused_with_the_reason(
    lead_api: StaffApi, hotline: Hotline, path: str, body: Json, status: int, detail: str
) -> None:
    headers = bearer(lead_api.token) | body.get("headers", {})
    answer = await lead_api.client.post(f"/api/import/{path}", **{**body, "headers": headers})
    assert answer.status == status
    assert detail in (await answer.json())["error"]["detail"]
    assert await journal(hotline) == []


async def test_no_rows_are_no_fault(lead_api: StaffApi) -> None:
    nothing = {"created": 0, "updated": 0, "unchanged": 0, "errors": []}
    assert await send(lead_api, "contracts", json={"rows": []}) == nothing
