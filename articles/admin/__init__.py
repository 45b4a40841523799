"""The newsroom's side of articles: stories, the desk, corrections, the picture library, sections and people."""

from articles.admin import articles, corrections, people, pictures, static_pages

__all__ = ["articles", "corrections", "people", "pictures", "static_pages"]
