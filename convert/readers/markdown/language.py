"""Which language is a text in?  A guess for a source that does not say."""

from __future__ import annotations

from collections import Counter

from convert.characters import is_han, is_hangul, is_kana

__all__ = ["guess_language"]

# Common characters whose simplified or traditional form is not used in the other writing.
_TRADITIONAL = frozenset(
    "們個這國來時說學會對為發過還後經頭開長見問書電話車門馬魚鳥龍樹機關業務員實際應該當總統無電體變點線級結繼續練習題讀寫語詞課義農產華東區縣將區黨軍"
)
_SIMPLIFIED = frozenset(
    "们个这国来时说学会对为发过还后经头开长见问书电话车门马鱼鸟龙树机关业务员实际应该当总统无电体变点线级结继续练习题读写语词课义农产华东区县将区党军"
)
_STRETCHES, _STRETCH = 16, 1_000
"""What is looked at of a long text: so many stretches of so many characters."""


def guess_language(text: str) -> str:
    """zh-Hans, zh-Hant, ja, ko or en, by the writing of *text*; of a long one, by stretches from all of it."""
    han = kana = hangul = traditional = simplified = latin = 0
    # A text has far fewer different characters than characters.
    for char, count in Counter(_sample(text)).items():
        if char < "\u0250":
            latin += count * char.isalpha()
        elif is_han(char):
            han += count
            traditional += count * (char in _TRADITIONAL)
            simplified += count * (char in _SIMPLIFIED)
        elif is_kana(char) and char not in "・ー":
            kana += count
        elif is_hangul(char):
            hangul += count
    if hangul > han + kana and hangul * 4 > latin:
        return "ko"
    if kana * 10 > han + kana and (han + kana) * 10 > latin:
        return "ja"
    # A foreign book may quote a few characters; a Chinese one may be full of formulas.
    if han * 20 > latin:
        return "zh-Hant" if traditional > simplified else "zh-Hans"
    return "en"


def _sample(text: str) -> str:
    """*text*, or stretches of it that stand at equal distances, the first at its beginning, the last at its end."""
    rest = len(text) - _STRETCH
    if rest < _STRETCHES * _STRETCH:
        return text
    places = [rest * at // (_STRETCHES - 1) for at in range(_STRETCHES)]
    return "".join([text[place : place + _STRETCH] for place in places])
