"""Pairs of keys, original and diffusers', as diffusers' own converters of single-file checkpoints map them."""

import gzip
from importlib.metadata import version
from pathlib import Path

import torch
from diffusers import AutoencoderKL, UNet2DConditionModel
from diffusers.loaders.single_file_utils import (
    convert_ldm_unet_checkpoint,
    convert_ldm_vae_checkpoint,
)

LEVELS = 4
PARTS = ("weight", "bias")
RESNET = ("in_layers.0", "in_layers.2", "emb_layers.1", "out_layers.0", "out_layers.3", "skip_connection")
TRANSFORMER = ["norm", "proj_in", "proj_out"] + [
    f"transformer_blocks.0.{part}"
    for part in (
        *(f"attn{n}.{name}" for n in (1, 2) for name in ("to_q", "to_k", "to_v", "to_out.0")),
        *(f"norm{n}" for n in (1, 2, 3)),
        "ff.net.0.proj",
        "ff.net.2",
    )
]


def unet_candidates():
    yield from ("time_embed.0", "time_embed.2", "input_blocks.0.0", "out.0", "out.2")
    for block in range(1, 12):
        yield f"input_blocks.{block}.0.op"
        yield from (f"input_blocks.{block}.0.{part}" for part in RESNET)
        yield from (f"input_blocks.{block}.1.{part}" for part in TRANSFORMER)
    for place in (0, 2):
        yield from (f"middle_block.{place}.{part}" for part in RESNET)
    yield from (f"middle_block.1.{part}" for part in TRANSFORMER)
    for block in range(12):
        yield from (f"output_blocks.{block}.0.{part}" for part in RESNET)
        yield from (f"output_blocks.{block}.1.{part}" for part in TRANSFORMER)
        yield f"output_blocks.{block}.1.conv"
        yield f"output_blocks.{block}.2.conv"


def vae_candidates():
    block = ("norm1", "conv1", "norm2", "conv2", "nin_shortcut")
    for half, way, layers in (("encoder", "down", 2), ("decoder", "up", 3)):
        yield from (f"{half}.{name}" for name in ("conv_in", "conv_out", "norm_out"))
        for level in range(LEVELS):
            for layer in range(layers):
                yield from (f"{half}.{way}.{level}.block.{layer}.{part}" for part in block)
            yield f"{half}.{way}.{level}.{way}sample.conv"
        for place in (1, 2):
            yield from (f"{half}.mid.block_{place}.{part}" for part in block)
        yield from (f"{half}.mid.attn_1.{part}" for part in ("norm", "q", "k", "v", "proj_out"))
    yield from ("quant_conv", "post_quant_conv")


def original_to_diffusers(candidates, prefix, convert, wanted):
    """Converts numbered tensors; the number says where each came from."""
    keys = [f"{prefix}{layer}.{part}" for layer in candidates for part in PARTS]
    number = {key: torch.full((1, 1, 1, 1), float(at)) for at, key in enumerate(keys)}
    # What a layer lacks in the model is not in a real file either, so only wanted pairs are kept.
    converted = convert(dict(number))
    pairs = {
        name: keys[int(value.flatten()[0])] for name, value in converted.items() if name in wanted
    }
    missing = set(wanted) - set(pairs)
    assert not missing, sorted(missing)[:5]
    return [f"{pairs[name]} {name}" for name in sorted(wanted)]


def main():
    unet = UNet2DConditionModel(block_out_channels=(32, 64, 96, 128), cross_attention_dim=8, norm_num_groups=8)
    vae = AutoencoderKL(
        block_out_channels=(8, 16, 24, 32),
        layers_per_block=2,
        norm_num_groups=4,
        down_block_types=("DownEncoderBlock2D",) * LEVELS,
        up_block_types=("UpDecoderBlock2D",) * LEVELS,
    )
    lines = [
        f"# diffusers {version('diffusers')}",
        *original_to_diffusers(
            unet_candidates(),
            "model.diffusion_model.",
            lambda tensors: convert_ldm_unet_checkpoint(tensors, dict(unet.config)),
            unet.state_dict(),
        ),
        *original_to_diffusers(
            vae_candidates(),
            "first_stage_model.",
            lambda tensors: convert_ldm_vae_checkpoint(tensors, dict(vae.config)),
            vae.state_dict(),
        ),
    ]
    folder = Path(__file__).parent.parent / "fixtures" / "parity" / "key-maps"
    folder.mkdir(parents=True, exist_ok=True)
    text = "\n".join(lines) + "\n"
    (folder / "ldm.txt.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    print(len(lines) - 1, "pairs")


if __name__ == "__main__":
    main()
