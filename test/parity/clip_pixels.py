"""Pictures prepared for CLIP against transformers' image processor."""

import numpy as np
import torch
from PIL import Image
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from parity_fixture import write_fixture

SEED = 71


def picture(seed: int, height: int, width: int) -> np.ndarray:
    """Waves with noise: neither flat nor so rough that every filter clips."""
    generator = np.random.default_rng(seed)
    y, x = np.mgrid[0:height, 0:width]
    waves = [np.sin(x / 3 + channel) + np.cos(y / 4 - channel) for channel in range(3)]
    noisy = 128 + 50 * np.stack(waves, axis=-1) + generator.normal(0, 15, (height, width, 3))
    return noisy.clip(0, 255).astype(np.uint8)


CASES = {
    # Enlarged, shrunk, squashed; odd sizes; wider and higher than the crop.
    "wide": ((19, 33), {"size": {"shortest_edge": 14}, "crop_size": {"height": 14, "width": 14}}),
    "high": ((41, 12), {"size": {"shortest_edge": 15}, "crop_size": {"height": 13, "width": 12}}),
    "squashed": ((21, 30), {"size": {"height": 14, "width": 14}, "do_center_crop": False}),
    "linear": (
        (26, 17),
        {
            "size": {"shortest_edge": 11},
            "crop_size": {"height": 11, "width": 11},
            "resample": 2,
            "image_mean": [0.5, 0.4, 0.3],
            "image_std": [0.5, 0.6, 0.7],
        },
    ),
}

if __name__ == "__main__":
    for index, (name, (size, options)) in enumerate(CASES.items()):
        pixels = picture(SEED + index, *size)
        processor = CLIPImageProcessorPil(**options)
        result = processor(Image.fromarray(pixels), return_tensors="pt")["pixel_values"]
        write_fixture(
            "clip-pixels",
            name,
            seed=SEED + index,
            config=processor.to_dict(),
            inputs={"picture": torch.from_numpy(pixels.astype(np.int64))},
            outputs={"pixels": result},
        )
