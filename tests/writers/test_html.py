"""The report, as text: complete, closed in itself, and no input gets out of its place."""

from __future__ import annotations

import io
import re
import time
from collections import Counter
from html.parser import HTMLParser

import pytest

from onrecord.comparison import compare
from onrecord.errors import UnknownLanguage, UnknownRecord
from onrecord.records import ACTS, FORMS, Article, Speaker, Statement, Utterance
from onrecord.writers.html import write_report

from .samples import COURRIER, Record, make_record

VOID = {"meta", "path", "line", "use", "rect", "br", "link"}


class Page(HTMLParser):
    """What a report holds: ids, links, attributes, and the text of each element with an id."""

    def __init__(self, source: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: Counter[str] = Counter()
        self.attributes: list[tuple[str, str, str]] = []
        self.ids: Counter[str] = Counter()
        self.texts: dict[str, str] = {}
        self._open: list[tuple[str, str]] = []
        self.feed(source)
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        key = dict(attrs).get("id") or ""
        if key:
            self.ids[key] += 1
            self.texts[key] = ""
        if tag not in VOID:
            self._open.append((tag, key))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in VOID:
            self._open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self._open, tag
        assert self._open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        for _, key in self._open:
            if key:
                self.texts[key] += data

    def links(self) -> list[str]:
        return [value for _, name, value in self.attributes if name == "href"]


def render(record: Record, **options: str) -> str:
    out = io.StringIO()
    write_report(out, *record, **options)  # type: ignore[arg-type]
    return out.getvalue()


def page(record: Record, **options: str) -> Page:
    return Page(render(record, **options))


def flat(text: str) -> str:
    return " ".join(text.split())


RECORD = make_record()
ENGLISH = page(RECORD, language="en", title="The Green Lake dam")
FRENCH = page(RECORD, language="fr")


@pytest.mark.parametrize("found", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_every_link_has_its_target_and_every_id_is_one(found: Page) -> None:
    assert [key for key, count in found.ids.items() if count > 1] == []
    inner = [link[1:] for link in found.links() if link.startswith("#")]
    assert set(inner) <= set(found.ids)
    outer = {link for link in found.links() if not link.startswith("#")}
    assert outer == {article.url for article in RECORD.articles if article.url}


@pytest.mark.parametrize("found", [ENGLISH, FRENCH], ids=["en", "fr"])
def test_every_statement_leads_to_its_exact_characters(found: Page) -> None:
    texts = {article.id: article.text for article in RECORD.articles}
    for statement in RECORD.statements:
        start, end = statement.content[0]
        marked = re.sub(r"^\d+|(?<=“)\d+", "", found.texts[f"t-{statement.id}"])
        assert marked == texts[statement.article_id][start:end]
        assert f"#t-{statement.id}" in found.links()
        assert f"#s-{statement.id}" in found.links()


def test_the_appendix_holds_each_text_whole() -> None:
    shown = ENGLISH.texts[f"a-{COURRIER.id}"]
    assert re.sub(r"(?<=[ “])\d(?=[A-ZVa-z])", "", shown).endswith(COURRIER.text + "\n")


def entry(found: Page, number: int) -> str:
    return flat(found.texts[f"s-{RECORD.statements[number].id}"])


def test_only_quotations_stand_in_quotation_marks() -> None:
    assert "quoted «\u202fNous ne jouerons pas" in entry(ENGLISH, 1).replace("« N", "«\u202fN")
    assert "“The wall” … “will not stand another winter.”" in entry(ENGLISH, 9)
    paraphrase = entry(ENGLISH, 3)
    assert "paraphrase la province saisisse la justice" in paraphrase
    source = render(RECORD)
    assert '<p class="said indirect" lang="fr" dir="auto">la province saisisse' in source
    assert '<blockquote class="said direct" lang="en" dir="auto">“We will not gamble' in source


def test_an_entry_says_what_is_known() -> None:
    warned = entry(ENGLISH, 0)
    for words in (
        "threatened or warned",
        "Sunday 22 January 2023",
        "Le Courrier de Valmont",
        "to: les communes",
        "characters 191–267",
        "clear",
        "Also reported by:The Northmoor Herald, partly quoted",
    ):
        assert words in warned
    assert "did NOT deny or rule out" in entry(ENGLISH, 3)
    assert "n’a PAS nié ni exclu" in entry(FRENCH, 3)
    assert "inside another statement" in entry(ENGLISH, 5)
    assert "a Thursday of January 2023" in entry(ENGLISH, 14)
    assert "un jeudi de janvier 2023" in entry(FRENCH, 14)
    assert "day not given; reported January 2023" in entry(ENGLISH, 15)
    assert "passed on by: l’Agence des Crêtes" in entry(ENGLISH, 14)


def test_speakers_are_grouped_and_named_as_what_they_are() -> None:
    text = flat(ENGLISH.texts["speakers"])
    assert "Irène Castaing person · 13 statements · Also written: Irene Castaing, إيرين كاستان" in text
    assert "deux ingénieurs du chantier anonymous source · 1 statement" in text
    assert "Speaker not known 1 statement" in text
    assert "Le parti des Rives organisation · 1 statement" in text  # in no view: under its own name


def test_the_table_says_which_outlet_carries_what() -> None:
    source = render(RECORD)
    rows = {flat(re.sub(r"<[^>]+>", " ", row)) for row in re.findall(r"<tr>.*?</tr>", source, re.DOTALL)}
    assert any("la province saisisse la justice paraphrase paraphrase (did NOT deny" in row for row in rows)
    several = source[source.index("Found in several outlets") : source.index("Found in one outlet")]
    assert several.count('<th scope="row">') == len(RECORD.utterances)


def test_the_timeline_tells_exact_days_from_days_of_report() -> None:
    source = render(RECORD)
    signs = dict(re.findall(r'<a href="#s-(\w+)" class="([^"]+)".*?</a>', source[: source.index('id="key"')]))
    assert len(signs) == len(RECORD.statements)
    for statement in RECORD.statements:
        assert ("hollow" in signs[statement.id]) == (not statement.said)
        assert f"a-{statement.act}" in signs[statement.id]
    thursday = source[source.index(f'<a href="#s-{RECORD.statements[14].id}"') :]
    assert thursday[: thursday.index("</a>")].count("#i-promise") == 4  # the Thursdays, and no day between
    span = source[source.index(f'<a href="#s-{RECORD.statements[23].id}"') :]
    span = span[: span.index("</a>")]
    assert (span.count("<rect"), span.count("#i-deny")) == (1, 0)  # a stretch of days tells no day in it


def versions(number: int) -> str:
    """Return what an entry says of the other versions, with ~what they lack~ and +what is their own+."""
    source = render(RECORD)
    item = source[source.index(f'id="s-{RECORD.statements[number].id}"') :]
    item = item[: item.index('<li class="statement"')]
    marked = re.sub("</?del>", "~", re.sub("</?ins>", "+", item[item.index('class="also"') :]))
    return flat(re.sub(r"<[^>]+>", "", marked))


def test_versions_in_one_language_are_set_beside_each_other() -> None:
    """Which words are lacking, which are its own, how many are the same; turned from the other side."""
    quoted = versions(9)
    assert "quick-portal.example, quoted: 86% of the words in common with The Northmoor Herald" in quoted
    assert "The wall will ~not~ stand another winter." in quoted
    assert "The wall … will +not+ stand another winter." in versions(17)
    assert "Le Courrier de Valmont, quoted (language: fr)" in quoted  # not compared by words


def test_the_same_words_are_called_so_and_the_table_says_it_too() -> None:
    text = "He said: “We will go.”"
    articles = [Article(name=n, text=text, language="en", outlet=n) for n in ("The Wick", "The Tallow")]
    said = [Statement(article_id=a.id, by="t", content=((10, 20),), form="direct") for a in articles]
    both = Utterance(id="u", statements=tuple(s.id for s in said))
    alike = compare(said[0], articles[0], said[1], articles[1])
    source = render(Record(articles, said, [], [both], (alike,)))
    assert source.count("the same words as The Wick") == 2  # in the entry of The Wick, and in the table
    assert "<del>" not in source[source.index('id="speakers"') :]


def test_a_month_makes_no_day() -> None:
    """An article of "April 2031" must not let the page begin on 1 April."""
    days = [Article(name=d, text="x", language="en", published=d) for d in ("2031-04", "2031-04-17")]
    assert "April 2031" in render(Record(days, [], [], []))
    assert "1 April 2031" not in render(Record(days, [], [], []))
    exact = [
        *days,
        *(Article(name=d, text="x", language="en", published=d) for d in ("2031-03-30", "2031-05-02")),
    ]
    assert "between 30 March 2031 and 2 May 2031" in render(Record(exact, [], [], []))


def test_the_same_records_give_the_same_bytes() -> None:
    assert render(RECORD) == render(make_record())


def test_nothing_in_it_calls_for_a_network() -> None:
    source = render(RECORD)
    assert not re.search(r"url\(|@import|<link|<img|src=", source)
    assert re.search(r"default-src (&#39;|')none", source)


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'--></style></title><svg onload=alert(1)>",
    "{{ 7 * 7 }}{% raw %}",
    "\u202eevil\u2066",
    "a\u200bb\u200d\ufeff",
    "\x00\x07\x1b[31m",
    "\ud800",
    "&lt;b&gt;",
]


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_stay_words(text: str) -> None:
    article = Article(
        name=text, text=f"{text} “{text}”\r\n{text}", language=text, title=text, outlet=text, published=text,
        url=f"https://x.example/{text}",
    )  # fmt: skip
    start = len(text) + 2
    span = ((start, start + len(text)),)
    statement = Statement(
        article_id=article.id, by=text, content=span, form="direct", speaker=text, source=span, cue=span,
        addressee=span, channel=span, time=span, relay=span, said=text, evidence=text,
    )  # fmt: skip
    speaker = Speaker(
        id=text,
        name=text,
        kind="person",
        names=(text,),
        roles=(text,),
        mentions=(),
        statements=(statement.id,),
    )
    record = Record([article], [statement], [speaker], [Utterance(id=text, statements=(statement.id,))])
    plain = Page(_render_bytes(Record([COURRIER], [RECORD.statements[0]], [], [])))
    found = Page(_render_bytes(record))
    assert found.tags["script"] == plain.tags["script"] == 1
    assert found.tags["style"] == plain.tags["style"] == 1
    assert found.tags["img"] == 0
    assert {name for _, name, _ in found.attributes} <= {name for _, name, _ in plain.attributes} | {"title"}
    assert not any(name.startswith("on") for _, name, _ in found.attributes)


def _render_bytes(record: Record) -> str:
    out = io.BytesIO()
    write_report(out, *record)
    return out.getvalue().decode("utf-8")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "java\nscript:alert(1)", "data:text/html,x", "//x.example",
     "http://", "https://[", "file:///etc/passwd", " https://x.example", "https://x.example/\u202e"],
)  # fmt: skip
def test_only_web_addresses_become_links(url: str) -> None:
    article = Article(name="x", text="“No”", language="en", url=url)
    statement = Statement(article_id=article.id, by="t", content=((1, 3),), form="direct")
    found = page(Record([article], [statement], [], []))
    assert all(link.startswith("#") for link in found.links())


def test_a_statement_without_its_article_is_told() -> None:
    with pytest.raises(UnknownRecord, match="no article"):
        render(RECORD._replace(articles=[]))
    with pytest.raises(UnknownLanguage):
        render(RECORD, language="tlh")


def test_the_key_explains_every_word_for_how_sure_it_is() -> None:
    assert "clear · likely · doubtfulHow plainly" in flat(ENGLISH.texts["key"])
    assert "clair · probable · douteuxÀ quel point" in flat(FRENCH.texts["key"])
    sure = {0.9: "clear", 0.71: "likely", 0.4: "doubtful"}
    for number, statement in enumerate(RECORD.statements):
        if statement.score in sure:
            assert f" · {sure[statement.score]}" in entry(ENGLISH, number)
    assert "%" not in re.sub(r"\d+% of the words", "", ENGLISH.texts["speakers"])  # no number for how sure


def test_an_empty_record_is_a_report_that_says_so() -> None:
    found = page(Record([], [], [], []))
    assert "No statement was found." in found.texts["speakers"]
    assert "No article was read." in found.texts["articles"]
    assert "timeline" not in found.ids


def test_marks_that_cross_stay_a_page() -> None:
    article = Article(name="x", text="abcdefghij", language="en")
    places = [((0, 6),), ((3, 9),), ((3, 4), (8, 10)), ((0, 6), (7, 8))]
    statements = [Statement(article_id=article.id, by="t", content=c, form="direct") for c in places]
    found = page(Record([article], statements, [], []))
    assert [key for key, count in found.ids.items() if count > 1] == []
    assert {f"t-{s.id}" for s in statements} <= set(found.ids)
    assert "abcdefghij" in re.sub(r"\d", "", found.texts["articles"])


def many(speakers: int, statements: int, articles: int) -> Record:
    """Return a record of this size, by a loop: each statement stands in a sentence of its own."""
    found = Record([], [], [], [])
    each = statements // articles
    for a in range(articles):
        text, places = "", []
        for i in range(each):
            text += f"La réponse n° {a * each + i} du ministre aux députés réunis hier à Hautecombe fut : « "
            start = len(text)
            text += f"Nous avons entendu la demande {a * each + i} et nous y répondrons avant l’été"
            places.append((start, len(text)))
            text += " », devant une salle comble.\n\n"
        article = Article(
            name=f"a{a}", text=text, language="fr", outlet=f"Gazette {a % 20}",
            published=f"2023-{1 + a % 6:02d}-{1 + a % 28:02d}",
        )  # fmt: skip
        found.articles.append(article)
        for n, place in enumerate(places, a * each):
            found.statements.append(
                Statement(
                    article_id=article.id, by="t", content=(place,), form=FORMS[n % 3], act=ACTS[n % 10],
                    speaker=f"Personne {n % speakers}", said=article.published if n % 2 else "",
                )
            )  # fmt: skip
    return found


def test_many_statements_take_seconds_and_megabytes() -> None:
    """Measured: 2 s and 11 MB on a laptop's core."""
    record = many(speakers=500, statements=5_000, articles=250)
    start = time.process_time()
    source = render(record)
    assert time.process_time() - start < 20
    assert len(source) < 15_000_000
    assert source.count('<li class="lane">') == 15  # fourteen and the others
    assert "486 other speakers" in source
    assert source.count('class="statement"') == 5_000


def test_a_megabyte_is_not_repeated() -> None:
    text = "mot <b> " * 125_000
    article = Article(name="x", text=text, language="fr")
    whole = Statement(article_id=article.id, by="t", content=((0, 900_000),), form="indirect")
    torn = Statement(
        article_id=article.id, by="t", content=((0, 3), (500_000, 500_003), (999_992, 999_995)), form="mixed"
    )
    found = page(Record([article], [whole, torn], [], []))
    assert len(found.texts["speakers"]) < 10_000
    assert "shortened here; whole in the article" in found.texts[f"s-{whole.id}"]
    assert found.texts[f"s-{torn.id}"].count("[…]") == 2
    assert text in found.texts["articles"].replace("1", "").replace("2", "")
