"""Q-Former against BLIP-2's in transformers, the bidirectional interaction against SAM's two-way transformer, and the
image alignment adapter against plain torch."""

import math

import torch
import torch.nn.functional as F
from transformers import Blip2QFormerConfig, Blip2QFormerModel, SamMaskDecoderConfig
from transformers.models.sam.modeling_sam import SamTwoWayTransformer

from formula_weights import name_weights, named_weight
from parity_fixture import draw, write_fixture


def renamed(weights: dict[str, torch.Tensor], *rules: tuple[str, str]) -> dict[str, torch.Tensor]:
    result = {}
    for key, value in weights.items():
        for old, new in rules:
            key = key.replace(old, new)
        result[key] = value
    return result


def prefixed(weights: dict[str, torch.Tensor], prefix: str) -> dict[str, torch.Tensor]:
    return {f"{prefix}.{key}": value for key, value in weights.items()}


class QFormer:
    """Queries through BLIP-2's Q-Former; SmartEdit's names."""

    def __init__(self, seed: int, *, queries: int, memory: int, **options: int) -> None:
        config = Blip2QFormerConfig(encoder_hidden_size=memory, **options)
        self.model = name_weights(Blip2QFormerModel(config), seed)
        self.queries = named_weight(f"{seed}.queries", (1, queries, config.hidden_size))
        self.config = config

    def __call__(self, memory: torch.Tensor) -> torch.Tensor:
        queries = self.queries.expand(memory.shape[0], -1, -1)
        return self.model(query_embeds=queries, encoder_hidden_states=memory).last_hidden_state

    def weights(self) -> dict[str, torch.Tensor]:
        own = renamed(
            self.model.state_dict(),
            ("attention.attention.", "attention.self."),
            ("layernorm.", "embeddings.LayerNorm."),
        )
        return {"sd_query_tokens": self.queries, **prefixed(own, "sd_qformer")}

    def options(self) -> dict[str, int]:
        return {
            "queries": self.queries.shape[1],
            "width": self.config.hidden_size,
            "layers": self.config.num_hidden_layers,
            "heads": self.config.num_attention_heads,
            "hidden": self.config.intermediate_size,
            "crossEvery": self.config.cross_attention_frequency,
        }


class Interaction:
    """Architecture notes, section 1.4, around SAM's two-way transformer."""

    def __init__(self, seed: int, *, width: int, depth: int, heads: int, grid: int, channels: int) -> None:
        config = SamMaskDecoderConfig(
            hidden_size=width,
            mlp_dim=2 * width,
            num_hidden_layers=2,
            num_attention_heads=heads,
            attention_downsample_rate=2,
            hidden_act="relu",
            layer_norm_eps=1e-5,
        )
        self.grid = grid
        self.parts = name_weights(
            torch.nn.ModuleDict(
                {
                    "modulate_head": torch.nn.Linear(depth, width),
                    "modulate_transformer": SamTwoWayTransformer(config),
                    "dimension_reduction_head_qformer_out": torch.nn.Linear(width, depth),
                    "dimension_reduction_head_zeroconv": torch.nn.Conv2d(width, channels, 1),
                }
            ),
            seed,
        )
        self.gaussian = named_weight(f"{seed}.gaussian", (2, width // 2))

    def position(self) -> torch.Tensor:
        """[1, width, grid, grid]"""
        centres = (torch.arange(self.grid) + 0.5) / self.grid
        y, x = torch.meshgrid(centres, centres, indexing="ij")
        angles = 2 * math.pi * ((2 * torch.stack([x, y], dim=-1) - 1) @ self.gaussian)
        return torch.cat([angles.sin(), angles.cos()], dim=-1).permute(2, 0, 1)[None]

    def __call__(
        self, query: torch.Tensor, vision: torch.Tensor, size: tuple[int, int]
    ) -> dict[str, torch.Tensor]:
        batch = len(query)
        start = self.parts["modulate_head"](query)
        image = vision.transpose(1, 2).unflatten(2, (self.grid, self.grid))
        tokens, image = self.parts["modulate_transformer"](
            # The transformer writes into its queries.
            point_embeddings=start.clone()[:, None],
            image_embeddings=image,
            image_positional_embeddings=self.position().expand(batch, -1, -1, -1),
            attention_similarity=None,
        )
        told = self.parts["dimension_reduction_head_qformer_out"](tokens[:, 0])
        wide = F.interpolate(
            image[:, 0].transpose(1, 2).unflatten(2, (self.grid, self.grid)),
            size=size,
            mode="bilinear",
            align_corners=False,
        )
        return {
            "text": query + 0.5 * told,
            "visual": self.parts["dimension_reduction_head_zeroconv"](wide),
        }

    def weights(self) -> dict[str, torch.Tensor]:
        own = renamed(
            self.parts.state_dict(),
            ("layer_norm_final_attn", "norm_final_attn"),
            ("layer_norm", "norm"),
        )
        return {**own, "pe_layer.positional_encoding_gaussian_matrix": self.gaussian}


def write_text_bridge(
    name: str,
    seed: int,
    former: QFormer,
    module: Interaction,
    sizes: dict[str, int],
    size: tuple[int, int],
    **options: object,
) -> None:
    tokens = draw(seed, 2, sizes["mmTokens"], sizes["mmWidth"])
    vision = draw(seed + 1, 2, module.grid**2, sizes["visionWidth"])
    query = former(tokens)
    write_fixture(
        "bridges",
        name,
        seed=seed,
        options={**sizes, "qFormer": former.options(), **options},
        weights={**former.weights(), **module.weights()},
        inputs={"mmTokens": tokens, "vision": vision},
        outputs={"query": query, **module(query, vision, size)},
    )


def write_image_bridge(name: str, seed: int) -> None:
    states, depth, mapper, tokens, width = 5, 9, 7, 3, 11
    parts = name_weights(
        torch.nn.ModuleDict(
            {
                "mapper": torch.nn.Linear(depth, mapper),
                "proj": torch.nn.Linear(states * mapper, tokens * width),
                "norm": torch.nn.LayerNorm(width),
            }
        ),
        seed,
    )
    mm = draw(seed + 1, 2, states, depth)
    flat = F.gelu(parts["mapper"](mm)).flatten(1)
    image = parts["norm"](parts["proj"](flat).unflatten(1, (tokens, width)))
    write_fixture(
        "bridges",
        name,
        seed=seed,
        options={
            "mmTokens": states,
            "mmWidth": depth,
            "adapter": {"mapperWidth": mapper, "tokens": tokens, "width": width},
        },
        weights=prefixed(parts.state_dict(), "image_alignment_adapter"),
        inputs={"mmTokens": mm},
        outputs={"image": image},
    )


with torch.no_grad():
    write_text_bridge(
        "text-doubled",
        41,
        QFormer(
            41,
            queries=5,
            memory=7,
            hidden_size=12,
            num_hidden_layers=3,
            num_attention_heads=3,
            intermediate_size=48,
            cross_attention_frequency=2,
        ),
        Interaction(43, width=16, depth=12, heads=4, grid=3, channels=5),
        {"mmTokens": 6, "mmWidth": 7, "visionWidth": 16},
        (6, 6),
        interaction={"heads": 4, "grid": 3, "visualChannels": 5, "visualScale": 2},
    )
    # Neither axis of the latent is a multiple of the grid, one is smaller.
    write_text_bridge(
        "text-odd",
        46,
        QFormer(
            46,
            queries=4,
            memory=10,
            hidden_size=10,
            num_hidden_layers=4,
            num_attention_heads=2,
            intermediate_size=13,
            cross_attention_frequency=3,
        ),
        Interaction(48, width=20, depth=10, heads=2, grid=4, channels=3),
        {"mmTokens": 3, "mmWidth": 10, "visionWidth": 20},
        (7, 3),
        interaction={"heads": 2, "grid": 4, "visualChannels": 3, "visualScale": [7, 3]},
    )
    write_image_bridge("image", 51)
