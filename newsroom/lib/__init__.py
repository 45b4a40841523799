"""What every part of the newsroom may lean on: text, dates, HTML and HTTP, none of which knows an app."""
