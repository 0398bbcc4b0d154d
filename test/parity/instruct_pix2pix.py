"""A tiny random InstructPix2Pix checkpoint in diffusers' layout, and what its pipeline makes of a picture."""

import json
import shutil
from pathlib import Path

import numpy as np
import torch
from diffusers import (
    AutoencoderKL,
    DDIMScheduler,
    EulerAncestralDiscreteScheduler,
    PNDMScheduler,
    StableDiffusionInstructPix2PixPipeline,
    UNet2DConditionModel,
)
from parity_fixture import randomize, write_fixture
from PIL import Image
from transformers import CLIPTextConfig, CLIPTextModel, CLIPTokenizer

CHECKPOINT = Path(__file__).parent.parent / "fixtures" / "checkpoints" / "tiny-instruct-pix2pix"
SEED = 7
STEPS = 4
WIDTH, HEIGHT = 40, 24
INSTRUCTION = "Make the cat a dog, 12 times!"
NOISE = {
    "beta_schedule": "scaled_linear",
    "beta_start": 0.00085,
    "beta_end": 0.012,
    "num_train_timesteps": 1000,
    "steps_offset": 1,
}


def byte_letters():
    """The letters that stand for bytes in byte-level BPE."""
    plain = [*range(33, 127), *range(161, 173), *range(174, 256)]
    others = [byte for byte in range(256) if byte not in plain]
    return [chr(byte) for byte in plain] + [chr(256 + at) for at in range(len(others))]


def write_tokenizer(folder: Path) -> None:
    """Vocabulary and merges as the hub's checkpoints of SD-1.5 have them, with a dozen merges."""
    merges = ["c a", "ca t</w>", "d o", "do g</w>", "m a", "k e</w>", "ma ke</w>", "t h", "th e</w>", "1 2</w>"]
    letters = byte_letters()
    tokens = [*letters, *(f"{letter}</w>" for letter in letters)]
    tokens += [merge.replace(" ", "") for merge in merges]
    tokens += ["<|startoftext|>", "<|endoftext|>"]
    folder.mkdir(parents=True)
    vocabulary = {token: at for at, token in enumerate(tokens)}
    (folder / "vocab.json").write_text(json.dumps(vocabulary, ensure_ascii=False))
    (folder / "merges.txt").write_text("\n".join(["#version: 0.2", *merges]) + "\n")
    special = {
        "bos_token": "<|startoftext|>",
        "eos_token": "<|endoftext|>",
        "pad_token": "<|endoftext|>",
        "unk_token": "<|endoftext|>",
    }
    (folder / "special_tokens_map.json").write_text(json.dumps(special, indent=2) + "\n")
    config = {"tokenizer_class": "CLIPTokenizer", "model_max_length": 77, "do_lower_case": True, **special}
    (folder / "tokenizer_config.json").write_text(json.dumps(config, indent=2) + "\n")


def make_parts(vocabulary: int):
    unet = UNet2DConditionModel(
        in_channels=8,
        sample_size=8,
        block_out_channels=(8, 16),
        layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        cross_attention_dim=24,
        attention_head_dim=4,
        norm_num_groups=4,
    )
    vae = AutoencoderKL(
        block_out_channels=(4, 8),
        layers_per_block=1,
        norm_num_groups=2,
        sample_size=16,
        down_block_types=("DownEncoderBlock2D",) * 2,
        up_block_types=("UpDecoderBlock2D",) * 2,
    )
    text_encoder = CLIPTextModel(
        CLIPTextConfig(
            vocab_size=vocabulary,
            hidden_size=24,
            intermediate_size=40,
            num_hidden_layers=2,
            num_attention_heads=4,
            max_position_embeddings=77,
            hidden_act="quick_gelu",
            projection_dim=24,
            bos_token_id=vocabulary - 2,
            eos_token_id=vocabulary - 1,
            pad_token_id=vocabulary - 1,
        )
    )
    return randomize(unet, SEED), randomize(vae, SEED + 1), randomize(text_encoder, SEED + 2)


def make_picture() -> Image.Image:
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    planes = [x * 255 / (WIDTH - 1), y * 255 / (HEIGHT - 1), 127 + 120 * np.sin(x / 3) * np.cos(y / 4)]
    return Image.fromarray(np.stack(planes, -1).round().astype(np.uint8))


def run(pipe, scheduler, picture, *, text, image, eta=0.0):
    """Expected values of one edit; all noise comes from one seed."""
    pipe.scheduler = scheduler
    steps = []

    def note(_pipe, _step, _timestep, values):
        steps.append(values["latents"].clone())
        return values

    pixels = pipe(
        INSTRUCTION,
        image=picture,
        num_inference_steps=STEPS,
        guidance_scale=text,
        image_guidance_scale=image,
        eta=eta,
        generator=torch.Generator().manual_seed(SEED),
        callback_on_step_end=note,
        output_type="np",
    ).images
    return {"latent": steps[-1], "pixels": torch.from_numpy(pixels)}


def main():
    shutil.rmtree(CHECKPOINT, ignore_errors=True)
    write_tokenizer(CHECKPOINT / "tokenizer")
    tokenizer = CLIPTokenizer.from_pretrained(CHECKPOINT / "tokenizer")
    unet, vae, text_encoder = make_parts(len(tokenizer))
    scheduler = EulerAncestralDiscreteScheduler(**NOISE)
    pipe = StableDiffusionInstructPix2PixPipeline(
        vae=vae,
        text_encoder=text_encoder,
        tokenizer=tokenizer,
        unet=unet,
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        image_encoder=None,
        requires_safety_checker=False,
    )
    pipe.set_progress_bar_config(disable=True)
    # Half precision on disk, as many uploads are.
    for name, part in (("unet", unet), ("vae", vae), ("text_encoder", text_encoder)):
        part.half().save_pretrained(CHECKPOINT / name)
        part.float()
    scheduler.save_pretrained(CHECKPOINT / "scheduler")
    pipe.save_config(CHECKPOINT)

    picture = make_picture()
    with torch.no_grad():
        ids = tokenizer(INSTRUCTION, padding="max_length", max_length=77, truncation=True, return_tensors="pt")
        embeds = text_encoder(ids.input_ids)[0]
        empty = tokenizer("", padding="max_length", max_length=77, truncation=True, return_tensors="pt")
        negative = text_encoder(empty.input_ids)[0]
        pixels = pipe.image_processor.preprocess(picture)
        source = vae.encode(pixels).latent_dist.mode()
    ddim = DDIMScheduler(**NOISE, clip_sample=False, set_alpha_to_one=False)
    pndm = PNDMScheduler(**NOISE, skip_prk_steps=True)
    runs = {
        "euler-ancestral": run(pipe, scheduler, picture, text=7.5, image=1.5),
        "ddim": run(pipe, ddim, picture, text=3.0, image=1.2, eta=0.5),
        "pndm": run(pipe, pndm, picture, text=7.5, image=1.0),
    }
    schedulers = {
        name: json.loads(one.to_json_string())
        for name, one in (("euler-ancestral", scheduler), ("ddim", ddim), ("pndm", pndm))
    }
    outputs = {f"{name}.{key}": value for name, found in runs.items() for key, value in found.items()}
    write_fixture(
        "instruct-pix2pix",
        "edits",
        seed=SEED,
        inputs={"picture": torch.from_numpy(np.array(picture)).float(), "ids": ids.input_ids},
        outputs={"embeds": embeds, "negative": negative, "source": source, **outputs},
        options={"instruction": INSTRUCTION, "steps": STEPS, "seed": SEED, "schedulers": schedulers},
    )
    size = sum(file.stat().st_size for file in CHECKPOINT.rglob("*") if file.is_file())
    print(f"{CHECKPOINT.name}: {size} bytes")


if __name__ == "__main__":
    main()
