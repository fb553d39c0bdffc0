"""The cache as a folder: whole pieces, bounds, rights; and as the command shows it."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

import convert
from convert import pipeline
from convert.cache import Cache, folder, is_off
from tests.bench.texts import prose
from tests.test_cli import quire


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("QUIRE_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def files(home: Path) -> list[Path]:
    return [path for path in sorted(home.rglob("*")) if path.is_file()]


def test_a_piece_is_there_for_the_next_build_and_for_nobody_else(home: Path) -> None:
    Cache().put("a", b"piece")
    assert Cache().get("a") == b"piece"
    assert Cache().get("b") is None
    if os.name == "posix":
        assert stat.S_IMODE(home.stat().st_mode) == 0o700


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "gone"])
def test_a_damaged_piece_is_none_and_can_be_put_again(home: Path, damage: str) -> None:
    Cache().put("a", b"piece of work")
    (path,) = files(home)
    data = path.read_bytes()
    if damage == "gone":
        path.unlink()
    else:
        path.write_bytes({"cut": data[:-1], "changed": data[:-1] + b"!", "empty": b""}[damage])
    assert Cache().get("a") is None
    Cache().put("a", b"piece of work")
    assert Cache().get("a") == b"piece of work"


def test_other_code_has_other_pieces(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Cache().put("a", b"old")
    monkeypatch.setattr(convert, "__version__", "9")
    assert Cache().get("a") is None


@pytest.mark.skipif(os.name != "posix", reason="rights")
def test_a_folder_that_others_may_write_in_is_not_used(home: Path) -> None:
    Cache().put("a", b"piece")
    home.chmod(0o777)
    assert Cache().get("a") is None
    Cache().put("b", b"piece")
    home.chmod(0o700)
    assert Cache().get("a") == b"piece"
    assert Cache().get("b") is None


def test_no_folder_no_cache(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    kept = Cache(tmp_path / "file" / "cache")
    kept.put("a", b"piece")
    assert kept.get("a") is None
    kept.tidy()


def test_some_words_are_no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    for word, off in {
        "off": True,
        "OFF": True,
        "0": True,
        "no": True,
        "False": True,
        "": False,
        "./off": False,
        "on": False,
    }.items():
        monkeypatch.setenv("QUIRE_CACHE", word)
        assert is_off() is off
        assert (folder() == Path(word)) is bool(word and not off)


def test_a_word_switches_it_off_and_makes_no_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "usual"))
    monkeypatch.setattr(pipeline, "LONG", 0)
    (tmp_path / "a.md").write_text("# 题\n\n文。\n", "utf-8")
    for value, kept in (("off", False), ("./off", True)):
        monkeypatch.setenv("QUIRE_CACHE", value)
        convert.build(["a.md"], to=["pdf"], out="out")
        assert (
            sorted(path.name for path in tmp_path.iterdir() if path.name not in ("a.md", "out"))
            == ["off"] * kept
        )
        quire("cache")
        assert ("switches the cache off" in capsys.readouterr().out) is not kept
        quire("cache", "--json")
        told = json.loads(capsys.readouterr().out)
        assert (told["off"], bool(told["pieces"])) == (not kept, bool(kept))


def test_what_was_not_asked_for_longest_goes_first(home: Path) -> None:
    kept = Cache(limit=1000)
    for number in range(9):
        kept.put(f"{number}", bytes(100))
    for number, path in enumerate(files(home)):
        os.utime(path, ns=(0, number))
    old = files(home)[0]
    asked = [f"{number}" for number in range(9) if kept._path(f"{number}") == old]
    assert kept.get(asked[0]) is not None  # the oldest is asked for, and is the newest now
    kept.tidy()
    left = files(home)
    assert old in left
    assert sum(path.stat().st_size for path in left) <= 750
    kept.put("small", b"")
    kept.tidy()
    assert len(files(home)) == len(left) + 1


def test_the_command_shows_and_clears(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Cache().put("a", bytes(68))
    (home / "zz.txt").write_text("not ours")
    # What a build that was killed has left of a piece goes too.
    (files(home)[0].parent / "x.piece.99.part").write_bytes(b"half")
    quire("cache", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["path"], said["pieces"], said["bytes"]) == (str(home), 1, 100)
    quire("cache", "clear")
    assert capsys.readouterr().out.startswith("1 piece of")
    quire("cache")
    assert capsys.readouterr().out.startswith("0 pieces of")
    assert [path.name for path in files(home)] == ["zz.txt"]


def test_a_build_keeps_pieces_of_long_books_alone_and_none_when_told(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    source = tmp_path / "a.md"
    source.write_text(prose(1200) + "\n\n" + prose(1000), "utf-8")
    convert.build([source], out=tmp_path / "out")
    assert files(home) == []
    monkeypatch.setattr(pipeline, "LONG", 1000)
    convert.build([source], out=tmp_path / "out", cache=False)
    assert files(home) == []
    convert.build([source], out=tmp_path / "out")
    assert len(files(home)) >= 6
    clean = {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()}
    for path in files(home)[::2]:
        path.write_bytes(b"damaged")
    report = convert.build([source], out=tmp_path / "out")
    assert {path.name: path.read_bytes() for path in (tmp_path / "out").iterdir()} == clean
    assert report.exit_status == 0


@pytest.mark.slow
def test_two_builds_at_once_share_a_cache(home: Path, tmp_path: Path) -> None:
    source = tmp_path / "a.md"
    source.write_text("\n\n".join(f"# 第{n}章\n\n" + prose(1500) for n in range(6)), "utf-8")
    code = "import sys; from convert import pipeline; pipeline.LONG = 0; pipeline.build([sys.argv[1]], out=sys.argv[2])"
    environment = {**os.environ, "PYTHONPATH": str(Path(convert.__file__).parents[1])}
    builds = [
        subprocess.Popen([sys.executable, "-c", code, str(source), str(tmp_path / out)], env=environment)
        for out in ("one", "two")
    ]
    assert [build.wait() for build in builds] == [0, 0]
    assert files(home)
    assert not list(home.rglob("*.part"))
    convert.build([source], out=tmp_path / "clean", cache=False)
    clean = {path.name: path.read_bytes() for path in (tmp_path / "clean").iterdir()}
    for out in ("one", "two"):
        assert {path.name: path.read_bytes() for path in (tmp_path / out).iterdir()} == clean
