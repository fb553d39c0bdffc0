"""The EPUB edition: EPUB 3.3 with NCX and guide, from Document, Outline and theme alone."""

from __future__ import annotations

from convert.diagnostics import Code, Findings, Place
from convert.images import ImageAsset
from convert.terms import epub_terms_for
from convert.writers.base import Manuscript
from convert.writers.epub.chapters import Plan, make_plan
from convert.writers.epub.content import Content, cover_page, title_page
from convert.writers.epub.cover import paint_cover
from convert.writers.epub.markup import XML_ILLEGAL, clean
from convert.writers.epub.metadata import Identity, identity, package_metadata
from convert.writers.epub.navigation import Landmark, heading_hrefs, navigation_document, ncx
from convert.writers.epub.package import Package, PackageItem, pack
from convert.writers.epub.style import style_sheet
from convert.writers.epub.survey import Survey, report_illegal, survey

__all__ = ["EpubWriter"]

_XHTML = "application/xhtml+xml"
_COVER_KEY = "cover-image"


class EpubWriter:
    """Writes one EPUB file that phones, e-ink readers and stores accept."""

    name = "epub"
    suffix = ".epub"

    def write(self, manuscript: Manuscript, findings: Findings) -> bytes:
        """The whole file.  The same manuscript gives the same bytes.

        A character that XML cannot hold is left out, and a finding says where.
        """
        document = manuscript.document
        facts = survey(document)
        who = identity(document, manuscript.outline, manuscript.terms)
        plan = make_plan(manuscript, facts)
        images = _image_files(manuscript)
        texts = _texts(manuscript, facts, plan, images, who)
        if any(XML_ILLEGAL.search(item[2]) for item in texts):
            report_illegal(document, findings)
            texts = [(key, file, clean(text)) for key, file, text in texts]
        if facts.formulas:
            place = Place(document.sources[0] if document.sources else "")
            message = "formulas are shown as their TeX source"
            findings.info(Code.FEATURE_UNSUPPORTED, place, message)
        landmarks = _landmarks(
            manuscript, plan, has_title_page=any(key == "title-page" for key, _, _ in texts)
        )
        package = Package(
            language=who.language,
            metadata=package_metadata(manuscript, facts, who),
            items=_items(manuscript, plan, images, texts, landmarks, who),
            guide=tuple((mark.guide_kind, mark.title, mark.href) for mark in landmarks),
            cover_key=_COVER_KEY,
            modified=manuscript.timestamp,
        )
        return pack(package)


def _image_files(manuscript: Manuscript) -> dict[str, tuple[str, ImageAsset]]:
    """Address and data of every image, by its source; the same data is kept once."""
    out: dict[str, tuple[str, ImageAsset]] = {}
    addresses: dict[bytes, str] = {}
    for source, asset in manuscript.images.items():
        address = addresses.setdefault(asset.data, f"images/i{len(addresses) + 1:03}{asset.suffix}")
        out[source] = (address, asset)
    return out


def _texts(
    manuscript: Manuscript,
    facts: Survey,
    plan: Plan,
    images: dict[str, tuple[str, ImageAsset]],
    who: Identity,
) -> list[tuple[str, str, str]]:
    """Key, address and text of each content file in reading order, the navigation document apart."""
    terms = manuscript.terms
    alt = f"{terms.cover}{terms.label_colon}{who.title}"
    texts = [("cover", "text/cover.xhtml", cover_page(manuscript, who.language, "images/cover.jpg", alt))]
    if (front := title_page(manuscript, who.language)) is not None:
        texts.append(("title-page", "text/title.xhtml", front))
    content = Content(manuscript, plan, frozenset(facts.targets), images, who.language)
    for number, chapter in enumerate(plan.chapters, 1):
        texts.append((f"c{number:03}", chapter.file, content.chapter(chapter)))
    return texts


def _landmarks(manuscript: Manuscript, plan: Plan, *, has_title_page: bool) -> list[Landmark]:
    """Cover, title page, contents, text; bodymatter begins at the first listed heading."""
    terms = manuscript.terms
    body = next((chapter.file for chapter in plan.chapters if chapter.opener), plan.chapters[0].file)
    marks = [Landmark("cover", "cover", terms.cover, "text/cover.xhtml")]
    if has_title_page:
        marks.append(Landmark("titlepage", "title-page", terms.title_page, "text/title.xhtml"))
    marks.append(Landmark("toc", "toc", terms.contents, "nav.xhtml"))
    marks.append(Landmark("bodymatter", "text", terms.start, body))
    return marks


def _items(
    manuscript: Manuscript,
    plan: Plan,
    images: dict[str, tuple[str, ImageAsset]],
    texts: list[tuple[str, str, str]],
    landmarks: list[Landmark],
    who: Identity,
) -> tuple[PackageItem, ...]:
    """Every file of the publication, content files in reading order: cover, title page, contents, text."""
    outline, words = manuscript.outline, epub_terms_for(who.language)
    hrefs = heading_hrefs(outline, plan)
    start = (who.title, plan.chapters[0].file)
    nav = clean(navigation_document(outline, hrefs, landmarks, manuscript.terms, words, who.language, start))
    tree = clean(
        ncx(
            outline,
            hrefs,
            identifier=who.identifier,
            title=who.title,
            authors=who.authors,
            language=who.language,
            start=start,
        )
    )
    front = [item for item in texts if item[0] in ("cover", "title-page")]
    rest = texts[len(front) :]
    cover = paint_cover(manuscript.document.metadata, who.title, who.language, manuscript.theme.colour.accent)
    style = style_sheet(manuscript.theme, who.language)
    return (
        *(_page_item(*item) for item in front),
        PackageItem("nav", "nav.xhtml", _XHTML, nav.encode(), ("nav",), in_spine=True),
        *(_page_item(*item) for item in rest),
        PackageItem("ncx", "toc.ncx", "application/x-dtbncx+xml", tree.encode()),
        PackageItem("style", "style.css", "text/css", style.encode()),
        PackageItem(_COVER_KEY, "images/cover.jpg", "image/jpeg", cover, ("cover-image",)),
        *_image_items(images),
    )


def _page_item(key: str, file: str, text: str) -> PackageItem:
    return PackageItem(key, file, _XHTML, text.encode(), in_spine=True)


def _image_items(images: dict[str, tuple[str, ImageAsset]]) -> list[PackageItem]:
    unique = dict(images.values())
    return [
        PackageItem(f"i{number:03}", address, asset.media_type, asset.data)
        for number, (address, asset) in enumerate(unique.items(), 1)
    ]
