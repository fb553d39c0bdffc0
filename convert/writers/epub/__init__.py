"""The EPUB edition: EPUB 3.3 with NCX and guide, from Document, Outline and theme alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from convert.diagnostics import Code, Findings, Place
from convert.images import ImageAsset
from convert.records import replace
from convert.terms import epub_terms_for
from convert.theme import Role
from convert.titling import Words
from convert.writers.base import Manuscript
from convert.writers.epub.chapters import Plan, make_plan
from convert.writers.epub.code import code_rules
from convert.writers.epub.content import Content, ContentFile, colophon_page, cover_page, title_page
from convert.writers.epub.cover import LEAST_HEIGHT, WIDTH, paint_cover
from convert.writers.epub.fonts import FontFile, font_files
from convert.writers.epub.inlines import NOTE_PICTURE
from convert.writers.epub.markup import XML_ILLEGAL, clean
from convert.writers.epub.metadata import Element, Features, Identity, identity, package_metadata
from convert.writers.epub.navigation import Landmark, Ways, heading_hrefs, navigation_document, ncx
from convert.writers.epub.package import Package, PackageItem, pack
from convert.writers.epub.pages import Pages, mark_pages
from convert.writers.epub.pictures import fitted, image_files, note_picture
from convert.writers.epub.profiles import PROFILES, NoteForm, Profile
from convert.writers.epub.semantics import matter_landmarks
from convert.writers.epub.style import style_sheet
from convert.writers.epub.survey import Survey, report_illegal, report_refused, survey

__all__ = ["EpubWriter"]

_XHTML = "application/xhtml+xml"
_COVER_KEY = "cover-image"
_COVER = "text/cover.xhtml"
_TITLE = "text/title.xhtml"
_IBOOKS = ("ibooks", "http://vocabulary.itunes.apple.com/rdf/ibooks/vocabulary-extensions-1.0/")
_SPECIFIED_FONTS = Element("meta", "true", (("property", "ibooks:specified-fonts"),))
_DISPLAY_OPTIONS = (
    "com.apple.ibooks.display-options.xml",
    b'<?xml version="1.0" encoding="UTF-8"?>\n<display_options>\n<platform name="*">\n'
    b'<option name="specified-fonts">true</option>\n</platform>\n</display_options>\n',
)
"""Apple Books has been seen to need both of them before it shows a book's own fonts."""


class EpubWriter:
    """Writes one EPUB file that phones, e-ink readers and stores accept."""

    name = "epub"
    suffix = ".epub"

    def write(self, manuscript: Manuscript, findings: Findings) -> bytes:
        """The whole file.  The same manuscript gives the same bytes.

        A character that XML cannot hold is left out, and a finding says where.
        """
        return _Edition(manuscript, findings).file()


class _Edition:
    """One file in the making."""

    def __init__(self, manuscript: Manuscript, findings: Findings) -> None:
        self._pages: Pages = mark_pages(manuscript.document, manuscript.pages)
        self._manuscript = replace(manuscript, document=self._pages.document)
        self._findings = findings
        self._document = self._pages.document
        self._profile: Profile = PROFILES[manuscript.theme.epub.profile]
        self._facts: Survey = survey(self._document)
        self._who: Identity = identity(self._document, manuscript.outline, manuscript.terms)
        self._plan: Plan = make_plan(self._manuscript, self._facts)
        shown = self._facts.pictures
        self._images = image_files({key: asset for key, asset in manuscript.images.items() if key in shown})
        self._cover = self._cover_item()

    def file(self) -> bytes:
        """The whole file."""
        front, chapters = self._front(), self._chapters()
        refused = frozenset[str]().union(*(chapter.refused for chapter in chapters))
        report_refused(self._document, refused, self._findings)
        landmarks = self._landmarks([item.key for item in front])
        nav, tree = self._navigation(chapters, landmarks)
        texts = [nav, *(item.data.decode() for item in front), *(chapter.text for chapter in chapters)]
        theme, supply = self._manuscript.theme, self._manuscript.fonts
        fonts = font_files(theme, texts, self._who.language, supply, self._findings)
        switch = bool(fonts) and self._profile.fonts_switch
        package = Package(
            language=self._who.language,
            metadata=(*self._metadata(chapters, len(refused)), *([_SPECIFIED_FONTS] if switch else [])),
            items=self._items(nav, tree, front, chapters, fonts),
            guide=tuple((mark.guide_kind, mark.title, mark.href) for mark in landmarks),
            cover_key=_COVER_KEY,
            modified=self._manuscript.timestamp,
            direction="rtl" if self._profile.vertical else "",
            prefixes=(_IBOOKS,) if switch else (),
            container_files=(_DISPLAY_OPTIONS,) if switch else (),
        )
        return pack(package)

    def _cover_item(self) -> PackageItem:
        """The cover: the book's own picture, or one made of its words."""
        metadata, who = self._document.metadata, self._who
        asset = self._manuscript.images.get(metadata.cover)
        if asset is None:
            words = Words("".join(self._facts.sample))
            accent = self._manuscript.theme.colour.accent
            data, suffix, kind = (
                paint_cover(metadata, who.title, who.language, accent, words),
                ".png",
                "image/png",
            )
        else:
            if asset.width < WIDTH or asset.height < LEAST_HEIGHT:
                message = f"the cover has {asset.width} × {asset.height} pixels"
                hint = f"shops want {WIDTH} × {LEAST_HEIGHT} or more"
                self._findings.warn(Code.IMAGE_RESOLUTION, Place(metadata.cover), message, hint)
            asset = fitted(asset)
            data, suffix, kind = asset.data, asset.suffix, asset.media_type
        return PackageItem(_COVER_KEY, f"images/cover{suffix}", kind, data, ("cover-image",))

    # ------------------------------------------------------------ content files

    def _front(self) -> list[PackageItem]:
        """Cover, title page and copyright page."""
        out = []
        terms, who = self._manuscript.terms, self._who
        if self._profile.cover_page:
            alt = f"{terms.cover}{terms.label_colon}{who.title}"
            text = cover_page(self._manuscript, who.language, self._cover.file, alt)
            out.append(_page_item("cover", _COVER, text))
        if (text_or_none := title_page(self._manuscript, who.language)) is not None:
            out.append(_page_item("title-page", _TITLE, clean(text_or_none)))
        if (text_or_none := colophon_page(self._manuscript, who.language)) is not None:
            out.append(_page_item("colophon", "text/colophon.xhtml", clean(text_or_none)))
        return out

    def _chapters(self) -> list[ContentFile]:
        """The text, file by file."""
        content = Content(
            self._manuscript,
            self._plan,
            frozenset(self._facts.targets),
            self._images,
            self._who.language,
            self._pages,
        )
        made = [content.chapter(chapter) for chapter in self._plan.chapters]
        if any(XML_ILLEGAL.search(file.text) for file in made):
            report_illegal(self._document, self._findings)
            made = [replace(file, text=clean(file.text)) for file in made]
        return made

    # ------------------------------------------------------------ the package

    def _landmarks(self, front: Sequence[str]) -> list[Landmark]:
        """Cover, title page, contents, and what the book is made of."""
        terms = self._manuscript.terms
        marks = []
        if "cover" in front:
            marks.append(Landmark("cover", "cover", terms.cover, _COVER))
        if "title-page" in front and self._profile.title_page_landmark:
            marks.append(Landmark("titlepage", "title-page", terms.title_page, _TITLE))
        marks.append(Landmark("toc", "toc", terms.contents, "nav.xhtml"))
        return [*marks, *matter_landmarks(self._manuscript.outline, self._plan, terms.start)]

    def _metadata(self, chapters: Sequence[ContentFile], refused: int) -> tuple[Element, ...]:
        words, marked = epub_terms_for(self._who.language), any(chapter.pages for chapter in chapters)
        own = words.print_edition if self._pages.own else words.earlier_print
        given = "" if self._pages.own else " ".join(self._document.metadata.source.split())
        features = Features(
            images=self._facts.images,
            images_without_alt=self._facts.images_without_alt,
            ruby=self._facts.ruby,
            formulas=sum(chapter.formulas for chapter in chapters),
            formulas_as_tex=refused,
            page_source=(given or own.format(self._who.title)) if marked else "",
        )
        out = package_metadata(self._manuscript, features, self._who)
        if self._profile.vertical:
            mode = (("name", "primary-writing-mode"), ("content", "vertical-rl"))
            return (*out, Element("meta", "", mode))
        return out

    def _navigation(self, chapters: Sequence[ContentFile], landmarks: Sequence[Landmark]) -> tuple[str, str]:
        """The navigation document and the NCX."""
        outline = self._manuscript.outline
        ways = Ways(
            outline,
            heading_hrefs(outline, self._plan),
            landmarks,
            [item for chapter in chapters for item in chapter.order],
            self._plan.chapters[0].file,
            self._manuscript.terms,
            self._who,
        )
        return clean(navigation_document(ways)), clean(ncx(ways))

    def _items(
        self,
        nav: str,
        tree: str,
        front: list[PackageItem],
        chapters: Sequence[ContentFile],
        fonts: Mapping[Role, FontFile],
    ) -> tuple[PackageItem, ...]:
        """Every file of the publication, content files in reading order: cover, title page, contents, text."""
        who = self._who
        faces = {role: (file.family, file.address) for role, file in fonts.items()}
        theme, read = self._manuscript.theme, self._facts.read_code
        style = style_sheet(theme, who.language, self._profile, faces) + (code_rules(theme) if read else "")
        return (
            *front,
            PackageItem("nav", "nav.xhtml", _XHTML, nav.encode(), ("nav",), in_spine=True),
            *(
                _page_item(f"c{number:03}", chapter.file, made.text, made.properties)
                for number, (chapter, made) in enumerate(zip(self._plan.chapters, chapters, strict=True), 1)
            ),
            PackageItem("ncx", "toc.ncx", "application/x-dtbncx+xml", tree.encode()),
            PackageItem("style", "style.css", "text/css", style.encode()),
            self._cover,
            *_image_items(self._images),
            *self._note_picture(),
            *_font_items(fonts),
        )

    def _note_picture(self) -> list[PackageItem]:
        """The picture that marks a note, where notes are marked so."""
        if self._profile.notes is not NoteForm.DUOKAN or not self._document.notes:
            return []
        return [PackageItem("note-mark", NOTE_PICTURE, "image/png", note_picture())]


def _page_item(key: str, file: str, text: str, properties: tuple[str, ...] = ()) -> PackageItem:
    return PackageItem(key, file, _XHTML, text.encode(), properties, in_spine=True)


def _font_items(fonts: Mapping[Role, FontFile]) -> list[PackageItem]:
    out = []
    for role, file in fonts.items():
        out.append(PackageItem(f"font-{role.value}", file.address, file.media_type, file.font.data))
        text = file.font.licence.encode("utf-8", "replace")
        out.append(PackageItem(f"licence-{role.value}", file.licence_address, "text/plain", text))
    return out


def _image_items(images: dict[str, tuple[str, ImageAsset]]) -> list[PackageItem]:
    unique = dict(images.values())
    return [
        PackageItem(f"i{number:03}", address, asset.media_type, asset.data)
        for number, (address, asset) in enumerate(unique.items(), 1)
    ]
