"""The page cache as an installed app: it owns one small table."""

from django.apps import AppConfig


class PageCacheConfig(AppConfig):
    name = "newsroom.lib.pagecache"
    label = "pagecache"
