"""Pairs of pictures that metric-pictures.ts makes in the same way."""

from pathlib import Path

import numpy as np
from PIL import Image

SAMPLES = Path(__file__).parent.parent.parent / "graphs" / "samples"


def sample(name: str) -> np.ndarray:
    return np.asarray(Image.open(SAMPLES / f"{name}.png").convert("RGB"))


def noisy(picture: np.ndarray) -> np.ndarray:
    noise = (np.arange(picture.size) * 7919 % 61 - 30).reshape(picture.shape)
    return np.clip(picture.astype(int) + noise, 0, 255).astype(np.uint8)


def pairs() -> dict[str, tuple[np.ndarray, np.ndarray]]:
    rabbit, bee = sample("rabbit-teddy-apple"), sample("bee-tree-penguin")
    return {
        "noise": (noisy(rabbit), rabbit),
        "shift": (rabbit[:251, :243], rabbit[2:253, 3:246]),
        "other": (bee, rabbit),
    }


def disc(picture: np.ndarray) -> np.ndarray:
    height, width, _ = picture.shape
    y, x = np.mgrid[:height, :width]
    return (x - 100) ** 2 + (y - 90) ** 2 < 60**2
