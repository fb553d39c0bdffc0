"""The catalogue: look-up order, stand-ins, fallback by character, reports."""

from __future__ import annotations

import io
import shutil
from pathlib import Path

import pytest

from convert.diagnostics import Code, Findings, Place, Severity
from convert.errors import FontError
from convert.font import catalogue as module
from convert.font import places
from convert.font.catalogue import Catalogue, open_catalogue
from convert.font.face import Face
from convert.font.places import folder_files
from convert.theme import Role, Theme
from convert.theming import override

SERIF = open_catalogue().face(Role.SERIF).path
SANS = open_catalogue().face(Role.SANS).path
MONO = open_catalogue().face(Role.MONO).path


def themed(key: str, value: str) -> Theme:
    return override(Theme(), key, value, Place("test"))


def codes(findings: Findings) -> list[tuple[Code, Severity]]:
    return [(item.code, item.severity) for item in findings]


@pytest.fixture
def no_system(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "system_faces", lambda: ())


@pytest.fixture(autouse=True)
def no_system_roles(monkeypatch: pytest.MonkeyPatch) -> None:
    """The machine that tests run on may have a Kai or not."""
    monkeypatch.setattr(module, "system_role", lambda role: ())


def test_default_faces_come_from_pip() -> None:
    book = open_catalogue()
    assert book.face(Role.SERIF).path.name == "NotoSerifSC-Regular.otf"
    assert book.face(Role.SANS).path.name == "NotoSansSC-Regular.otf"
    assert {row.source for row in book.found()} == {"pip"}
    assert all(row.licence == "OFL-1.1" for row in book.found())


def test_roles_never_look_at_the_system(monkeypatch: pytest.MonkeyPatch) -> None:
    def never() -> tuple[()]:
        raise AssertionError("the system was searched")

    monkeypatch.setattr(module, "system_faces", never)
    book = open_catalogue()
    for role in Role:
        book.face(role)
    assert book.find(Role.KAI) is None
    assert book.for_char("汉", Role.KAI) is book.face(Role.SERIF)


def test_kai_of_the_system_serves_chinese_and_is_told_when_used(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "system_role", lambda role: (Face(SANS),) if role == "kai" else ())
    findings = Findings()
    book = open_catalogue(findings=findings)
    assert book.find(Role.KAI) is not None
    assert codes(findings) == []
    assert book.face(Role.KAI).path == SANS
    assert codes(findings) == [(Code.FONT_MISSING, Severity.INFO)]
    assert book.find(Role.KAI, "ja") is None
    assert "system" in {row.source for row in book.found()}


def test_kai_made_for_the_language_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    class Named(Face):
        @property
        def names(self) -> frozenset[str]:  # type: ignore[override]
            return frozenset({"some kai", "some kai tc"} if self.path == SERIF else {"some kai"})

    monkeypatch.setattr(module, "system_role", lambda role: (Named(SANS), Named(SERIF)))
    paths = [open_catalogue(language=tag).face(Role.KAI).path for tag in ("zh-Hans", "zh-Hant")]
    assert paths == [SANS, SERIF]


def test_kai_of_the_system_serves_no_character_unsaid(monkeypatch: pytest.MonkeyPatch) -> None:
    class Rare(Face):
        def has(self, char: str) -> bool:
            return char == "\U000e0041" or super().has(char)

    monkeypatch.setattr(module, "system_role", lambda role: (Rare(SANS),) if role == "kai" else ())
    monkeypatch.setattr(module, "system_faces", lambda: ())
    assert open_catalogue().for_char("\U000e0041", Role.SERIF) is None


def test_the_same_face_is_one_object() -> None:
    book = open_catalogue()
    assert book.face(Role.SERIF) is book.face(Role.SERIF, "zh-CN") is book.face(Role.KAI)


def test_a_stand_in_is_told_once() -> None:
    findings = Findings()
    book = open_catalogue(findings=findings)
    assert book.face(Role.KAI) is book.face(Role.KAI) is book.face(Role.SERIF)
    assert codes(findings) == [(Code.FONT_MISSING, Severity.INFO)]


def test_latin_kai_is_an_italic() -> None:
    book = open_catalogue()
    italic = book.find(Role.KAI, latin=True)
    assert italic is not None
    assert italic.italic
    assert italic is book.face(Role.KAI, "en")
    assert not book.face(Role.SERIF, latin=True).italic


def test_mono_is_of_one_width_and_has_task_marks() -> None:
    mono = open_catalogue().face(Role.MONO)
    assert len({mono.advance(mono.glyph_id(c)) for c in "iW0.☐☑"}) == 1


@pytest.mark.usefixtures("no_system")
def test_a_character_is_looked_for_in_other_faces() -> None:
    book = open_catalogue()
    assert book.for_char("汉", Role.MONO) is book.face(Role.SANS)
    assert book.for_char("☑", Role.SERIF) is book.face(Role.MONO)
    assert book.for_char("\U000e0041", Role.SERIF) is None


def test_upright_text_never_falls_back_to_an_italic() -> None:
    book = open_catalogue()
    faces = {book.for_char(chr(code), Role.SERIF) for code in range(0x20, 0x250)}
    assert not any(face.italic for face in faces if face)


def test_a_font_dropped_into_the_book_fills_its_role(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    shutil.copy(SANS, tmp_path / "fonts" / "kai-ours.otf")
    book = open_catalogue(book_root=tmp_path)
    kai = book.find(Role.KAI)
    assert kai is not None
    assert kai.path.parent == tmp_path / "fonts"
    assert book.find(Role.FANGSONG) is None
    assert [row.source for row in book.found() if row.role == "kai" and row.language == "zh-Hans"] == ["book"]


def test_theme_names_a_file_of_the_book(tmp_path: Path) -> None:
    shutil.copy(SANS, tmp_path / "ours.otf")
    book = open_catalogue(themed("font.serif", "ours.otf"), book_root=tmp_path)
    assert book.face(Role.SERIF).path == tmp_path / "ours.otf"


def test_theme_names_a_family() -> None:
    book = open_catalogue(themed("font.serif", "noto sans sc"))
    assert book.face(Role.SERIF).path == SANS


@pytest.mark.usefixtures("no_system")
def test_a_family_that_is_nowhere_is_told_and_the_default_serves() -> None:
    findings = Findings()
    book = open_catalogue(themed("font.serif", "No Such Song"), findings=findings)
    assert book.face(Role.SERIF).path == SERIF
    assert codes(findings) == [(Code.FONT_MISSING, Severity.WARNING)]


@pytest.mark.parametrize("name", ["../out.otf", "/etc/out.otf", "none.otf"])
def test_a_file_outside_the_book_is_refused(tmp_path: Path, name: str) -> None:
    shutil.copy(SANS, tmp_path / "out.otf")
    root = tmp_path / "book"
    root.mkdir()
    with pytest.raises(FontError, match="not in the book's folder"):
        open_catalogue(themed("font.serif", name), book_root=root).face(Role.SERIF)


def test_a_broken_dropped_font_is_told_and_passed_over(tmp_path: Path) -> None:
    (tmp_path / "fonts").mkdir()
    (tmp_path / "fonts" / "kai.ttf").write_bytes(b"nothing")
    findings = Findings()
    assert open_catalogue(book_root=tmp_path, findings=findings).find(Role.KAI) is None
    assert codes(findings) == [(Code.FONT_BROKEN, Severity.ERROR)]


def test_a_font_that_must_not_be_embedded_is_passed_over(tmp_path: Path) -> None:
    from fontTools.ttLib import TTFont

    (tmp_path / "fonts").mkdir()
    font = TTFont(io.BytesIO(open_catalogue().face(Role.MONO).path.read_bytes()))
    font["OS/2"].fsType = 2
    font.save(tmp_path / "fonts" / "kai.ttf")
    findings = Findings()
    assert open_catalogue(book_root=tmp_path, findings=findings).find(Role.KAI) is None
    assert codes(findings) == [(Code.FONT_BROKEN, Severity.WARNING)]


def test_a_link_out_of_the_fonts_folder_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "fonts"
    folder.mkdir()
    (folder / "kai.otf").symlink_to(SANS)
    shutil.copy(SANS, folder / "b.otf")
    assert [path.name for path in folder_files(folder)] == ["b.otf"]


def test_a_language_without_a_face_of_its_own_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    choose = Catalogue._choose

    def without_korean(self: Catalogue, role: Role, tag: str) -> object:
        return None if tag == "ko" else choose(self, role, tag)

    monkeypatch.setattr(Catalogue, "_choose", without_korean)
    findings = Findings()
    face = open_catalogue(language="ko", findings=findings).face(Role.SERIF)
    assert face.path == SERIF
    assert [item.hint for item in findings] == ["pip install quire[ko]"]


def test_a_character_that_only_the_system_has_is_told_once(monkeypatch: pytest.MonkeyPatch) -> None:
    class Rare(Face):
        def has(self, char: str) -> bool:
            return char == "\U000e0041" or super().has(char)

    monkeypatch.setattr(module, "system_faces", lambda: (Rare(SANS),))
    findings = Findings()
    book = open_catalogue(findings=findings)
    monkeypatch.setattr(Rare, "ink", lambda self, gid: (0.0, 0.0, 1.0, 1.0))
    assert book.for_char("\U000e0041", Role.SERIF) is book.for_char("\U000e0041", Role.SERIF) is not None
    assert [item.message.split()[0] for item in findings] == ["U+E0041"]


def test_the_system_is_searched_for_kai_by_name(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Only files whose names speak of the role are opened, and only families of fonts.toml are taken."""
    from fontTools.ttLib import TTFont

    def made(name: str, family: str, weight: int) -> None:
        font = TTFont(io.BytesIO(MONO.read_bytes()))
        for record in font["name"].names:
            if record.nameID in (1, 4, 16):
                record.string = family
        font["OS/2"].usWeightClass = weight
        font.save(tmp_path / name)

    made("NiceKai-Bold.ttf", "LXGW WenKai", 700)
    made("NiceKai-Regular.ttf", "LXGW WenKai", 400)
    made("OtherKai.ttf", "Some Other Kai", 400)
    made("Klee.ttf", "Klee One", 400)
    (tmp_path / "kaiser.ttf").write_bytes(b"no font")
    monkeypatch.setattr(places, "_system_folders", lambda: (tmp_path,))
    found = places.system_role.__wrapped__("kai")
    assert [face.path.name for face in found] == ["NiceKai-Regular.ttf", "NiceKai-Bold.ttf", "Klee.ttf"]
    assert places.system_role.__wrapped__("serif") == ()
