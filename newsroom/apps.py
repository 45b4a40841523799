"""How the project's own parts, the admin and the static files are set up as Django apps."""

from importlib import import_module

from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles.apps import StaticFilesConfig
from django.utils.translation import gettext_lazy as _

CKEDITOR_LEFT_OUT = (
    "about|bbcode|bidi|codesnippet|codesnippetgeshi|colorbutton|colordialog|copyformatting|devtools|dialogadvtab|div|"
    "docprops|easyimage|editorplaceholder|embed|embedbase|embedsemantic|exportpdf|find|flash|font|forms|iframe|"
    "iframedialog|language|mathjax|newpage|pagebreak|placeholder|preview|print|save|scayt|sharedspace|showblocks|"
    "smiley|sourcedialog|specialchar|stylesheetparser|templates|uicolor|wsc|xml"
).split("|")


class NewsroomConfig(AppConfig):
    name = "newsroom"
    verbose_name = _("Newsroom")

    def ready(self) -> None:
        import_module("newsroom.checks")  # they register themselves


class NewsroomAdminConfig(AdminConfig):
    default_site = "newsroom.site.NewsroomAdminSite"


class NewsroomStaticFilesConfig(StaticFilesConfig):
    """Leaves out the editor's plugins that we switch off: they are neither served nor collected."""

    ignore_patterns = [
        *StaticFilesConfig.ignore_patterns,
        *(f"ckeditor/ckeditor/plugins/{plugin}/*" for plugin in CKEDITOR_LEFT_OUT),
        "ckeditor/ckeditor/samples/*",
        "ckeditor/ckeditor/adapters/*",
        "ckeditor/ckeditor/skins/kama/*",
        "ckeditor/ckeditor/skins/moono/*",
        "ckeditor/galleriffic/*",
        "ckeditor/file-icons/*",
    ]
