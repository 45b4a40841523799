"""The nouns of publication, one a file; outside code imports them from here.

Direction: publication, section, author, tag, image -> article -> byline, revision -> workflow_log, archive, search,
importing, correction, reads -> record, editing.
"""

from articles.models.archive import DayCount
from articles.models.article import Article, ArticleQuerySet, Placement, Stage, Tagging
from articles.models.author import Author
from articles.models.byline import Byline, WorkingByline
from articles.models.collision import Collision
from articles.models.correction import Correction
from articles.models.editing import Autosave, EditLock
from articles.models.front import Front, FrontVersion
from articles.models.front_slots import Area, Arrangement, Filling, Slot
from articles.models.image import FOCUS, Image, ImageUse
from articles.models.importing import ImportRecord
from articles.models.links import StoryLink
from articles.models.note import DeskNotice, NoticeChoice, NoticeKind, StoryNote
from articles.models.page import StaticPage
from articles.models.presentation import Presentation
from articles.models.preview import PreviewAnswer, PreviewLink, PreviewOpening
from articles.models.publication import Publication
from articles.models.reads import CountedRead, MostRead, Ranking, ReadCount, ReadDay, Window
from articles.models.record import PublicVersion, RecordSeal
from articles.models.revision import Revision
from articles.models.saved_view import SavedView
from articles.models.search import DeskDoc, SearchDoc
from articles.models.section import CommentPolicy, Section
from articles.models.signoff import SignOff, SignOffKind
from articles.models.slugs import PreviousSlug, free_slug
from articles.models.snapshot import BylineRef, PictureRef, Snapshot
from articles.models.story_template import StoryTemplate
from articles.models.tag import Tag
from articles.models.timing import Clock
from articles.models.workflow_log import Role, RoleGrant, Transition

__all__ = [
    "FOCUS",
    "Area",
    "Arrangement",
    "Article",
    "ArticleQuerySet",
    "Author",
    "Autosave",
    "Byline",
    "BylineRef",
    "Clock",
    "Collision",
    "CommentPolicy",
    "Correction",
    "CountedRead",
    "DayCount",
    "DeskDoc",
    "DeskNotice",
    "EditLock",
    "Filling",
    "Front",
    "FrontVersion",
    "Image",
    "ImageUse",
    "ImportRecord",
    "MostRead",
    "NoticeChoice",
    "NoticeKind",
    "PictureRef",
    "Placement",
    "Presentation",
    "PreviewAnswer",
    "PreviewLink",
    "PreviewOpening",
    "PreviousSlug",
    "PublicVersion",
    "Publication",
    "Ranking",
    "ReadCount",
    "ReadDay",
    "RecordSeal",
    "Revision",
    "Role",
    "RoleGrant",
    "SavedView",
    "SearchDoc",
    "Section",
    "SignOff",
    "SignOffKind",
    "Slot",
    "Snapshot",
    "Stage",
    "StaticPage",
    "StoryLink",
    "StoryNote",
    "StoryTemplate",
    "Tag",
    "Tagging",
    "Transition",
    "Window",
    "WorkingByline",
    "free_slug",
]
