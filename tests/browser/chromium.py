"""How Chromium is started so that it keeps to itself."""

# Without these it calls its maker's servers when it starts.
QUIET = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"),
    "--disable-component-update",
)
