"""The newsroom's side of articles: stories and their templates, the desk, corrections, pictures, sections, people."""

from articles.admin import articles, board, corrections, people, pictures, static_pages, story_templates

__all__ = ["articles", "board", "corrections", "people", "pictures", "static_pages", "story_templates"]
