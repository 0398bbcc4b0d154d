"""A tiny IP-Adapter with its image encoder for the tiny InstructPix2Pix, and the tokens that it makes of a picture."""

import json
import shutil

import numpy as np
import torch
from clip_pixels import picture
from diffusers import UNet2DConditionModel
from diffusers.models.embeddings import ImageProjection
from PIL import Image
from safetensors.torch import save_file
from transformers import CLIPVisionConfig, CLIPVisionModelWithProjection
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from parity_fixture import ROOT, draw, randomize, write_fixture

SEED = 95
SIDE, EMBEDS, TOKENS = 12, 10, 4
CHECKPOINTS = ROOT.parent / "checkpoints"


def main() -> None:
    unet = UNet2DConditionModel.from_pretrained(CHECKPOINTS / "tiny-instruct-pix2pix" / "unet")
    unet = unet.to(torch.float32)
    width = unet.config.cross_attention_dim
    encoder = CLIPVisionModelWithProjection(
        CLIPVisionConfig(
            hidden_size=12,
            intermediate_size=20,
            num_hidden_layers=2,
            num_attention_heads=3,
            image_size=SIDE,
            patch_size=4,
            projection_dim=EMBEDS,
        )
    )
    encoder = randomize(encoder, SEED)
    folder = CHECKPOINTS / "tiny-clip-vision"
    shutil.rmtree(folder, ignore_errors=True)
    encoder.save_pretrained(folder)
    processor = CLIPImageProcessorPil(
        size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE}
    )
    options = {key: getattr(processor, key) for key in ("size", "crop_size", "image_mean", "image_std")}
    (folder / "preprocessor_config.json").write_text(json.dumps(options, default=dict))

    projection = randomize(
        ImageProjection(
            image_embed_dim=EMBEDS, cross_attention_dim=width, num_image_text_embeds=TOKENS
        ),
        SEED + 1,
    )
    image_proj = {
        f"image_proj.{key.replace('image_embeds', 'proj')}": value
        for key, value in projection.state_dict().items()
    }
    # Odd numbers are cross-attentions; the order is that of the UNet's own processors.
    adapter = {}
    for number, name in enumerate(unet.attn_processors):
        if "attn2" not in name:
            continue
        out = unet.get_submodule(name.removesuffix(".processor")).to_k.weight.shape[0]
        for place, part in enumerate(("to_k_ip", "to_v_ip")):
            drawn = draw(SEED + 10 * number + place, out, width) / width**0.5
            adapter[f"ip_adapter.{number}.{part}.weight"] = drawn
    folder = CHECKPOINTS / "tiny-ip-adapter"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    save_file({**image_proj, **adapter}, folder / "ip-adapter_tiny.safetensors", {"format": "pt"})

    pixels = picture(SEED, 17, 23)
    seen = processor(Image.fromarray(pixels), return_tensors="pt")["pixel_values"]
    tokens = projection(encoder(pixel_values=seen).image_embeds)
    write_fixture(
        "tiny-ip-adapter",
        "tokens",
        seed=SEED,
        inputs={"picture": torch.from_numpy(pixels.astype(np.int64))},
        outputs={"image": tokens},
    )


with torch.no_grad():
    main()
