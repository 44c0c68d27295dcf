"""The folder of articles while the hotline runs: edits count, faults do no harm."""

from pathlib import Path

from tests.knowledge.articles import library, written


def test_an_edited_article_counts_without_a_restart(tmp_path: Path) -> None:
    file = written(tmp_path)
    shelves = library(tmp_path)
    assert "洗" in shelves.shelf().articles["coffee"].wordings["zh-TW"].short
    assert shelves.index(["coffee"]).rank("咖啡機").ranked
    file.write_text(file.read_text("utf-8").replace("咖啡", "奶茶"), "utf-8")
    assert "奶茶" in shelves.shelf().articles["coffee"].wordings["zh-TW"].title
    assert shelves.index(["coffee"]).rank("奶茶機").ranked[0].parts["title"] > 0


def test_new_ones_are_found_and_deleted_ones_are_gone(tmp_path: Path) -> None:
    file = written(tmp_path)
    shelves = library(tmp_path)
    written(tmp_path / "more", "tea")
    assert set(shelves.shelf().articles) == {"coffee", "tea"}
    file.unlink()
    assert set(shelves.shelf().articles) == {"tea"}


def test_a_broken_edit_is_told_and_the_version_before_goes_on(tmp_path: Path) -> None:
    file = written(tmp_path)
    shelves = library(tmp_path)
    shelves.shelf()
    file.write_text(file.read_text("utf-8").replace("owner: other", "owner: me"), "utf-8")
    [fault] = shelves.shelf().faults
    assert (fault.file, fault.line) == (f"{tmp_path.name}/coffee.md", 5)
    assert set(shelves.shelf().articles) == {"coffee"}


def test_drafts_are_not_articles(tmp_path: Path) -> None:
    written(tmp_path / "drafts", "tea")
    assert library(tmp_path).shelf().articles == {}


def test_links_and_ids_are_checked_across_files(tmp_path: Path) -> None:
    written(tmp_path / "a", "coffee", ("related: []", "related: [milk]"))
    written(tmp_path / "b", "coffee")
    written(tmp_path / "a", "tea", ("先關機", "見[咖啡](article:sugar)"))
    told = [fault.reason for fault in library(tmp_path).shelf().faults]
    assert [reason for reason in told if "same id" in reason]
    assert {"links to milk, which is no article", "links to sugar, which is no article"} <= {*told}


def test_synonyms_are_read_again_and_a_bad_list_is_told(tmp_path: Path) -> None:
    written(tmp_path)
    words = tmp_path / "synonyms.yml"
    shelves = library(tmp_path)
    assert not shelves.index(["coffee"]).rank("espresso").ranked
    words.write_text("- [咖啡, espresso]\n", "utf-8")
    shelves.shelf()
    assert shelves.index(["coffee"]).rank("espresso").ranked
    words.write_text("- espresso\n", "utf-8")
    [fault] = shelves.shelf().faults
    assert fault.reason == "is a list of lists of words"


def test_a_folder_that_is_not_there_is_an_empty_one(tmp_path: Path) -> None:
    assert library(tmp_path / "none").shelf().articles == {}
