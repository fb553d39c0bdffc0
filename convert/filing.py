"""How the entries of an index or glossary are filed: by pinyin, kana, Hangul or letters.

Chinese goes by pinyin, syllable by syllable and then by tone, Latin words among it by their letters;
Japanese by kana, after Latin letters (JIS X 4061), Korean by Hangul, before them; every other language by its letters, capitals and accents passed over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

from convert.characters import is_han, is_hangul, is_kana
from convert.collation import bare_syllable, phrase_readings, readings
from convert.records import dataclass, field
from convert.terms import primary_language

__all__ = ["OTHERS", "Clerk"]

OTHERS = "#"
"""The group of figures and marks."""
Key = tuple[object, ...]

_TONES = {"\u0304": 1, "\u0301": 2, "\u030c": 3, "\u0300": 4}
_NO_TONE = 5
_ROWS = "あかさたなはまやらわ"
_SMALL = str.maketrans("ぁぃぅぇぉゃゅょゎっゕゖ", "あいうえおやゆよわつかけ")
_VOWELS = {"あ": "あかさたなはまやらわ", "い": "いきしちにひみりゐ", "う": "うくすつぬふむゆる",
           "え": "えけせてねへめれゑ", "お": "おこそとのほもよろを"}  # fmt: skip
_INITIALS = "ㄱㄱㄴㄷㄷㄹㅁㅂㅂㅅㅅㅇㅈㅈㅊㅋㅌㅍㅎ"
"""The group of each initial consonant in the order of Unicode; doubled ones stand with the plain."""


@dataclass(slots=True)
class Clerk:
    """Files terms in *language* (BCP 47).  *terms* are all there are: phrases are looked up at once."""

    language: str
    terms: Iterable[str] = ()
    _phrases: dict[str, tuple[str, ...]] = field(default_factory=dict)
    _kind: str = ""

    def __post_init__(self) -> None:
        self._kind = primary_language(self.language)
        if self._kind.startswith("zh"):
            self._phrases = phrase_readings(self.terms)

    def key(self, term: str, reading: str = "") -> Key:
        """What to sort *term* by; *reading* says how it is read where the writer gave that."""
        return (*self._key(term, reading), term)

    def group(self, term: str, reading: str = "") -> str:
        """What the entries round *term* stand under: a letter, a kana, a consonant, or `OTHERS`."""
        return str(self._key(term, reading)[1])

    def unread(self, term: str, reading: str = "") -> bool:
        """True when nobody can tell how *term* is read, and so where it belongs."""
        if reading:
            return False
        if self._kind == "ja" or self._kind == "ko":
            return any(map(is_han, term))
        return any(is_han(char) and not readings(char) for char in term)

    def _key(self, term: str, reading: str) -> Key:
        """The rank of the term's script, its group, and its letters one by one."""
        text = unicodedata.normalize("NFKC", reading or term).strip()
        start = next((at for at, char in enumerate(text) if char.isalnum()), len(text))
        text = text[start:] or text
        head = text[:1] or " "
        if self._kind == "ja" and (is_kana(head) or is_han(head)):
            return _japanese(text)
        if self._kind == "ko" and is_hangul(head):
            return _korean(text)
        units = self._units(unicodedata.normalize("NFKC", term).strip()[start:], reading)
        letters = str(units[0][0]) if units else ""
        letter = letters[:1].upper()
        if not letter.isalpha() or is_han(letter):
            return 0, OTHERS, units
        # Japanese and Korean indexes have Latin before kana, after Hangul.
        return 3 if self._kind == "ko" or not letter.isascii() else 1, letter, units

    # ------------------------------------------------------------ Han and letters

    def _units(self, term: str, reading: str) -> tuple[tuple[str, int, str], ...]:
        """Syllable, tone and character of each Han character; of other text each letter."""
        spoken = _spoken(term, reading) if reading else self._read(term)
        if not spoken:
            spoken = {}
            term = reading or term
        out: list[tuple[str, int, str]] = []
        for at, char in enumerate(term):
            read = spoken.get(at, "")
            if read:
                out.append((bare_syllable(read).lower(), _tone(read), char))
            else:
                out += [(letter, 0, "") for letter in _folded(char)]
        return tuple(out)

    def _read(self, term: str) -> dict[int, str]:
        """The reading of each Han character of *term* by its place, phrases before single characters."""
        out: dict[int, str] = {}
        at = 0
        while at < len(term):
            phrase = next(
                (term[at:end] for end in range(len(term), at + 1, -1) if term[at:end] in self._phrases), ""
            )
            if phrase:
                out |= dict(enumerate(self._phrases[phrase], at))
                at += len(phrase)
                continue
            if is_han(term[at]):
                out[at] = next(iter(readings(term[at])), "")
            at += 1
        return out


def _spoken(term: str, reading: str) -> dict[int, str]:
    """The writer's *reading* shared out among the Han characters of *term*; empty when it does not fit."""
    places = [at for at, char in enumerate(term) if is_han(char)]
    if len(places) < len(term):
        return {}
    parts = reading.replace("'", " ").replace("’", " ").split()
    if len(parts) == len(places):
        return dict(zip(places, parts, strict=True))
    rest = "".join(parts).lower()
    out: dict[int, str] = {}
    for at in places:
        found = next(
            (
                rest[: len(read)]
                for read in sorted(_spellings(term[at]), key=len, reverse=True)
                if rest.startswith(read)
            ),
            "",
        )
        if not found:
            return {}
        out[at], rest = found, rest[len(found) :]
    return out if not rest else {}


def _spellings(char: str) -> set[str]:
    """The readings of a character with tones and without."""
    return {*readings(char), *(bare_syllable(read) for read in readings(char))}


def _tone(reading: str) -> int:
    marks = unicodedata.normalize("NFD", reading)
    return next((_TONES[mark] for mark in marks if mark in _TONES), _NO_TONE)


def _folded(text: str) -> str:
    """*text* in small letters, without accents."""
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(part for part in parts if not unicodedata.combining(part))


# ---------------------------------------------------------------- kana and Hangul


def _japanese(text: str) -> Key:
    """Kana by rows; between words that are else alike, plain kana stand before small and voiced ones."""
    if is_han(text[0]):
        return 0, OTHERS, ((text, 0, ""),)
    hiragana = "".join(chr(ord(char) - 0x60) if "ァ" <= char <= "ヶ" else char for char in text)
    plain: list[str] = []
    for char in hiragana:
        base = unicodedata.normalize("NFD", char)[0].translate(_SMALL)
        if base == "ー" and plain:
            base = next((vowel for vowel, row in _VOWELS.items() if plain[-1] in row), base)
        plain.append(base)
    row = max((kana for kana in _ROWS if kana <= plain[0]), default=_ROWS[0])
    marked = tuple(int(base != char) for base, char in zip(plain, hiragana, strict=True))
    return 2, row, "".join(plain), marked


def _korean(text: str) -> Key:
    code = ord(text[0]) - 0xAC00
    return 2, _INITIALS[code // 588] if 0 <= code < 11172 else text[0], text
