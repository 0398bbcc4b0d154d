"""A tiny random UNet of nine input channels, as Stable Diffusion's inpainting checkpoints have, and what diffusers' pipeline fills with it."""

import json
import shutil

import numpy as np
import torch
from diffusers import AutoencoderKL, DDIMScheduler, StableDiffusionInpaintPipeline, UNet2DConditionModel
from instruct_pix2pix import CHECKPOINT as PARTS
from instruct_pix2pix import HEIGHT, NOISE, WIDTH, make_picture
from parity_fixture import randomize, write_fixture
from PIL import Image
from transformers import CLIPTextModel, CLIPTokenizer

CHECKPOINT = PARTS.parent / "tiny-inpainting"
SEED = 11
STEPS = 4
GUIDANCE = 5.0
PROMPT = "the cat"
# What is hidden is encoded as middle grey; of 8 bits, 128 is nearest to it.
GREY = 128


def make_unet():
    return UNet2DConditionModel(
        in_channels=9,
        sample_size=8,
        block_out_channels=(8, 16),
        layers_per_block=1,
        down_block_types=("CrossAttnDownBlock2D", "DownBlock2D"),
        up_block_types=("UpBlock2D", "CrossAttnUpBlock2D"),
        cross_attention_dim=24,
        attention_head_dim=4,
        norm_num_groups=4,
    )


def main():
    unet = randomize(make_unet(), SEED)
    vae = AutoencoderKL.from_pretrained(PARTS / "vae", torch_dtype=torch.float32)
    scheduler = DDIMScheduler(**NOISE, clip_sample=False, set_alpha_to_one=False)
    pipe = StableDiffusionInpaintPipeline(
        vae=vae,
        text_encoder=CLIPTextModel.from_pretrained(PARTS / "text_encoder", dtype=torch.float32),
        tokenizer=CLIPTokenizer.from_pretrained(PARTS / "tokenizer"),
        unet=unet,
        scheduler=scheduler,
        safety_checker=None,
        feature_extractor=None,
        image_encoder=None,
        requires_safety_checker=False,
    )
    pipe.set_progress_bar_config(disable=True)
    shutil.rmtree(CHECKPOINT, ignore_errors=True)
    unet.half().save_pretrained(CHECKPOINT / "unet")
    unet.float()

    picture = make_picture()
    y, x = np.mgrid[0:HEIGHT, 0:WIDTH]
    # Odd edges, so that the choice of pixels in the smaller mask matters.
    hidden = ((x >= 7) & (x < 24) & (y >= 5) & (y < 16)) | ((x - 30) ** 2 + (y - 12) ** 2 < 30)
    masked = np.where(hidden[..., None], GREY, np.array(picture)).astype(np.uint8)
    with torch.no_grad():
        pixels = pipe.image_processor.preprocess(Image.fromarray(masked))
        source = vae.encode(pixels).latent_dist.mode()
        steps = []

        def note(_pipe, _step, _timestep, values):
            steps.append(values["latents"].clone())
            return values

        pipe(
            PROMPT,
            image=picture,
            mask_image=Image.fromarray((255 * hidden).astype(np.uint8)),
            masked_image_latents=vae.config.scaling_factor * source,
            height=HEIGHT,
            width=WIDTH,
            strength=1.0,
            num_inference_steps=STEPS,
            guidance_scale=GUIDANCE,
            generator=torch.Generator().manual_seed(SEED),
            callback_on_step_end=note,
            output_type="latent",
        )
    write_fixture(
        "inpaint",
        "fill",
        seed=SEED,
        inputs={
            "picture": torch.from_numpy(np.array(picture)).float(),
            "hidden": torch.from_numpy(255 * hidden).float(),
        },
        outputs={"source": source, "latent": steps[-1]},
        options={
            "prompt": PROMPT,
            "steps": STEPS,
            "seed": SEED,
            "guidance": GUIDANCE,
            "scheduler": json.loads(scheduler.to_json_string()),
        },
    )


if __name__ == "__main__":
    main()
