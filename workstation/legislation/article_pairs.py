"""义务条 and 罚则条 of one instrument: which article a penalty article says was violated.

A penalty article that names its duty writes 违反本条例第…条 and a penalty. Articles that only say
违反本法规定 name no duty; they pair with nothing here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from workstation.domain.citations import ArticleReference
from workstation.legislation.citation_grammar import find_citations
from workstation.legislation.law_records import ArticleView
from workstation.legislation.titles import TitleIndex

# The kinds of 行政处罚法§9 as statutes write them; a duty article holds none after 违反.
_PENALTY = re.compile(
    r"警告|通报批评|罚款|没收|暂扣|降低资质等级|吊销|"
    r"限制(?:开展生产经营活动|从业)|责令(?:停产停业|停业整顿|关闭)|拘留"
)
# What an article has to hold (SQL LIKE) to pair with a duty at all.
NAMES_A_DUTY = "%违反%第%条%"
_VIOLATED = re.compile(r"违反[^。；;\n]*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticlePairs:
    """What pairs with one article: the duties it punishes and the articles that punish it.

    The references name whole articles of the same instrument, in its order.
    """

    duties: tuple[ArticleReference, ...] = ()
    penalties: tuple[ArticleReference, ...] = ()


def pairs_in(
    articles: Iterable[ArticleView], titles: TitleIndex
) -> Mapping[ArticleReference, ArticlePairs]:
    """Return the pairs of a whole instrument by article; what pairs with nothing is absent."""
    duties: dict[ArticleReference, list[ArticleReference]] = {}
    penalties: dict[ArticleReference, list[ArticleReference]] = {}
    for article in articles:
        own = article.reference
        for duty in dict.fromkeys(_violated_in(article, own, titles)):
            duties.setdefault(own, []).append(duty)
            penalties.setdefault(duty, []).append(own)
    return {
        reference: ArticlePairs(
            duties=tuple(duties.get(reference, ())),
            penalties=tuple(penalties.get(reference, ())),
        )
        for reference in dict.fromkeys((*duties, *penalties))
    }


def _violated_in(
    article: ArticleView, own: ArticleReference, titles: TitleIndex
) -> Iterator[ArticleReference]:
    if "违反" not in article.text or not _PENALTY.search(article.text):
        return
    for paragraph in article.paragraphs:
        words = "\n".join(paragraph.lines)
        host = replace(own, paragraph=paragraph.number)
        for found in find_citations(words, titles, host=host):
            duty = found.reference.whole
            violated = _VIOLATED.search(words[: found.start])
            if violated and duty.title == own.title and duty != own:
                yield duty
