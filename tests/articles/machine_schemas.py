"""JSON Schemas (draft 2020-12) of what the site tells machines, written from the texts.

JSON Feed: jsonfeed.org/version/1.1. Structured data: the terms and their ranges at schema.org, narrowed to what
Google's guides ask for ("Article", "Breadcrumb", "Profile page", "Organization", "Sitelinks search box", "Carousel").
Manifest: "Web Application Manifest" (W3C), with the icons that browsers ask for before they offer to install.
"""

MOMENT = r"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$"
URL = {"type": "string", "pattern": r"^https?://[^\s/]+(/\S*)?$"}
TEXT = {"type": "string", "pattern": r"\S"}
TIME = {"type": "string", "pattern": MOMENT}
LANGUAGE = {"type": "string", "pattern": "^[a-z]{2}(-[A-Z]{2})?$"}


def thing(required, optional=None, **more):
    """An object of these properties and no others; the first must be there."""
    properties = {**required, **(optional or {})}
    return {
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


def many(of, least=1, **more):
    return {"type": "array", "items": of, "minItems": least, **more}


def typed(name, required, optional=None):
    return thing({"@type": {"const": name}, **required}, optional)


# --- JSON Feed 1.1 ------------------------------------------------------------------------------------------------

FEED_AUTHOR = thing({}, {"name": TEXT, "url": URL, "avatar": URL}, minProperties=1)
FEED_ITEM = thing(
    {"id": TEXT},
    {
        "url": URL,
        "external_url": URL,
        "title": TEXT,
        "content_html": TEXT,
        "content_text": TEXT,
        "summary": TEXT,
        "image": URL,
        "banner_image": URL,
        "date_published": TIME,
        "date_modified": TIME,
        "authors": many(FEED_AUTHOR),
        "tags": many(TEXT, uniqueItems=True),
        "language": LANGUAGE,
    },
    anyOf=[{"required": ["content_html"]}, {"required": ["content_text"]}],
)
JSON_FEED = thing(
    {"version": {"const": "https://jsonfeed.org/version/1.1"}, "title": TEXT, "items": many(FEED_ITEM, 0)},
    {
        "home_page_url": URL,
        "feed_url": URL,
        "description": TEXT,
        "user_comment": TEXT,
        "next_url": URL,
        "icon": URL,
        "favicon": URL,
        "authors": many(FEED_AUTHOR),
        "language": LANGUAGE,
        "expired": {"type": "boolean"},
    },
)

# --- structured data ----------------------------------------------------------------------------------------------

REFERENCE = thing({"@id": URL})
SIZE = {"type": "integer", "minimum": 1}
IMAGE = typed("ImageObject", {"url": URL, "width": SIZE, "height": SIZE}, {"caption": TEXT, "creditText": TEXT})
PERSON = typed("Person", {"name": TEXT, "url": URL})
CORRECTION = typed("CorrectionComment", {"text": TEXT, "datePublished": TIME}, {"url": URL})
STEP = typed("ListItem", {"position": SIZE, "name": TEXT, "item": URL})
LISTED = typed("ListItem", {"position": SIZE, "name": TEXT, "url": URL})

NODES = {
    "NewsMediaOrganization": typed(
        "NewsMediaOrganization",
        {"@id": URL, "name": TEXT, "url": URL, "logo": IMAGE},
        {
            **{"slogan": TEXT, "email": TEXT, "telephone": TEXT, "address": TEXT},
            **{"correctionsPolicy": URL, "publishingPrinciples": URL},
        },
    ),
    "WebSite": typed(
        "WebSite",
        {
            **{"@id": URL, "url": URL, "name": TEXT, "inLanguage": LANGUAGE, "publisher": REFERENCE},
            "potentialAction": typed(
                "SearchAction",
                {
                    "target": typed("EntryPoint", {"urlTemplate": {"pattern": r"\{search_term_string\}$"}}),
                    "query-input": {"const": "required name=search_term_string"},
                },
            ),
        },
    ),
    "NewsArticle": typed(
        "NewsArticle",
        {
            **{"@id": URL, "mainEntityOfPage": URL, "headline": TEXT},
            **{"datePublished": TIME, "dateModified": TIME, "inLanguage": LANGUAGE},
            "author": many({"anyOf": [PERSON, REFERENCE]}),
            "publisher": REFERENCE,
            "isAccessibleForFree": {"const": True},
            "articleSection": many(TEXT),
        },
        {
            **{"alternativeHeadline": TEXT, "description": TEXT, "wordCount": {"type": "integer"}},
            "keywords": many(TEXT, uniqueItems=True),
            "image": many(IMAGE),
            "correction": many(CORRECTION),
        },
    ),
    "BreadcrumbList": typed("BreadcrumbList", {"itemListElement": many(STEP, 2)}),
    "ProfilePage": typed(
        "ProfilePage",
        {
            **{"@id": URL, "url": URL},
            "mainEntity": typed(
                "Person",
                {"@id": URL, "name": TEXT, "url": URL, "worksFor": REFERENCE},
                {"description": TEXT, "email": TEXT, "image": many(IMAGE)},
            ),
        },
    ),
    "CollectionPage": typed(
        "CollectionPage",
        {"@id": URL, "url": URL, "name": TEXT, "inLanguage": LANGUAGE, "publisher": REFERENCE},
        {"mainEntity": typed("ItemList", {"itemListElement": many(LISTED)})},
    ),
}
GRAPH = thing(
    {
        "@context": {"const": "https://schema.org"},
        "@graph": many(
            {
                "type": "object",
                "required": ["@type"],
                "properties": {"@type": {"enum": list(NODES)}},
                "allOf": [
                    {"if": {"properties": {"@type": {"const": name}}}, "then": node} for name, node in NODES.items()
                ],
            }
        ),
    }
)

# --- web app manifest ---------------------------------------------------------------------------------------------

COLOUR = {"type": "string", "pattern": "^#[0-9a-f]{6}$"}
ICON = thing(
    {
        "src": {"type": "string", "pattern": "^/"},
        "sizes": {"type": "string", "pattern": "^(any|[0-9]+x[0-9]+)$"},
        "type": {"enum": ["image/png", "image/svg+xml"]},
        "purpose": {"enum": ["any", "maskable"]},
    }
)
MANIFEST = thing(
    {
        **{"name": TEXT, "short_name": TEXT, "description": TEXT, "lang": LANGUAGE, "dir": {"enum": ["ltr", "rtl"]}},
        **{"id": TEXT, "start_url": {"const": "/"}, "scope": {"const": "/"}},
        "display": {"enum": ["fullscreen", "standalone", "minimal-ui", "browser"]},
        **{"theme_color": COLOUR, "background_color": COLOUR},
        "categories": many(TEXT),
        "icons": many(ICON, 2),
    }
)
