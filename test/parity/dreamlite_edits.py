"""Edits of diffusers' DreamLite pipelines with a tiny checkpoint on formula weights."""

import json
from pathlib import Path

import numpy as np
import torch
from diffusers import (
    AutoencoderTiny,
    DreamLiteMobilePipeline,
    DreamLitePipeline,
    DreamLiteUNetModel,
    FlowMatchEulerDiscreteScheduler,
)
from dreamlite import UNET, VAE
from formula_weights import fill_by_formula, uniform
from parity_fixture import ROOT, write_fixture
from PIL import Image
from qwen import TEXT, VISION
from transformers import (
    Qwen2Tokenizer,
    Qwen2VLImageProcessor,
    Qwen3VLConfig,
    Qwen3VLForConditionalGeneration,
    Qwen3VLProcessor,
    Qwen3VLVideoProcessor,
)

SEED = 7
WIDTH, HEIGHT = 48, 32
INSTRUCTION = "a red hat on the cat"


def language_model(tokenizer, prefix: str) -> Qwen3VLForConditionalGeneration:
    config = Qwen3VLConfig(
        text_config={**TEXT, "vocab_size": len(tokenizer)},
        vision_config={**VISION, "patch_size": 32},
        image_token_id=tokenizer.convert_tokens_to_ids("<|image_pad|>"),
        vision_start_token_id=tokenizer.convert_tokens_to_ids("<|vision_start|>"),
        vision_end_token_id=tokenizer.convert_tokens_to_ids("<|vision_end|>"),
        tie_word_embeddings=True,
    )
    return fill_by_formula(Qwen3VLForConditionalGeneration(config), prefix)


def picture() -> Image.Image:
    values = (uniform("picture", HEIGHT * WIDTH * 3) + 1) * 127.5
    return Image.fromarray(values.astype(np.uint8).reshape(HEIGHT, WIDTH, 3))


def checkpoint(tokenizer, pixels: dict, prefix: str) -> dict:
    """@param prefix Put before each weight's name in the formula: another one is another checkpoint."""
    processor = Qwen3VLProcessor(
        Qwen2VLImageProcessor(**pixels), tokenizer, Qwen3VLVideoProcessor(patch_size=32)
    )
    unet = DreamLiteUNetModel(**{**UNET, "layers_per_block": 2})
    return dict(
        text_encoder=language_model(tokenizer, prefix),
        tokenizer=tokenizer,
        processor=processor,
        vae=fill_by_formula(AutoencoderTiny(**VAE), prefix),
        unet=fill_by_formula(unet, prefix),
        scheduler=FlowMatchEulerDiscreteScheduler(use_dynamic_shifting=True),
    )


def main() -> None:
    tokenizer = Qwen2Tokenizer.from_pretrained(ROOT / "qwen-tokens")
    pixels = dict(
        patch_size=32,
        temporal_patch_size=2,
        merge_size=2,
        image_mean=[0.5] * 3,
        image_std=[0.5] * 3,
        size={"shortest_edge": 65536, "longest_edge": 16777216},
    )
    parts = checkpoint(tokenizer, pixels, "")
    asked = dict(prompt=INSTRUCTION, image=picture(), height=HEIGHT, width=WIDTH, output_type="np")
    edits = {}
    guided = dict(num_inference_steps=5, guidance_scale=3.5, image_guidance_scale=1.5)
    for name, pipeline, options, given in (
        ("base", DreamLitePipeline, guided, parts),
        ("mobile", DreamLiteMobilePipeline, dict(num_inference_steps=4), parts),
        ("other", DreamLitePipeline, guided, checkpoint(tokenizer, pixels, "other.")),
    ):
        generator = torch.Generator().manual_seed(SEED)
        made = pipeline(**given)(**asked, **options, generator=generator).images[0]
        edits[name] = torch.from_numpy((made * 255).round().astype(np.int64))
    config = {name: dict(parts[name].config) for name in ("vae", "unet", "scheduler")}
    config["text_encoder"] = parts["text_encoder"].config.to_dict()
    config["processor"] = pixels
    config = json.loads(json.dumps(config, default=str))
    write_fixture(
        "dreamlite",
        "edits",
        seed=SEED,
        config=config,
        outputs=edits,
        options={"instruction": INSTRUCTION, "width": WIDTH, "height": HEIGHT},
    )


if __name__ == "__main__":
    with torch.no_grad():
        main()
