"""The newsroom's side of articles: stories, the desk, the picture library, sections and people."""

from articles.admin import articles, people, pictures

__all__ = ["articles", "people", "pictures"]
