"""Draws build/icon.png, the icon of the packages: three actors, and the sockets between them.

    python3 build/icon.py
"""

import math
import pathlib
import struct
import zlib

SIZE = 128
SAMPLES = 4  # of each pixel, across and down

BACKGROUND = (0x1B, 0x2A, 0x41)
LINE = (0x7F, 0xD1, 0xAE)
NODE = (0xF4, 0xF6, 0xF8)
ACCENT = (0xFF, 0xB3, 0x47)

TOP, LEFT, RIGHT = (64, 34), (32, 90), (96, 90)


def distance_to_line(x, y, a, b):
    (ax, ay), (bx, by) = a, b
    along = ((x - ax) * (bx - ax) + (y - ay) * (by - ay)) / ((bx - ax) ** 2 + (by - ay) ** 2)
    along = min(1, max(0, along))
    return math.hypot(x - ax - along * (bx - ax), y - ay - along * (by - ay))


def colour(x, y):
    """The colour at a point, or None outside of the rounded square."""
    radius = 24
    dx, dy = (max(radius - v, v - (SIZE - radius), 0) for v in (x, y))
    if math.hypot(dx, dy) > radius:
        return None
    for node, fill in ((TOP, ACCENT), (LEFT, NODE), (RIGHT, NODE)):
        if math.hypot(x - node[0], y - node[1]) < 15:
            return fill
    if min(distance_to_line(x, y, TOP, LEFT), distance_to_line(x, y, TOP, RIGHT), distance_to_line(x, y, LEFT, RIGHT)) < 4:
        return LINE
    return BACKGROUND


def pixel(column, row):
    points = [colour(column + (i + 0.5) / SAMPLES, row + (j + 0.5) / SAMPLES) for i in range(SAMPLES) for j in range(SAMPLES)]
    inside = [point for point in points if point]
    if not inside:
        return bytes(4)
    return bytes([sum(channel) // len(inside) for channel in zip(*inside)] + [255 * len(inside) // len(points)])


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


rows = b"".join(b"\0" + b"".join(pixel(column, row) for column in range(SIZE)) for row in range(SIZE))
header = struct.pack(">IIBBBBB", SIZE, SIZE, 8, 6, 0, 0, 0)
png = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(rows, 9)) + chunk(b"IEND", b"")
(pathlib.Path(__file__).parent / "icon.png").write_bytes(png)
