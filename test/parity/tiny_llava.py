"""A tiny LLaVA checkpoint as transformers saves it, and the states that it gives for a picture and an instruction."""

import json
import shutil

import numpy as np
import torch
from clip_pixels import picture
from PIL import Image
from tokenizers import Tokenizer
from transformers import CLIPVisionConfig, LlamaConfig, LlavaConfig, LlavaForConditionalGeneration
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from parity_fixture import ROOT, randomize, write_fixture

SEED = 91
MM, SIDE, PATCH = 3, 18, 6
PATCHES = (SIDE // PATCH) ** 2
INSTRUCTION = "Remove the red apple, don't touch the cat!"
FOLDER = ROOT.parent / "checkpoints" / "tiny-llava"
TOKENS = ROOT / "tokens" / "llama-prepended"

CHAT = (
    "A chat between a curious user and an artificial intelligence assistant. The assistant gives helpful, detailed, "
    "and polite answers to the user's questions. USER:"
)


def main() -> None:
    tokenizer = Tokenizer.from_file(str(TOKENS / "tokenizer.json"))
    known = tokenizer.get_vocab_size()
    # Three marks, then the [MM] tokens, then one that stands for a patch.
    first_mm = known + 3
    image = first_mm + MM
    config = LlavaConfig(
        vision_config=CLIPVisionConfig(
            hidden_size=12,
            intermediate_size=20,
            num_hidden_layers=3,
            num_attention_heads=3,
            image_size=SIDE,
            patch_size=PATCH,
        ),
        text_config=LlamaConfig(
            vocab_size=image + 1,
            hidden_size=12,
            intermediate_size=20,
            num_hidden_layers=2,
            num_attention_heads=6,
            num_key_value_heads=3,
            bos_token_id=1,
            eos_token_id=2,
        ),
        image_token_index=image,
    )
    model = randomize(LlavaForConditionalGeneration(config), SEED)
    processor = CLIPImageProcessorPil(
        size={"shortest_edge": SIDE}, crop_size={"height": SIDE, "width": SIDE}
    )
    shutil.rmtree(FOLDER, ignore_errors=True)
    model.to(torch.float16).save_pretrained(FOLDER)
    model.to(torch.float32)
    (FOLDER / "generation_config.json").unlink(missing_ok=True)
    for name in ("tokenizer.json", "tokenizer_config.json"):
        shutil.copy(TOKENS / name, FOLDER / name)
    options = {key: getattr(processor, key) for key in ("size", "crop_size", "image_mean", "image_std")}
    (FOLDER / "preprocessor_config.json").write_text(json.dumps(options, default=dict))

    before = tokenizer.encode(CHAT).ids
    wish = tokenizer.encode(INSTRUCTION, add_special_tokens=False).ids
    run = [first_mm + at for at in range(MM)]
    ids = torch.tensor([[*before, *[image] * PATCHES, *wish, *run]])
    pixels = picture(SEED, 20, 31)
    seen = processor(Image.fromarray(pixels), return_tensors="pt")["pixel_values"]
    states = model(input_ids=ids, pixel_values=seen, output_hidden_states=True).hidden_states[-1]
    vision = model.model.vision_tower(pixel_values=seen, output_hidden_states=True).hidden_states[-2]
    write_fixture(
        "tiny-llava",
        "states",
        seed=SEED,
        options={"instruction": INSTRUCTION, "mmTokens": MM, "firstMmToken": first_mm},
        inputs={"picture": torch.from_numpy(pixels.astype(np.int64))},
        outputs={"mmTokens": states[:, -MM:], "vision": vision[:, 1:]},
    )


with torch.no_grad():
    main()
