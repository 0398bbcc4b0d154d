"""Gradients of every block, of a small UNet and of a whole training step, by torch's autograd over the plain twin."""

from collections.abc import Callable

import torch
from torch import Tensor

import insightedit_twin as twin
from parity_fixture import draw, write_fixture


def is_idle(key: str) -> bool:
    """A key's bias adds the same to all of a query's scores: its gradient is nothing but rounding."""
    return key.endswith(("key.bias", "k_proj.bias"))


def write(
    name: str,
    seed: int,
    inputs: dict[str, Tensor],
    build: Callable[[twin.Scope, dict[str, Tensor]], dict[str, Tensor]],
    options: dict,
) -> None:
    """Gradients of the sum of all outputs, each weighted by fixed numbers that the fixture holds."""
    scope = twin.new_scope(seed)
    for value in inputs.values():
        value.requires_grad_(value.is_floating_point())
    outputs = build(scope, inputs)
    weighting = {key: draw(seed + 50 + at, *value.shape) for at, (key, value) in enumerate(outputs.items())}
    sum((outputs[key] * weighting[key]).sum() for key in outputs).backward()
    tracked = {**scope.weights, **inputs}
    slopes = {f"d.{key}": value.grad for key, value in tracked.items() if value.grad is not None and not is_idle(key)}
    write_fixture(
        "gradients",
        name,
        seed=seed,
        options=options,
        weights=scope.weights,
        inputs={**inputs, **{f"weighting.{key}": value for key, value in weighting.items()}},
        outputs={**outputs, **slopes},
    )


def context(seed: int, width: int) -> dict[str, Tensor]:
    return {
        "text": draw(seed, 2, 5, width),
        "image": draw(seed + 1, 2, 3, width),
        "imageScale": torch.tensor([0.7, 1.3])[:, None, None],
    }


def told(inputs: dict[str, Tensor]) -> twin.Told:
    return twin.Told(inputs["text"], inputs["image"], inputs["imageScale"])


def write_blocks() -> None:
    write(
        "resnet-block",
        101,
        {"x": draw(1, 2, 6, 7, 5), "time": draw(2, 2, 5)},
        lambda w, i: {"y": twin.resnet(w, i["x"], i["time"], 8, 2)},
        {"out": 8, "groups": 2, "epsilon": 1e-5},
    )
    write(
        "spatial-transformer",
        102,
        {"x": draw(3, 2, 8, 3, 5), **context(4, 7)},
        lambda w, i: {"y": twin.spatial_transformer(w, i["x"], told(i), 2, 4)},
        {"heads": 2, "groups": 4},
    )
    write(
        "decoupled-cross-attention",
        103,
        {"x": draw(6, 2, 4, 9), **context(7, 5)},
        lambda w, i: {"y": twin.decoupled_attention(w, i["x"], told(i), 3)},
        {"heads": 3},
    )
    q_former = {"queries": 5, "width": 9, "layers": 3, "heads": 3}
    write(
        "q-former",
        104,
        {"memory": draw(9, 2, 4, 7)},
        lambda w, i: {"y": twin.q_former(w, i["memory"], q_former)},
        q_former,
    )
    interaction = {"heads": 2, "grid": 3, "visualChannels": 5, "visualScale": 2}

    def read(w: twin.Scope, i: dict[str, Tensor]) -> dict[str, Tensor]:
        found = twin.interaction(w, i["query"], i["vision"], interaction)
        return {"text": found.text, "visual": found.visual, "image": found.image}

    write(
        "bidirectional-interaction",
        105,
        {"query": draw(10, 2, 5, 6), "vision": draw(11, 2, 9, 8)},
        read,
        interaction,
    )
    adapter = {"mapperWidth": 3, "tokens": 4, "width": 10}
    write(
        "image-alignment-adapter",
        106,
        {"mm": draw(12, 3, 5, 7)},
        lambda w, i: {"y": twin.image_adapter(w, i["mm"], adapter)},
        adapter,
    )
    llama = {"heads": 3, "hidden": 10}
    write(
        "llama-layer",
        107,
        {"x": draw(13, 2, 7, 12)},
        lambda w, i: {"y": twin.llama_layer(w.at("layers.0"), i["x"], **llama)},
        llama,
    )
    vision = {"heads": 2, "hidden": 24}
    write(
        "vision-layer",
        108,
        {"x": draw(14, 2, 6, 8)},
        lambda w, i: {"y": twin.vision_layer(w.at("layers.0"), i["x"], **vision)},
        vision,
    )
    stem = {"width": 32, "patchSize": 8}
    write(
        "convolution-stem",
        113,
        {"pixels": draw(19, 2, 3, 8, 16)},
        lambda w, i: {"y": twin.convolution_stem(w, i["pixels"], 32, 8)},
        stem,
    )


UNET = {
    "sampleSize": 6,
    "inChannels": 6,
    "outChannels": 3,
    "blockOutChannels": [4, 6],
    "attends": [False, True],
    "layersPerBlock": 1,
    "heads": 2,
    "normNumGroups": 2,
    "crossAttentionDim": 7,
    "textTokens": 5,
    "imageTokens": 3,
}


def write_unet() -> None:
    write(
        "edit-unet",
        109,
        {
            "sample": draw(15, 2, 6, 6, 6),
            "timestep": torch.tensor([13.0, 870.0]),
            **context(16, 7),
            "visual": draw(18, 2, 4, 6, 6),
        },
        lambda w, i: {"output": twin.edit_unet(w, i["sample"], i["timestep"], told(i), i["visual"], UNET)},
        UNET,
    )


STEP = {
    "mllm": {
        "vision": {"imageSize": 16, "patchSize": 4, "width": 8, "layers": 1, "heads": 2, "normalizesPatches": True},
        "vocabulary": 6,
        "maxWords": 3,
        "mmTokens": 2,
        "width": 8,
        "hidden": 12,
        "layers": 2,
        "heads": 2,
    },
    "bridges": {
        "mmTokens": 2,
        "mmWidth": 8,
        "visionWidth": 8,
        "qFormer": {"queries": 3, "width": 8, "layers": 2, "heads": 2},
        "interaction": {"heads": 2, "grid": 4, "visualChannels": 4, "visualScale": 2},
        "adapter": {"mapperWidth": 4, "tokens": 4, "width": 8},
    },
    "unet": {
        "sampleSize": 8,
        "inChannels": 12,
        "outChannels": 6,
        "blockOutChannels": [4, 6],
        "attends": [False, True],
        "layersPerBlock": 1,
        "heads": 2,
        "normNumGroups": 2,
        "crossAttentionDim": 8,
        "textTokens": 3,
        "imageTokens": 4,
    },
    "vae": {"imageSize": 16, "patchSize": 2, "latentChannels": 6},
}


def write_step(stage: str, seed: int) -> None:
    """The losses of one batch, and where AdamW by torch, after clipping by torch, moves the weights in two steps."""
    options = {
        "batch": 2,
        "objects": 4,
        "maskWeight": 4,
        "stage": stage,
        "weights": {"place": 0.5, "point": 1, "where": 2, "gone": 0.3, "come": 0.4, "cells": 0.6, "draft": 0.7, "align": 0.8, "diffusion": 1},
        "rate": 0.002,
        "weightDecay": 0.03,
        "clip": 1,
        # Large enough that a gradient of nothing but rounding moves nothing.
        "epsilon": 1e-3,
        "steps": 2,
    }
    frozen = "mllm." if stage == "editing" else "unet."
    scope = twin.new_scope(seed)
    batches = [twin.draw_batch(STEP, options, seed + at) for at in range(options["steps"])]
    # Both stages share one vector, so every weight is drawn before the first step.
    with torch.no_grad():
        twin.losses(scope, batches[0], STEP, {**options, "stage": "editing"})
    first = {key: value.detach().clone() for key, value in scope.weights.items()}
    moved = {
        key: value for key, value in scope.weights.items() if value.requires_grad and not key.startswith(frozen)
    }
    for key, value in scope.weights.items():
        value.requires_grad_(key in moved)
    optimizer = torch.optim.AdamW(
        moved.values(), lr=options["rate"], betas=(0.9, 0.99), eps=options["epsilon"], weight_decay=options["weightDecay"]
    )
    outputs = {}
    for at, batch in enumerate(batches):
        found = twin.losses(scope, batch, STEP, options)
        total = sum(options["weights"][key] * value for key, value in found.items())
        optimizer.zero_grad(set_to_none=False)
        total.backward()
        for value in moved.values():
            value.grad = torch.zeros_like(value) if value.grad is None else value.grad
        norm = torch.nn.utils.clip_grad_norm_(moved.values(), options["clip"])
        outputs.update({f"{at}.{key}": value[None] for key, value in found.items()}, **{f"{at}.norm": norm[None]})
        optimizer.step()
    outputs.update({f"after.{key}": value for key, value in moved.items() if not is_idle(key)})
    inputs = {f"{at}.{key}": value for at, batch in enumerate(batches) for key, value in batch.items()}
    write_fixture(
        "gradients", f"step-{stage}", seed=seed, config=STEP, options=options, weights=first, inputs=inputs, outputs=outputs
    )


write_blocks()
write_unet()
write_step("alignment", 111)
write_step("editing", 112)
