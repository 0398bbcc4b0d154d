"""A tiny whole CLIP with its tokenizer, and what torchmetrics and transformers score with it."""

import json
import shutil

import torch
from metric_pictures import pairs
from PIL import Image
from torchmetrics.functional.multimodal import clip_score
from transformers import CLIPConfig, CLIPModel, CLIPProcessor, CLIPTokenizer
from transformers.models.clip.image_processing_pil_clip import CLIPImageProcessorPil

from parity_fixture import ROOT, randomize, write_numbers

SEED, SIDE = 131, 12
CHECKPOINTS = ROOT.parent / "checkpoints"
TOKENIZER = CHECKPOINTS / "tiny-instruct-pix2pix" / "tokenizer"
TEXTS = {"before": "a rabbit beside a teddy", "after": "a bee beside a tree"}


def tiny_clip(tokenizer: CLIPTokenizer) -> CLIPModel:
    sizes = {"hidden_size": 12, "intermediate_size": 20, "num_hidden_layers": 2, "num_attention_heads": 3}
    ids = {name: getattr(tokenizer, name) for name in ("bos_token_id", "eos_token_id", "pad_token_id")}
    text = {**sizes, **ids, "vocab_size": len(tokenizer), "max_position_embeddings": 77}
    vision = {**sizes, "image_size": SIDE, "patch_size": 4}
    config = CLIPConfig(text_config=text, vision_config=vision, projection_dim=10)
    return randomize(CLIPModel(config), SEED)


def direction(embeds: torch.Tensor) -> torch.Tensor:
    return embeds / embeds.norm(dim=-1, keepdim=True)


def write_checkpoint(model: CLIPModel, images: CLIPImageProcessorPil) -> None:
    folder = CHECKPOINTS / "tiny-clip"
    shutil.rmtree(folder, ignore_errors=True)
    model.half().save_pretrained(folder)
    for file in TOKENIZER.iterdir():
        shutil.copy(file, folder)
    options = {key: getattr(images, key) for key in ("size", "crop_size", "image_mean", "image_std")}
    (folder / "preprocessor_config.json").write_text(json.dumps(options, default=dict))


class VectorClip(CLIPModel):
    """Gives plain vectors, as torchmetrics expects and transformers 5 no longer does."""

    def get_text_features(self, *args: object, **options: object) -> torch.Tensor:
        return super().get_text_features(*args, **options).pooler_output

    def get_image_features(self, *args: object, **options: object) -> torch.Tensor:
        return super().get_image_features(*args, **options).pooler_output


def main() -> None:
    tokenizer = CLIPTokenizer.from_pretrained(TOKENIZER)
    square = {"height": SIDE, "width": SIDE}
    images = CLIPImageProcessorPil(size={"shortest_edge": SIDE}, crop_size=square)
    write_checkpoint(tiny_clip(tokenizer), images)
    model = VectorClip.from_pretrained(CHECKPOINTS / "tiny-clip", dtype=torch.float32).eval()
    ids = tokenizer(list(TEXTS.values()), padding="max_length", return_tensors="pt")
    before, after = direction(model.get_text_features(**ids))
    scores = {}
    for name, (picture, reference) in pairs().items():
        both = [Image.fromarray(one) for one in (reference, picture)]
        source, edited = direction(model.get_image_features(**images(both, return_tensors="pt")))
        pixels = torch.tensor(picture).permute(2, 0, 1)
        processor = CLIPProcessor(images, tokenizer)
        scores[name] = {
            "CLIP-T": torch.cosine_similarity(edited, after, dim=0).item(),
            "CLIP direction": torch.cosine_similarity(edited - source, after - before, dim=0).item(),
            "CLIPScore": {
                word: clip_score(pixels, text, lambda: (model, processor)).item()
                for word, text in TEXTS.items()
            },
        }
    numbers = {"texts": TEXTS, "scores": scores}
    write_numbers("metrics", "clip-text", numbers, ("torchmetrics", "transformers", "torch"))


with torch.no_grad():
    main()
