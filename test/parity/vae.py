"""AutoencoderKL of diffusers: both halves, mode and sample."""

import json

import torch
from diffusers import AutoencoderKL

from formula_weights import name_weights
from parity_fixture import draw, write_fixture

BASE = {"norm_num_groups": 2, "sample_size": 16}

CASES = {
    # SD-1.5's options on three levels; a picture whose sides no level halves evenly.
    "sd15": (
        {
            "block_out_channels": [4, 8, 8],
            "down_block_types": ["DownEncoderBlock2D"] * 3,
            "up_block_types": ["UpDecoderBlock2D"] * 3,
            "layers_per_block": 2,
        },
        (21, 14),
    ),
    "every-option": (
        {
            "in_channels": 4,
            "out_channels": 2,
            "latent_channels": 3,
            "block_out_channels": [6, 4],
            "down_block_types": ["DownEncoderBlock2D"] * 2,
            "up_block_types": ["UpDecoderBlock2D"] * 2,
            "act_fn": "relu",
            "use_quant_conv": False,
            "use_post_quant_conv": False,
            "mid_block_add_attention": False,
            "shift_factor": 0.1,
        },
        (9, 12),
    ),
}


def write(name: str, seed: int) -> None:
    options, (height, width) = CASES[name]
    vae = name_weights(AutoencoderKL(**{**BASE, **options}), seed)
    pixels = draw(seed + 1, 2, vae.config.in_channels, height, width)
    posterior = vae.encode(pixels).latent_dist
    noise = draw(seed + 2, *posterior.mean.shape)
    # The library draws the noise itself: the same numbers, by its own formula.
    posterior_sample = posterior.mean + posterior.std * noise
    latent = draw(seed + 3, 2, vae.config.latent_channels, 3, 5)
    write_fixture(
        "vae",
        name,
        seed=seed,
        config=json.loads(vae.to_json_string()),
        options={"imageSize": [height, width], "latentSize": [3, 5]},
        weights=vae.state_dict(),
        inputs={"pixels": pixels, "noise": noise, "latent": latent},
        outputs={
            "mode": posterior.mode(),
            "sample": posterior_sample,
            "pixels": vae.decode(latent).sample,
        },
    )


def write_full_size() -> None:
    """Names and shapes at SD-1.5's size, without any numbers."""
    config = {
        "block_out_channels": [128, 256, 512, 512],
        "down_block_types": ["DownEncoderBlock2D"] * 4,
        "up_block_types": ["UpDecoderBlock2D"] * 4,
        "layers_per_block": 2,
    }
    with torch.device("meta"):
        vae = AutoencoderKL(**config)
    shapes = {key: list(value.shape) for key, value in vae.state_dict().items()}
    write_fixture("vae", "full-size", seed=0, config=config, options={"shapes": shapes})


with torch.no_grad():
    for index, case in enumerate(CASES):
        write(case, 300 + 10 * index)
write_full_size()
