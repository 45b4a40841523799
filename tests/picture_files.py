"""Picture files for tests: honest ones of every kind, and ones made to break decoders."""

import io
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image, ImageDraw
from PIL.PngImagePlugin import PngInfo

GPS = {1: "N", 2: (21.0, 1.0, 42.5), 3: "E", 4: (105.0, 51.0, 7.9)}
SECRETS = (
    b"NIKON",
    b"SERIAL-4711",
    b"alert(1)",
    b"tEXt",
    b"iTXt",
    b"Exif",
    b"http://ns.adobe.com",
    b"Photoshop",
    b"GPSLatitude",  # as XMP writes it: three letters alone turn up in pixels by chance
)


def gradient(width=900, height=600, mode="RGB"):
    """A picture with as many colours as a photograph, so that files have the size of one."""
    across = Image.linear_gradient("L").rotate(90).resize((width, height))
    down = Image.linear_gradient("L").resize((width, height))
    return Image.merge("RGB", (across, down, Image.new("L", (width, height), 90))).convert(mode)


def dotted(width, height, x, y, radius=20):
    """Grey, with a red dot at a point given in percent."""
    picture = Image.new("RGB", (width, height), "#808080")
    middle_x, middle_y = width * x / 100, height * y / 100
    box = (middle_x - radius, middle_y - radius, middle_x + radius, middle_y + radius)
    ImageDraw.Draw(picture).ellipse(box, fill="#ff0000")
    return picture


def encoded(picture, kind="JPEG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def upload(data, name="anh.jpg"):
    return SimpleUploadedFile(name, data)


def with_camera_data(picture, orientation=1):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0xA431] = orientation, "NIKON", "SERIAL-4711"
    exif.get_ifd(0x8825).update(GPS)
    return encoded(picture, exif=exif, comment=b"<script>alert(1)</script>", xmp=b"<x:xmpmeta/>")


def iptc_block(datasets, utf8=True):
    """An APP13 segment as agencies write it (IPTC-IIM 4.2 in a Photoshop 8BIM resource)."""
    code = "utf-8" if utf8 else "latin-1"
    body = b"\x1c\x01\x5a\x00\x03\x1b%G" if utf8 else b""
    for number, value in datasets.items():
        raw = value.encode(code)
        body += struct.pack(">BBBH", 0x1C, 2, number, len(raw)) + raw
    resource = b"8BIM\x04\x04\x00\x00" + struct.pack(">I", len(body)) + body + (b"\x00" if len(body) % 2 else b"")
    payload = b"Photoshop 3.0\x00" + resource
    return b"\xff\xed" + struct.pack(">H", len(payload) + 2) + payload


def with_iptc(picture, datasets, utf8=True):
    data = encoded(picture)
    return data[:2] + iptc_block(datasets, utf8) + data[2:]


def png_chunk(kind, body):
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def png_bomb(width=30000, height=30000):
    """A PNG that says it is huge and holds next to nothing."""
    header = png_chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + png_chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + png_chunk(b"IEND", b"")


def png_with_text():
    info = PngInfo()
    info.add_text("Comment", "<script>alert(1)</script>")
    return encoded(gradient(), "PNG", pnginfo=info)


def sixteen_bit():
    picture = Image.new("I;16", (300, 200))
    picture.putdata([index % 300 * 218 for index in range(300 * 200)])
    return encoded(picture, "PNG")


def palette_with_transparency():
    picture = gradient(300, 200).quantize(16)
    return encoded(picture, "PNG", transparency=0)


def animated(kind):
    frames = [Image.new("RGB", (400, 300), colour) for colour in ("#ff0000", "#00ff00", "#0000ff")]
    return encoded(frames[0], kind, save_all=True, append_images=frames[1:], duration=100)


HONEST = {
    "jpeg": lambda: encoded(gradient()),
    "jpeg with camera data": lambda: with_camera_data(gradient()),
    "cmyk jpeg": lambda: encoded(gradient(mode="CMYK")),
    "grey jpeg": lambda: encoded(gradient(mode="L")),
    "jpeg with a page behind it": lambda: encoded(gradient()) + b"<html><script>alert(1)</script>",
    "png": lambda: encoded(gradient(), "PNG"),
    "png with text": png_with_text,
    "16-bit png": sixteen_bit,
    "1-bit png": lambda: encoded(gradient(mode="1"), "PNG"),
    "png with alpha": lambda: encoded(gradient(mode="RGBA"), "PNG"),
    "grey png with alpha": lambda: encoded(Image.new("LA", (200, 100), (90, 120)), "PNG"),
    "palette with transparency": palette_with_transparency,
    "gif with script comment": lambda: encoded(gradient(), "GIF", comment=b"<script>alert(1)</script>"),
    "animated gif": lambda: animated("GIF"),
    "webp": lambda: encoded(gradient(), "WEBP"),
    "animated webp": lambda: animated("WEBP"),
    "avif": lambda: encoded(gradient(), "AVIF"),
    "one pixel": lambda: encoded(Image.new("RGB", (1, 1), "red"), "PNG"),
    "a line": lambda: encoded(Image.new("RGB", (2000, 1), "red"), "PNG"),
    "broken profile": lambda: encoded(gradient(), icc_profile=b"not a profile" * 20),
}

HOSTILE = {
    "nothing": lambda: b"",
    "html": lambda: b"<!doctype html><script>alert(1)</script>",
    "svg": lambda: b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
    "pdf": lambda: b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj",
    "zip": lambda: b"PK\x03\x04" + b"\0" * 200,
    "tiff": lambda: encoded(gradient(), "TIFF"),
    "bmp": lambda: encoded(gradient(), "BMP"),
    "bomb in the header": png_bomb,
    "smaller bomb": lambda: png_bomb(9000, 9000),
    "longer than webp holds": lambda: png_bomb(20000, 10),
    "no pixels": lambda: png_bomb(0, 10),
    "truncated jpeg": lambda: encoded(gradient())[:3000],
    "truncated png": lambda: encoded(gradient(), "PNG")[:300],
    "truncated webp": lambda: encoded(gradient(), "WEBP")[:400],
    "truncated avif": lambda: encoded(gradient(), "AVIF")[:400],
    "truncated gif": lambda: encoded(gradient(), "GIF")[:2000],
    "only a jpeg header": lambda: b"\xff\xd8\xff\xe0\x00\x10JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00",
    "only a png header": lambda: b"\x89PNG\r\n\x1a\n",
    "gif and javascript": lambda: b"GIF89a/*\x00\x00\x00\x00\x00*/=alert(1);",
    "damaged in the middle": lambda: encoded(gradient(), "PNG").replace(b"IDAT", b"IDAT\0\0\0\0", 1),
}
