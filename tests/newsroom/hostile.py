"""What attackers and broken programs send, and the statuses with which it may be answered."""

UNREADABLE = ("%00", "a%00b", "%ff", "%ED%A0%80")
ODD = (
    "99999999",
    "-1",
    "0",
    "abc",
    "%D9%A1%D9%A2",
    "1.5",
    "9" * 40,
    "9" * 5000,
    "",
    "%27%22%3C%5C",
    "(a*",
    "1&trang=2",
)
ODD += ("%E2%80%AE%EF%BF%BE", "%F0%9F%98%80" * 400)
LONG = "a" * 1_000_000
FINE = {200, 204, 301, 302, 304, 400, 403, 404, 405, 409, 410, 413}
