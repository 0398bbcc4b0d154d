"""InsightEdit's mini in plain torch, by the same weight names: what its gradients and its speed are compared with.

A `Scope` is a place in the tree of weights; a weight is drawn when it is first asked for. Configurations are those of
`InsightEditConfig`, as dictionaries.
"""

import math
from dataclasses import dataclass, field

import torch
import torch.nn.functional as F
from formula_weights import named_weight
from torch import Tensor


@dataclass
class Scope:
    weights: dict[str, Tensor]
    seed: int
    path: str = ""
    # The patch autoencoder and the position matrix are given, not trained.
    fixed: tuple[str, ...] = field(default=("vae.", "positional_encoding_gaussian_matrix"))

    def at(self, name: str) -> "Scope":
        path = f"{self.path}.{name}" if self.path else name
        return Scope(self.weights, self.seed, path, self.fixed)

    def get(self, name: str, *shape: int) -> Tensor:
        path = self.at(name).path
        if path not in self.weights:
            value = named_weight(f"{self.seed}.{path}", shape)
            is_trained = not any(part in path for part in self.fixed)
            self.weights[path] = value.requires_grad_(is_trained)
        return self.weights[path]


def new_scope(seed: int) -> Scope:
    return Scope({}, seed)


def linear(w: Scope, x: Tensor, out: int, bias: bool = True) -> Tensor:
    return F.linear(x, w.get("weight", out, x.shape[-1]), w.get("bias", out) if bias else None)


def conv(w: Scope, x: Tensor, out: int, kernel: int, stride: int = 1, padding: int = 0) -> Tensor:
    weight = w.get("weight", out, x.shape[1], kernel, kernel)
    return F.conv2d(x, weight, w.get("bias", out), stride, padding)


def layer_norm(w: Scope, x: Tensor, eps: float = 1e-5) -> Tensor:
    width = x.shape[-1]
    return F.layer_norm(x, (width,), w.get("weight", width), w.get("bias", width), eps)


def rms_norm(w: Scope, x: Tensor, eps: float = 1e-6) -> Tensor:
    return F.rms_norm(x, (x.shape[-1],), w.get("weight", x.shape[-1]), eps)


def group_norm(w: Scope, x: Tensor, groups: int, eps: float) -> Tensor:
    return F.group_norm(x, groups, w.get("weight", x.shape[1]), w.get("bias", x.shape[1]), eps)


def heads_of(x: Tensor, heads: int) -> Tensor:
    return x.unflatten(2, (heads, -1)).transpose(1, 2)


def attend(query: Tensor, key: Tensor, value: Tensor, heads: int) -> Tensor:
    parts = [heads_of(x, heads) for x in (query, key, value)]
    return F.scaled_dot_product_attention(*parts).transpose(1, 2).flatten(2)


def vision_layer(w: Scope, x: Tensor, heads: int, hidden: int) -> Tensor:
    out = x.shape[-1]
    normal = layer_norm(w.at("layer_norm1"), x)
    parts = [linear(w.at(f"self_attn.{name}_proj"), normal, out) for name in "qkv"]
    own = x + linear(w.at("self_attn.out_proj"), attend(*parts, heads), out)
    wide = F.gelu(linear(w.at("mlp.fc1"), layer_norm(w.at("layer_norm2"), own), hidden))
    return own + linear(w.at("mlp.fc2"), wide, out)


def convolution_stem(w: Scope, pixels: Tensor, width: int, patch: int) -> Tensor:
    halvings, h = int(math.log2(patch)) - 2, pixels
    for index in range(halvings + 1):
        out = width // 2 ** (halvings - index)
        window = (4, 4) if index == 0 else (3, 2, 1)
        h = F.silu(group_norm(w.at(f"norms.{index}"), conv(w.at(f"convs.{index}"), h, out, *window), 8, 1e-5))
    return conv(w.at("projection"), h, width, 1)


def vision_tower(w: Scope, pixels: Tensor, config: dict) -> Tensor:
    patch, width = config["patchSize"], config["width"]
    embedding = w.at("embeddings.patch_embedding")
    if config.get("stem") == "convolutions":
        patches = convolution_stem(embedding, pixels, width, patch)
    else:
        patches = conv(embedding, pixels, width, patch, patch)
    seen = patches.flatten(2).transpose(1, 2)
    position = w.get("embeddings.position_embedding.weight", seen.shape[1], width)
    x = layer_norm(w.at("pre_layrnorm"), seen + position)
    for index in range(config["layers"]):
        x = vision_layer(w.at(f"encoder.layers.{index}"), x, config["heads"], 4 * width)
    return layer_norm(w.at("post_layernorm"), x) if config.get("normalizesPatches") else x


def rotate(x: Tensor) -> Tensor:
    """Rotary embedding with Llama's pairing of halves. [N, H, L, d]"""
    half = x.shape[-1] // 2
    frequency = 10_000.0 ** (-torch.arange(half) / half)
    angle = (torch.arange(x.shape[2])[:, None] * frequency).repeat(1, 2)
    turned = torch.cat([-x[..., half:], x[..., :half]], -1)
    return x * angle.cos() + turned * angle.sin()


def llama_layer(w: Scope, x: Tensor, heads: int, hidden: int) -> Tensor:
    out = x.shape[-1]
    normal = rms_norm(w.at("input_layernorm"), x)
    query, key, value = (
        heads_of(linear(w.at(f"self_attn.{name}_proj"), normal, out, False), heads) for name in "qkv"
    )
    mixed = F.scaled_dot_product_attention(rotate(query), rotate(key), value, is_causal=True)
    own = x + linear(w.at("self_attn.o_proj"), mixed.transpose(1, 2).flatten(2), out, False)
    second = rms_norm(w.at("post_attention_layernorm"), own)
    gate, up = (linear(w.at(f"mlp.{name}_proj"), second, hidden, False) for name in ("gate", "up"))
    return own + linear(w.at("mlp.down_proj"), F.silu(gate) * up, out, False)


def vision_language(w: Scope, pixels: Tensor, ids: Tensor, config: dict) -> tuple[Tensor, Tensor]:
    width = config["width"]
    seen = vision_tower(w.at("vision_tower.vision_model"), pixels, config["vision"])
    words = F.embedding(ids, w.get("model.embed_tokens.weight", config["vocabulary"], width))
    learnt = w.get("model.mm_tokens", 1, config["mmTokens"], width).expand(len(pixels), -1, -1)
    x = torch.cat([linear(w.at("mm_projector"), seen, width), words, learnt], 1)
    for index in range(config["layers"]):
        x = llama_layer(w.at(f"model.layers.{index}"), x, config["heads"], config["hidden"])
    return rms_norm(w.at("model.norm"), x[:, -config["mmTokens"] :]), seen


def q_former(w: Scope, memory: Tensor, config: dict) -> Tensor:
    width, heads, former = config["width"], config["heads"], w.at("sd_qformer")

    def attention(to: Scope, x: Tensor, told: Tensor) -> Tensor:
        key, value = (linear(to.at(f"self.{name}"), told, width) for name in ("key", "value"))
        mixed = attend(linear(to.at("self.query"), x, width), key, value, heads)
        return layer_norm(to.at("output.LayerNorm"), x + linear(to.at("output.dense"), mixed, width), 1e-12)

    queries = w.get("sd_query_tokens", 1, config["queries"], width).expand(len(memory), -1, -1)
    x = layer_norm(former.at("embeddings.LayerNorm"), queries, 1e-12)
    for index in range(config["layers"]):
        layer = former.at(f"encoder.layer.{index}")
        x = attention(layer.at("attention"), x, x)
        if index % 2 == 0:
            x = attention(layer.at("crossattention"), x, memory)
        wide = F.gelu(linear(layer.at("intermediate_query.dense"), x, 4 * width))
        x = layer_norm(
            layer.at("output_query.LayerNorm"), x + linear(layer.at("output_query.dense"), wide, width), 1e-12
        )
    return x


@dataclass
class Interaction:
    text: Tensor
    visual: Tensor
    image: Tensor
    entering: Tensor
    position: Tensor


def interaction(w: Scope, query: Tensor, vision: Tensor, config: dict) -> Interaction:
    width, heads, grid = vision.shape[-1], config["heads"], config["grid"]

    def attention(to: Scope, q: Tensor, k: Tensor, v: Tensor, inner: int) -> Tensor:
        parts = [linear(to.at(f"{name}_proj"), x, inner) for name, x in zip("qkv", (q, k, v))]
        return linear(to.at("out_proj"), attend(*parts, heads), q.shape[-1])

    centres = 2 * (torch.arange(grid) + 0.5) / grid - 1
    y, x = torch.meshgrid(centres, centres, indexing="ij")
    gaussian = w.get("pe_layer.positional_encoding_gaussian_matrix", 2, width // 2)
    angle = 2 * math.pi * torch.stack([x.flatten(), y.flatten()], -1)[None] @ gaussian
    p = torch.cat([angle.sin(), angle.cos()], -1)

    t0 = linear(w.at("modulate_head"), query, width)
    t, m = t0, vision
    for index in range(2):
        to = w.at(f"modulate_transformer.layers.{index}")
        if index == 0:
            own = attention(to.at("self_attn"), t, t, t, width)
        else:
            own = t + attention(to.at("self_attn"), t + t0, t + t0, t, width)
        t = layer_norm(to.at("norm1"), own)
        seen = attention(to.at("cross_attn_token_to_image"), t + t0, m + p, m, width // 2)
        t = layer_norm(to.at("norm2"), t + seen)
        wide = F.relu(linear(to.at("mlp.lin1"), t, 2 * width))
        t = layer_norm(to.at("norm3"), t + linear(to.at("mlp.lin2"), wide, width))
        told = attention(to.at("cross_attn_image_to_token"), m + p, t + t0, t, width // 2)
        m = layer_norm(to.at("norm4"), m + told)
    last = attention(w.at("modulate_transformer.final_attn_token_to_image"), t + t0, m + p, m, width // 2)
    read = layer_norm(w.at("modulate_transformer.norm_final_attn"), t + last)
    back = linear(w.at("dimension_reduction_head_qformer_out"), read, query.shape[-1])
    picture = m.transpose(1, 2).unflatten(2, (grid, grid))
    wide = F.interpolate(picture, scale_factor=config["visualScale"], mode="bilinear", align_corners=False)
    visual = conv(w.at("dimension_reduction_head_zeroconv"), wide, config["visualChannels"], 1)
    return Interaction(query + 0.5 * back, visual, m, t0, p)


def image_adapter(w: Scope, states: Tensor, config: dict) -> Tensor:
    tokens, width = config["tokens"], config["width"]
    mapped = F.gelu(linear(w.at("mapper"), states, config["mapperWidth"])).flatten(1)
    return layer_norm(w.at("norm"), linear(w.at("proj"), mapped, tokens * width).unflatten(1, (tokens, width)))


def resnet(w: Scope, x: Tensor, time: Tensor, out: int, groups: int, eps: float = 1e-5) -> Tensor:
    h = conv(w.at("conv1"), F.silu(group_norm(w.at("norm1"), x, groups, eps)), out, 3, padding=1)
    h = h + linear(w.at("time_emb_proj"), F.silu(time), out)[:, :, None, None]
    h = conv(w.at("conv2"), F.silu(group_norm(w.at("norm2"), h, groups, eps)), out, 3, padding=1)
    return h + (x if x.shape[1] == out else conv(w.at("conv_shortcut"), x, out, 1))


@dataclass
class Told:
    text: Tensor
    image: Tensor
    scale: Tensor


def decoupled_attention(w: Scope, x: Tensor, told: Told, heads: int) -> Tensor:
    out = x.shape[-1]
    query = linear(w.at("to_q"), x, out, False)

    def read(tokens: Tensor, suffix: str) -> Tensor:
        key, value = (linear(w.at(suffix % name), tokens, out, False) for name in "kv")
        return attend(query, key, value, heads)

    mixed = read(told.text, "to_%s") + told.scale * read(told.image, "processor.to_%s_ip.0")
    return linear(w.at("to_out.0"), mixed, out)


def spatial_transformer(w: Scope, x: Tensor, told: Told, heads: int, groups: int) -> Tensor:
    out, block = x.shape[1], w.at("transformer_blocks.0")
    tokens = conv(w.at("proj_in"), group_norm(w.at("norm"), x, groups, 1e-6), out, 1)
    t = tokens.flatten(2).transpose(1, 2)
    normal = layer_norm(block.at("norm1"), t)
    parts = [linear(block.at(f"attn1.to_{name}"), normal, out, False) for name in "qkv"]
    t = t + linear(block.at("attn1.to_out.0"), attend(*parts, heads), out)
    t = t + decoupled_attention(block.at("attn2"), layer_norm(block.at("norm2"), t), told, heads)
    value, gate = linear(block.at("ff.net.0.proj"), layer_norm(block.at("norm3"), t), 8 * out).chunk(2, -1)
    t = t + linear(block.at("ff.net.2"), value * F.gelu(gate), out)
    return x + conv(w.at("proj_out"), t.transpose(1, 2).unflatten(2, x.shape[2:]), out, 1)


def edit_unet(w: Scope, sample: Tensor, timestep: Tensor, told: Told, visual: Tensor, config: dict) -> Tensor:
    channels, attends, heads = config["blockOutChannels"], config["attends"], config["heads"]
    groups, first = config["normNumGroups"], config["blockOutChannels"][0]
    half = first // 2
    angle = timestep[:, None] * 10_000.0 ** (-torch.arange(half) / half)
    wave = torch.cat([angle.cos(), angle.sin()], -1)
    time = F.silu(linear(w.at("time_embedding.linear_1"), wave, 4 * first))
    time = linear(w.at("time_embedding.linear_2"), time, 4 * first)

    def layer(to: Scope, h: Tensor, out: int, index: int, does_attend: bool) -> Tensor:
        h = resnet(to.at(f"resnets.{index}"), h, time, out, groups)
        return spatial_transformer(to.at(f"attentions.{index}"), h, told, heads, groups) if does_attend else h

    h = conv(w.at("conv_in"), sample, first, 3, padding=1) + visual
    skips = [h]
    for level, out in enumerate(channels):
        to = w.at(f"down_blocks.{level}")
        for index in range(config["layersPerBlock"]):
            h = layer(to, h, out, index, attends[level])
            skips.append(h)
        if level < len(channels) - 1:
            h = conv(to.at("downsamplers.0.conv"), h, out, 3, 2, 1)
            skips.append(h)
    h = layer(w.at("mid_block"), h, channels[-1], 0, True)
    h = layer(w.at("mid_block"), h, channels[-1], 1, False)
    for place, level in enumerate(reversed(range(len(channels)))):
        to = w.at(f"up_blocks.{place}")
        for index in range(config["layersPerBlock"] + 1):
            h = layer(to, torch.cat([h, skips.pop()], 1), channels[level], index, attends[level])
        if level > 0:
            h = F.interpolate(h, scale_factor=2, mode="nearest")
            h = conv(to.at("upsamplers.0.conv"), h, channels[level], 3, padding=1)
    return conv(w.at("conv_out"), F.silu(group_norm(w.at("conv_norm_out"), h, groups, 1e-5)), config["outChannels"], 3, padding=1)


def target_features(w: Scope, target: Tensor, config: dict) -> Tensor:
    """Mean features of each quadrant, normalized."""
    vision = config["mllm"]["vision"]
    with torch.no_grad():
        seen = vision_tower(w.at("mllm.vision_tower.vision_model"), target, vision)
        half = vision["imageSize"] // vision["patchSize"] // 2
        quadrants = seen.unflatten(1, (2, half, 2, half)).mean((2, 4)).flatten(1, 2)
        return F.layer_norm(quadrants, quadrants.shape[-1:])


def losses(w: Scope, batch: dict[str, Tensor], config: dict, options: dict) -> dict[str, Tensor]:
    """Every loss of a training stage; names and meanings as `insightEditLosses` has them."""
    mllm, bridges = config["mllm"], config["bridges"]
    grid, patch = bridges["interaction"]["grid"], config["vae"]["patchSize"]
    mm, vision = vision_language(w.at("mllm"), batch["source"], batch["ids"], mllm)
    told = interaction(w.at("bridges"), q_former(w.at("bridges"), mm, bridges["qFormer"]), vision, bridges["interaction"])
    image = image_adapter(w.at("bridges.image_alignment_adapter"), mm, bridges["adapter"])
    source, target = (
        conv(w.at("vae.encoder.conv_in"), batch[name], config["vae"]["latentChannels"], patch, patch)
        for name in ("source", "target")
    )
    head, where, kinds = w.at("train"), batch["where"], options["objects"] + 1
    spread = where / (where.sum(1, keepdim=True) + 1e-6)
    scale = source.shape[2] // grid
    cut = (target - source).unflatten(3, (grid, scale)).unflatten(2, (grid, scale))
    change = cut.permute(0, 2, 4, 1, 3, 5).flatten(3).flatten(1, 2)
    pooled = mm.mean(1)
    meant = spread[:, None] @ told.position
    found = {
        "place": -(F.log_softmax(linear(head.at("place"), pooled, grid**2), -1) * spread).sum(1).mean(),
        "point": F.mse_loss(told.entering[:, :1], meant),
        "where": F.binary_cross_entropy_with_logits(linear(head.at("where"), told.image, 1)[..., 0], where),
        "gone": F.cross_entropy(linear(head.at("gone"), pooled, kinds), batch["gone"]),
        "come": F.cross_entropy(linear(head.at("come"), pooled, kinds), batch["come"]),
        "cells": F.cross_entropy(linear(head.at("cells"), vision, kinds).flatten(0, 1), batch["cells"].flatten()),
        "draft": (
            (linear(head.at("draft"), told.image, change.shape[2]) - change) ** 2
            * (1 + options["maskWeight"] * where[..., None])
        ).mean(),
        "align": F.mse_loss(image, target_features(w, batch["target"], config)),
    }
    if options["stage"] == "alignment":
        return found
    nothing = w.get("bridges.null_text", 1, *told.text.shape[1:])
    base = source * batch["keepSource"]
    noisy = target * batch["signal"] + batch["noise"] * batch["spread"]
    text = told.text * batch["keepText"] + nothing * (1 - batch["keepText"])
    output = edit_unet(
        w.at("unet"),
        torch.cat([noisy, base], 1),
        batch["timestep"],
        Told(text, image, batch["imageScale"]),
        told.visual,
        config["unet"],
    )
    error = (base + output - target) ** 2 * (1 + options["maskWeight"] * batch["mask"])
    return {**found, "diffusion": error.mean()}


def draw_batch(config: dict, options: dict, seed: int) -> dict[str, Tensor]:
    """Random numbers in the shapes of a batch of scenes."""
    generator = torch.Generator().manual_seed(seed)
    rows, size = options["batch"], config["vae"]["imageSize"]
    side, cells = config["unet"]["sampleSize"], config["bridges"]["interaction"]["grid"] ** 2
    # Sixteenths, which a fixture packs well.
    normal = lambda *shape: (16 * torch.randn(shape, generator=generator)).round() / 16  # noqa: E731
    share = lambda *shape: torch.rand(shape, generator=generator)  # noqa: E731
    whole = lambda high, *shape: torch.randint(high, shape, generator=generator)  # noqa: E731
    angle = share(rows, 1, 1, 1) * math.pi / 2
    return {
        "source": normal(rows, 3, size, size),
        "target": normal(rows, 3, size, size),
        "ids": whole(config["mllm"]["vocabulary"], rows, config["mllm"]["maxWords"]),
        "where": share(rows, cells),
        "gone": whole(options["objects"] + 1, rows),
        "come": whole(options["objects"] + 1, rows),
        "cells": whole(options["objects"] + 1, rows, cells),
        "mask": share(rows, 1, side, side),
        "noise": normal(rows, config["vae"]["latentChannels"], side, side),
        "timestep": 999 * share(rows),
        "signal": angle.cos(),
        "spread": angle.sin(),
        "keepText": whole(2, rows, 1, 1).float(),
        "keepSource": whole(2, rows, 1, 1, 1).float(),
        "imageScale": share(rows, 1, 1),
    }
