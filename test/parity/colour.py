"""Pictures of every depth, profile and form of alpha, and what Pillow's ImageCms makes of them in sRGB."""

import base64
import json
import struct
import zlib
from io import BytesIO
from pathlib import Path

import numpy as np
import tifffile
from PIL import Image, ImageCms

FOLDER = Path(__file__).parent.parent / "fixtures" / "colour"
HEIGHT, WIDTH = 6, 9


def s15(*values: float) -> bytes:
    return b"".join(struct.pack(">i", round(value * 65536)) for value in values)


def profile(space: bytes, tags: dict[bytes, bytes], kind: bytes = b"mntr", pcs: bytes = b"XYZ ") -> bytes:
    """A smallest ICC profile: header, table of tags, tags."""
    tags = {b"desc": b"mluc" + bytes(4) + struct.pack(">II", 0, 12), b"wtpt": b"XYZ " + bytes(4) + s15(0.9642, 1, 0.8249), **tags}
    table, body, start = b"", b"", 128 + 4 + 12 * len(tags)
    for name, data in tags.items():
        table += name + struct.pack(">II", start + len(body), len(data))
        body += data + bytes(-len(data) % 4)
    size = start + len(body)
    head = struct.pack(">I4sI4s4s4s", size, b"lcms", 0x04200000, kind, space, pcs)
    head += struct.pack(">6H", 2026, 1, 1, 0, 0, 0) + b"acsp" + bytes(28) + s15(0.9642, 1, 0.8249)
    return head.ljust(128, b"\0") + struct.pack(">I", len(tags)) + table + body


def gamma(value: float) -> bytes:
    return b"para" + bytes(4) + struct.pack(">HH", 0, 0) + s15(value)


SRGB_CURVE = b"para" + bytes(4) + struct.pack(">HH", 3, 0) + s15(2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045)


def matrix_profile(curve: bytes, *columns: tuple[float, float, float]) -> bytes:
    points = {name: b"XYZ " + bytes(4) + s15(*xyz) for name, xyz in zip((b"rXYZ", b"gXYZ", b"bXYZ"), columns)}
    return profile(b"RGB ", {**points, b"rTRC": curve, b"gTRC": curve, b"bTRC": curve})


def press_profile() -> bytes:
    """CMYK of a press that never was: Lab at the 16 corners of ink or no ink."""
    nodes = []
    for corner in range(16):
        c, m, y, k = ((corner >> bit) & 1 for bit in (3, 2, 1, 0))
        light = (100 - 40 * c - 48 * m - 8 * y) * (1 - 0.85 * k)
        a, b = (-35 * c + 70 * m - 5 * y) * (1 - k), (-48 * c - 3 * m + 90 * y) * (1 - k)
        nodes += [max(0, round(light * 2.55)), round(a + 128), round(b + 128)]
    straight = bytes(range(256))
    lut = b"mft1" + bytes(4) + bytes([4, 3, 2, 0]) + s15(1, 0, 0, 0, 1, 0, 0, 0, 1)
    return profile(b"CMYK", {b"A2B0": lut + straight * 4 + bytes(nodes) + straight * 3}, b"prtr", b"Lab ")


PROFILES = {
    "srgb": ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes(),
    # Primaries adapted to D50: Display P3 and Adobe RGB (1998).
    "display-p3": matrix_profile(SRGB_CURVE, (0.51512, 0.2412, -0.00105), (0.29198, 0.69225, 0.04189), (0.1571, 0.06657, 0.78407)),
    "adobe-rgb": matrix_profile(gamma(563 / 256), (0.60974, 0.31111, 0.01947), (0.20528, 0.62567, 0.06087), (0.14919, 0.06322, 0.74457)),
    "grey-gamma": profile(b"GRAY", {b"kTRC": gamma(1.8)}),
    "press": press_profile(),
}


def png(samples: np.ndarray, kind: int, icc: bytes | None, extra: list[tuple[bytes, bytes]] = []) -> bytes:
    """Pillow writes no 16-bit colour, so the chunks are laid here."""
    depth = 8 * samples.dtype.itemsize
    rows = b"".join(b"\0" + row.astype(f">u{depth // 8}").tobytes() for row in samples)
    chunks = [(b"IHDR", struct.pack(">IIBBBBB", WIDTH, HEIGHT, depth, kind, 0, 0, 0))]
    if icc is not None:
        chunks.append((b"iCCP", b"p\0\0" + zlib.compress(icc)))
    chunks += [*extra, (b"IDAT", zlib.compress(rows)), (b"IEND", b"")]
    parts = [struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def tiff(samples: np.ndarray, icc: bytes | None) -> bytes:
    stream = BytesIO()
    photometric = "rgb" if samples.ndim == 3 else "minisblack"
    tifffile.imwrite(stream, samples, photometric=photometric, iccprofile=icc, metadata=None)
    return stream.getvalue()


def to_srgb(pixels: np.ndarray, mode: str, icc: bytes | None) -> np.ndarray:
    picture = Image.fromarray(pixels, mode)
    if icc is None:
        return np.asarray(picture.convert("RGB"))
    source = ImageCms.ImageCmsProfile(BytesIO(icc))
    result = ImageCms.profileToProfile(
        picture, source, ImageCms.createProfile("sRGB"), ImageCms.Intent.PERCEPTUAL, outputMode="RGB"
    )
    return np.asarray(result)


def to_bytes(samples: np.ndarray) -> np.ndarray:
    return np.round(samples / 257).astype(np.uint8) if samples.dtype == np.uint16 else samples


def draw(channels: int, dtype: type) -> np.ndarray:
    generator = np.random.default_rng(channels)
    samples = generator.integers(0, 2 ** (8 * np.dtype(dtype).itemsize), (HEIGHT, WIDTH, channels))
    samples[0, 0], samples[0, 1] = 0, samples.max()
    return samples.astype(dtype)


CASES: dict[str, dict] = {}


def case(name: str, file: bytes, colours: np.ndarray, alpha: np.ndarray | None) -> None:
    (FOLDER / name).write_bytes(file)
    alpha = np.full((HEIGHT, WIDTH), 255, np.uint8) if alpha is None else alpha
    planes = {"colours": colours, "opacity": alpha}
    CASES[name] = {key: base64.b64encode(plane.tobytes()).decode() for key, plane in planes.items()}


def draw_samples(profiles: list[str | None], channels: int, name: str, kinds: tuple[int, int]) -> None:
    mode = "L" if channels == 1 else "RGB"
    for dtype in (np.uint8, np.uint16):
        for has_alpha in (False, True):
            samples = draw(channels + has_alpha, dtype)
            plain = to_bytes(samples)
            shown = np.ascontiguousarray(plain[..., 0] if channels == 1 else plain[..., :3])
            for key in profiles:
                icc = PROFILES[key] if key else None
                bits, alpha = samples.dtype.itemsize * 8, "-alpha" if has_alpha else ""
                file = f"{name}-{bits}{alpha}-{key or 'none'}.png"
                case(file, png(samples, kinds[has_alpha], icc), to_srgb(shown, mode, icc), plain[..., -1] if has_alpha else None)


if __name__ == "__main__":
    FOLDER.mkdir(parents=True, exist_ok=True)
    rgb_profiles = [None, "srgb", "display-p3", "adobe-rgb"]
    draw_samples(rgb_profiles, 3, "rgb", (2, 6))
    draw_samples([None, "grey-gamma"], 1, "grey", (0, 4))
    for key in rgb_profiles:
        icc = PROFILES[key] if key else None
        palette, indices = draw(3, np.uint8).reshape(-1, 3), np.arange(HEIGHT * WIDTH, dtype=np.uint8).reshape(HEIGHT, WIDTH, 1)
        expected = to_srgb(palette.reshape(HEIGHT, WIDTH, 3), "RGB", icc)
        opacity = draw(1, np.uint8)[..., 0]
        case(f"palette-{key or 'none'}.png", png(indices, 3, icc, [(b"PLTE", palette.tobytes())]), expected, None)
        extra = [(b"PLTE", palette.tobytes()), (b"tRNS", opacity.tobytes())]
        case(f"palette-alpha-{key or 'none'}.png", png(indices, 3, icc, extra), expected, opacity)
        samples = draw(3, np.uint16)
        case(f"rgb-16-{key or 'none'}.tif", tiff(samples, icc), to_srgb(to_bytes(samples), "RGB", icc), None)
    inks = draw(4, np.uint8)
    stream = BytesIO()
    Image.fromarray(inks, "CMYK").save(stream, "TIFF", icc_profile=PROFILES["press"])
    case("cmyk-8-press.tif", stream.getvalue(), to_srgb(inks, "CMYK", PROFILES["press"]), None)
    for channels, name in ((1, "grey"), (3, "rgb")):
        samples = draw(channels, np.uint16)
        floats = (samples / 65535).astype(np.float32)
        shown = np.round(floats * 255).astype(np.uint8)
        colours = np.repeat(shown, 3, axis=2) if channels == 1 else shown
        case(f"{name}-float-none.tif", tiff(floats[..., 0] if channels == 1 else floats, None), colours, None)
    refused = FOLDER / "refused"
    refused.mkdir(exist_ok=True)
    (refused / "wide.tif").write_bytes(tiff(np.float32([[0, 1], [-0.5, 400]]), None))
    (refused / "nan.tif").write_bytes(tiff(np.float32([[0, 1], [np.nan, 1]]), None))
    (FOLDER / "expected.json").write_text(json.dumps(CASES, indent=1) + "\n")
    print(len(CASES), sum(file.stat().st_size for file in FOLDER.iterdir()), "bytes")
