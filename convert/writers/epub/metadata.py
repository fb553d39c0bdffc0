"""What the package document says of the book: Dublin Core, its refinements, accessibility."""

from __future__ import annotations

import re
import uuid
from pathlib import PurePath

from convert.collation import romanized_name
from convert.isbn import isbn
from convert.model.nodes import Contributor, Document, Metadata
from convert.model.outline import Outline
from convert.records import dataclass
from convert.regex import regex
from convert.terms import Terms, epub_terms_for, primary_language
from convert.writers.base import Manuscript
from convert.writers.epub.markup import clean

__all__ = ["Element", "Features", "Identity", "identity", "package_date", "package_metadata"]

_NAMESPACE = uuid.UUID("6d1c1f3e-8a53-5c0e-9c7e-5c9f2b1e7a40")
"""Of our own making; with the book's title, people and language it gives the identifier (RFC 9562, 5.5)."""

_LANGUAGE = regex(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_DATE = regex(r"\s*(\d{4})\s*(?:[-/.年]\s*(\d{1,2})\s*(?:[-/.月]\s*(\d{1,2})\s*日?\s*|月?\s*)|年?\s*)")


@dataclass(frozen=True, slots=True)
class Element:
    """An element of ``metadata``: a Dublin Core name such as ``dc:title``, or ``meta``."""

    name: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Identity:
    """What names the book everywhere in the file: never empty, and such as XML can hold."""

    title: str
    language: str
    identifier: str
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Features:
    """What the book has that its accessibility rests on: counts, but for the pages.

    `page_source` names the print that the page marks follow; it is empty when there are none.
    """

    images: int = 0
    images_without_alt: int = 0
    ruby: int = 0
    formulas: int = 0
    formulas_as_tex: int = 0
    page_source: str = ""


def identity(document: Document, outline: Outline, terms: Terms) -> Identity:
    """The book's title, language and identifier, with a stand-in for each that is not given."""
    metadata = document.metadata
    first = next(outline.flat(), None)
    source = PurePath(document.sources[0]).stem if document.sources else ""
    title = _line(metadata.title) or (_line(first.title) if first else "") or _line(source) or terms.start
    given = metadata.language.strip().replace("_", "-")
    language = given if _LANGUAGE.fullmatch(given) else terms.language
    authors = tuple(name for person in metadata.contributors if (name := _line(person.name)))
    return Identity(title, language, _identifier(metadata, title, language), authors)


def _line(text: str) -> str:
    return " ".join(clean(text).split())


def _identifier(metadata: Metadata, title: str, language: str) -> str:
    """The identifier as a URN where it is an ISBN or a UUID, as it is otherwise; else made of the title."""
    given = _line(metadata.identifier)
    if given:
        if digits := isbn(given):
            return f"urn:isbn:{digits}"
        try:
            return f"urn:uuid:{uuid.UUID(given)}"
        except ValueError:
            return given
    people = [f"{person.role}={person.name}" for person in metadata.contributors]
    return f"urn:uuid:{uuid.uuid5(_NAMESPACE, clean(chr(31).join([title, *people, language])))}"


def package_date(text: str) -> str:
    """A date as ``2026``, ``2026-03`` or ``2026-03-05`` (W3CDTF), or empty when *text* is none.

    2026年3月, 2026/3/5 and the like are understood; the title page shows what was written.
    """
    match = _DATE.fullmatch(text)
    if match is None:
        return ""
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    if month > 12 or day > 31:
        return ""
    return year + (f"-{month:02}" if month else "") + (f"-{day:02}" if month and day else "")


def package_metadata(manuscript: Manuscript, features: Features, who: Identity) -> tuple[Element, ...]:
    """Every element of ``metadata`` but ``dcterms:modified``, in the order they are written."""
    metadata = manuscript.document.metadata
    out = [
        Element("dc:identifier", who.identifier, (("id", "uid"),)),
        *_titles(metadata, who),
        Element("dc:language", who.language),
        *_people(metadata.contributors, who.language),
    ]
    date = package_date(metadata.date)
    plain = (
        ("dc:publisher", metadata.publisher),
        ("dc:date", date),
        ("dc:rights", metadata.rights),
        ("dc:description", metadata.description),
        ("dc:source", metadata.source),
        *(("dc:subject", word) for word in metadata.keywords),
    )
    out += [Element(name, text) for name, value in plain if (text := _line(value))]
    return (*out, *_series(metadata), *_accessibility(manuscript, features, who))


def _series(metadata: Metadata) -> list[Element]:
    """The series and the book's number in it (EPUB 3.3, D.3.3; the second form is calibre's)."""
    name, number = _line(metadata.series), _line(metadata.series_number)
    if not name:
        return []
    out = [
        Element("meta", name, (("property", "belongs-to-collection"), ("id", "series"))),
        _refine("series", "collection-type", "series"),
    ]
    if re.fullmatch(r"\d+(\.\d+)*", number):
        out.append(_refine("series", "group-position", number))
    out.append(Element("meta", "", (("name", "calibre:series"), ("content", name))))
    if re.fullmatch(r"\d+(\.\d+)?", number):
        out.append(Element("meta", "", (("name", "calibre:series_index"), ("content", number))))
    return out


def _refine(target: str, name: str, value: str, scheme: str = "") -> Element:
    more = (("scheme", scheme),) if scheme else ()
    return Element("meta", value, (("refines", f"#{target}"), ("property", name), *more))


def _titles(metadata: Metadata, who: Identity) -> list[Element]:
    out = [Element("dc:title", who.title, (("id", "title"),)), _refine("title", "title-type", "main")]
    if subtitle := _line(metadata.subtitle):
        out.append(_refine("title", "display-seq", "1"))
        out.append(Element("dc:title", subtitle, (("id", "subtitle"),)))
        out.append(_refine("subtitle", "title-type", "subtitle"))
        out.append(_refine("subtitle", "display-seq", "2"))
    return out


def _people(contributors: tuple[Contributor, ...], language: str) -> list[Element]:
    """Authors as creators, others as contributors; without an author everybody is a creator.

    A Chinese name is filed by pinyin where the book does not say how.
    """
    has_author = any(person.role in ("", "aut") for person in contributors)
    out: list[Element] = []
    for number, person in enumerate(contributors, 1):
        name = _line(person.name)
        if not name:
            continue
        role = person.role if re.fullmatch("[a-z]{3}", person.role) else "aut"
        creator = role == "aut" or not has_author
        key = f"person{number}"
        out.append(Element("dc:creator" if creator else "dc:contributor", name, (("id", key),)))
        out.append(_refine(key, "role", role, "marc:relators"))
        if file_as := _line(person.file_as) or _filed(name, language):
            out.append(_refine(key, "file-as", file_as))
        out.append(_refine(key, "display-seq", str(number)))
    return out


def _filed(name: str, language: str) -> str:
    return romanized_name(name) if primary_language(language).startswith("zh") else ""


def _accessibility(manuscript: Manuscript, has: Features, who: Identity) -> list[Element]:
    """What EPUB Accessibility 1.1 (2.2) wants said, computed from what is in the book.

    The cover does not make a book visual: its image says no more than its alt text.
    """
    words = epub_terms_for(who.language)
    described = has.images_without_alt == 0
    modes = ["textual", *(["visual"] if has.images else [])]
    features = ["displayTransformability", "readingOrder", "tableOfContents"]
    sentences = [words.reflowable]
    if manuscript.outline.entries:
        features.append("structuralNavigation")
        sentences.append(words.contents)
    if has.page_source:
        features += ["pageBreakMarkers", "pageNavigation"]
        sentences.append(words.page_numbers)
    features += ["alternativeText"] if described else []
    features += ["rubyAnnotations"] if has.ruby else []
    if not has.images:
        sentences.append(words.no_images)
    else:
        sentences.append(words.images_described if described else words.images_partly_described)
    if has.formulas:
        features.append("MathML")
        sentences.append(words.formulas)
    if has.formulas_as_tex:
        features.append("latex")
        sentences.append(words.formulas_as_tex)
    summary = ("" if who.language.startswith(("zh", "ja")) else " ").join(sentences)
    pairs = [
        *(("accessMode", mode) for mode in modes),
        ("accessModeSufficient", "textual" if described else "textual,visual"),
        *(("accessibilityFeature", feature) for feature in features),
        ("accessibilityHazard", "none"),
        ("accessibilitySummary", summary),
    ]
    out = [Element("meta", value, (("property", f"schema:{name}"),)) for name, value in pairs]
    if has.page_source:
        out.append(Element("meta", has.page_source, (("property", "pageBreakSource"),)))
    return out
