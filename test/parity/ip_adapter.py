"""IP-Adapter's three projections of a picture against diffusers."""

import torch
from diffusers.models.embeddings import (
    ImageProjection,
    IPAdapterFullImageProjection,
    IPAdapterPlusImageProjection,
)

from formula_weights import name_weights, named_weight
from parity_fixture import draw, write_fixture


def published(weights: dict[str, torch.Tensor], *rules: tuple[str, str]) -> dict[str, torch.Tensor]:
    """diffusers' keys back to those of the published checkpoints."""
    result = {}
    for key, value in weights.items():
        for old, new in rules:
            key = key.replace(old, new)
        result[f"image_proj.{key}"] = value
    return result


def resampler_weights(model: IPAdapterPlusImageProjection, layers: int) -> dict[str, torch.Tensor]:
    weights = model.state_dict()
    for index in range(layers):
        attention = f"layers.{index}.attn"
        key, value = (weights.pop(f"{attention}.to_{part}.weight") for part in "kv")
        weights[f"layers.{index}.0.to_kv.weight"] = torch.cat([key, value])
        for name, to in (("to_q", "to_q"), ("to_out.0", "to_out")):
            weights[f"layers.{index}.0.{to}.weight"] = weights.pop(f"{attention}.{name}.weight")
    return published(
        weights,
        (".ln0.", ".0.norm1."),
        (".ln1.", ".0.norm2."),
        (".ff.0.", ".1.0."),
        (".ff.1.net.0.proj.", ".1.1."),
        (".ff.1.net.2.", ".1.3."),
    )


with torch.no_grad():
    plain = name_weights(
        ImageProjection(image_embed_dim=7, cross_attention_dim=10, num_image_text_embeds=3), 61
    )
    embeds = draw(61, 2, 7)
    write_fixture(
        "ip-adapter",
        "plain",
        seed=61,
        weights=published(plain.state_dict(), ("image_embeds.", "proj.")),
        inputs={"embeds": embeds},
        outputs={"image": plain(embeds)},
    )

    plus = name_weights(
        IPAdapterPlusImageProjection(
            embed_dims=9, output_dims=11, hidden_dims=14, depth=3, heads=2, num_queries=5, ffn_ratio=3
        ),
        62,
    )
    # Published checkpoints hold both in one matrix.
    for index, layer in enumerate(plus.layers):
        joined = named_weight(f"62.{index}.to_kv", (2 * layer.attn.to_k.weight.shape[0], 14))
        for part, half in zip((layer.attn.to_k, layer.attn.to_v), joined.chunk(2)):
            part.weight.copy_(half)
    features = draw(62, 2, 6, 9)
    write_fixture(
        "ip-adapter",
        "plus",
        seed=62,
        weights=resampler_weights(plus, 3),
        inputs={"features": features},
        outputs={"image": plus(features)},
    )

    full = name_weights(IPAdapterFullImageProjection(image_embed_dim=9, cross_attention_dim=8), 64)
    write_fixture(
        "ip-adapter",
        "full",
        seed=64,
        weights=published(
            full.state_dict(),
            ("ff.net.0.proj.", "proj.0."),
            ("ff.net.2.", "proj.2."),
            ("norm.", "proj.3."),
        ),
        inputs={"features": features},
        outputs={"image": full(features)},
    )
