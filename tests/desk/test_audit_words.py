"""The audit in words: every kind and field that is journalled has some in both languages."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from desk.pages import ROOT as DESK
from hotline.core import Hotline
from hotline.journal import write_entry
from hotline.partners.service import Contact
from hotline.staff.service import Staff
from hotline.tickets import amending, handling
from hotline.versions import CHANGED
from hotline.words.catalogue import Catalogue
from tests.conftest import LEAD
from tests.core.desk_work import opened
from tests.core.test_arrows import files_of, module_of
from tests.desk.console_pages import page, sign_in
from tests.desk.people import Client

AUDIT = "/console/audit"
KIND = re.compile(r"[a-z_]+\.[a-z_]+")
NOT_DETAIL = {"conversation_id", "ticket_id"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Module:
    """A module of ours, with the names that stand for a text in it."""

    tree: ast.Module
    texts: dict[str, str]


def name_of(called: ast.expr) -> str:
    return called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")


def texts_of(tree: ast.Module) -> Iterator[tuple[str, str]]:
    for node in tree.body:
        if not isinstance(node, ast.Assign):
            continue
        values = node.value.elts if isinstance(node.value, ast.Tuple) else [node.value]
        for target in node.targets:
            names = target.elts if isinstance(target, ast.Tuple) else [target]
            for name, value in zip(names, values, strict=False):
                if isinstance(value, ast.Constant) and isinstance(value.value, str):
                    yield name_of(name), value.value


@cache
def modules() -> tuple[Module, ...]:
    """The core and the desk, each module with what it imports of the others' texts, too."""
    trees = {
        module_of(file): ast.parse(file.read_text(encoding="utf-8"))
        for package in ("hotline", "desk")
        for file in files_of(package)
    }
    own = {name: dict(texts_of(tree)) for name, tree in trees.items()}
    found = []
    for name, tree in trees.items():
        imported: dict[str, str] = {}
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom):
                texts = own.get(f"{node.module}", {})
                for alias in node.names:
                    if alias.name in texts:
                        imported[alias.name] = texts[alias.name]
                    module = own.get(f"{node.module}.{alias.name}", {})
                    imported |= {f"{alias.name}.{text}": said for text, said in module.items()}
        found.append(Module(tree, imported | own[name]))
    return tuple(found)


def functions() -> Iterator[tuple[Module, Function]]:
    for module in modules():
        for node in ast.walk(module.tree):
            if isinstance(node, Function):
                yield module, node


def calls(function: Function, names: set[str]) -> Iterator[ast.Call]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call) and name_of(node.func) in names:
            yield node


def parameters(function: Function) -> set[str]:
    return {one.arg for one in (*function.args.args, *function.args.kwonlyargs)}


@cache
def writers() -> frozenset[str]:
    """What journals, or hands a `kind` on to what does."""
    known: set[str] = set()
    more = {"write_entry"}
    while more - known:
        known |= more
        more = {
            function.name
            for _module, function in functions()
            if "kind" in parameters(function)
            for call in calls(function, known)
            if any(isinstance(one, ast.Name) and one.id == "kind" for one in call.args)
        }
    return frozenset(known)


def kinds_in(module: Module, node: ast.AST) -> Iterator[str]:
    for one in ast.walk(node):
        said = None
        if isinstance(one, ast.Name | ast.Attribute):
            said = module.texts.get(ast.unparse(one))
        elif isinstance(one, ast.Constant):
            said = one.value if isinstance(one.value, str) else None
        if said is not None and KIND.fullmatch(said):
            yield said


def kinds() -> set[str]:
    found = set(CHANGED)  # put together from their subjects
    for module, function in functions():
        written = [*calls(function, {*writers()})]
        for call in written:
            for argument in call.args:
                found.update(kinds_in(module, argument))
        if written:  # by a name of its own, or by default
            for node in ast.walk(function):
                if isinstance(node, ast.Assign) and name_of(node.targets[0]) == "kind":
                    found.update(kinds_in(module, node.value))
            for default in (*function.args.defaults, *function.args.kw_defaults):
                if default is not None:
                    found.update(kinds_in(module, default))
        for call in calls(function, {"Look"}):  # what a look is journalled as
            for keyword in call.keywords:
                if keyword.arg == "kind":
                    found.update(kinds_in(module, keyword.value))
    return found


def test_every_kind_that_is_journalled_has_words_in_both_languages() -> None:
    found = kinds()
    examples = {"ticket.moved", "ticket.reached", "ticket.viewed", "conversation.viewed",
                "staff.password_reset", "rota.changed", "record.refused", "file.viewed",
                "calendar.changed", "retention.done"}  # fmt: skip
    assert examples <= found
    catalogue = Catalogue.load(DESK / "words/console.yml")
    assert sorted(kind for kind in found if f"audit.kind.{kind}" not in catalogue) == []


def test_every_field_that_is_journalled_has_words_in_both_languages() -> None:
    found = {
        keyword.arg
        for _module, function in functions()
        for call in calls(function, {"write_entry", "added", "changed", "_note", "_journal"})
        for keyword in call.keywords
        if keyword.arg is not None
    } - NOT_DETAIL
    assert {"state", "queue", "move", "tried", "stands"} <= found
    catalogue = Catalogue.load(DESK / "words/console.yml")
    assert sorted(field for field in found if f"audit.field.{field}" not in catalogue) == []


async def test_the_audit_is_in_words_with_the_codes_behind_them(
    client: Client, hotline: Hotline, contact: Contact, engineer: Staff, lead: Staff
) -> None:
    ticket = await opened(hotline, contact)
    await handling.claim(hotline, engineer, ticket.number)
    await amending.amend(hotline, lead, ticket.number, "assignee", f"{lead.id}")
    async with hotline.database.write() as session:
        await write_entry(
            session, hotline.now(), "thing.unheard_of", f"staff:{lead.id}",
            odd="what", state="gone", session_id="0a" * 16,
        )  # fmt: skip
    await sign_in(client, LEAD)
    text = await page(client, f"{AUDIT}?lang=zh-TW")
    for said in (
        '<span title="ticket.claimed">認領</span>',
        '<span title="ticket.amended">改了資料</span>',
        '<span title="state=open">狀態：處理中</span>',
        '<span title="queue=technical">佇列：技術</span>',
        '<span title="fact=assignee">項目：負責人</span>',
        f'<span title="before={engineer.id}">原本：{engineer.name}</span>',
        f'<span title="to={lead.id}">改為：{lead.name}</span>',
        '<span title="thing.unheard_of">thing.unheard_of</span>',
        f'<span title="session_id={"0a" * 16}">登入：…0a0a0a</span>',
        '<span title="odd=what">odd：what</span>',
        '<span title="state=gone">狀態：gone</span>',
    ):
        assert said in text, said
    text = await page(client, f"{AUDIT}?lang=en")
    assert '<span title="ticket.claimed">claimed</span>' in text
    assert '<span title="state=open">state: In progress</span>' in text
