"""Reading the law store.

For part B, until the reader is committed here: ``LawStore.all_articles_for_index() ->
Iterator[IndexedArticle]``, ``LawStore.article_by_id(article_id: int, as_of: date | None = None) ->
ArticleView``, ``LawStore.fingerprint -> str`` (changes when ids or texts change: rebuild the index).
"""

from workstation.legislation.law_records import ArticleView, IndexedArticle

__all__ = ["ArticleView", "IndexedArticle"]
