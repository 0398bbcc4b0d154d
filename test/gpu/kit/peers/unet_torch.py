"""SD-1.5's UNet in plain torch, by diffusers' weight names: the peer of `time-network.ts unet`.

    python unet_torch.py FOLDER DEVICE PRECISION eager|compile REPEATS

FOLDER is what `write-checkpoint.ts` left. Prints rows as the other steps do; the error is that to our own output of the
same precision, where there is one.
"""

import json
import math
import sys
import time
from pathlib import Path

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

NORM_EPS = 1e-5


class Resnet(nn.Module):
    def __init__(self, channels: int, out: int, time: int, groups: int):
        super().__init__()
        self.norm1 = nn.GroupNorm(groups, channels, NORM_EPS)
        self.conv1 = nn.Conv2d(channels, out, 3, padding=1)
        self.time_emb_proj = nn.Linear(time, out)
        self.norm2 = nn.GroupNorm(groups, out, NORM_EPS)
        self.conv2 = nn.Conv2d(out, out, 3, padding=1)
        self.conv_shortcut = nn.Conv2d(channels, out, 1) if channels != out else nn.Identity()

    def forward(self, x: Tensor, time: Tensor) -> Tensor:
        h = self.conv1(F.silu(self.norm1(x))) + self.time_emb_proj(F.silu(time))[:, :, None, None]
        return self.conv_shortcut(x) + self.conv2(F.silu(self.norm2(h)))


class Attention(nn.Module):
    def __init__(self, width: int, told: int, heads: int):
        super().__init__()
        self.heads = heads
        self.to_q = nn.Linear(width, width, bias=False)
        self.to_k = nn.Linear(told, width, bias=False)
        self.to_v = nn.Linear(told, width, bias=False)
        self.to_out = nn.ModuleList([nn.Linear(width, width)])

    def forward(self, x: Tensor, told: Tensor) -> Tensor:
        parts = (self.to_q(x), self.to_k(told), self.to_v(told))
        heads = [part.unflatten(2, (self.heads, -1)).transpose(1, 2) for part in parts]
        mixed = F.scaled_dot_product_attention(*heads)
        return self.to_out[0](mixed.transpose(1, 2).flatten(2))


class Gated(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.proj = nn.Linear(width, 8 * width)

    def forward(self, x: Tensor) -> Tensor:
        value, gate = self.proj(x).chunk(2, -1)
        return value * F.gelu(gate)


class FeedForward(nn.Module):
    def __init__(self, width: int):
        super().__init__()
        self.net = nn.ModuleList([Gated(width), nn.Identity(), nn.Linear(4 * width, width)])

    def forward(self, x: Tensor) -> Tensor:
        return self.net[2](self.net[0](x))


class TransformerBlock(nn.Module):
    def __init__(self, width: int, text: int, heads: int):
        super().__init__()
        self.norm1, self.norm2, self.norm3 = (nn.LayerNorm(width) for _ in range(3))
        self.attn1 = Attention(width, width, heads)
        self.attn2 = Attention(width, text, heads)
        self.ff = FeedForward(width)

    def forward(self, x: Tensor, text: Tensor) -> Tensor:
        normal = self.norm1(x)
        x = x + self.attn1(normal, normal)
        x = x + self.attn2(self.norm2(x), text)
        return x + self.ff(self.norm3(x))


class SpatialTransformer(nn.Module):
    def __init__(self, width: int, text: int, heads: int, groups: int):
        super().__init__()
        self.norm = nn.GroupNorm(groups, width, 1e-6)
        self.proj_in = nn.Conv2d(width, width, 1)
        self.transformer_blocks = nn.ModuleList([TransformerBlock(width, text, heads)])
        self.proj_out = nn.Conv2d(width, width, 1)

    def forward(self, x: Tensor, text: Tensor) -> Tensor:
        tokens = self.proj_in(self.norm(x)).flatten(2).transpose(1, 2)
        mixed = self.transformer_blocks[0](tokens, text)
        return x + self.proj_out(mixed.transpose(1, 2).unflatten(2, x.shape[2:]))


class Resampler(nn.Module):
    def __init__(self, width: int, stride: int):
        super().__init__()
        self.conv = nn.Conv2d(width, width, 3, stride, 1)

    def forward(self, x: Tensor) -> Tensor:
        return self.conv(x if self.conv.stride == (2, 2) else F.interpolate(x, scale_factor=2.0))


class Level(nn.Module):
    """Resnet blocks, on attending levels each with a spatial transformer."""

    def __init__(self, channels: list[int], out: int, attends: bool, config: dict):
        super().__init__()
        groups, heads = config["norm_num_groups"], config["attention_head_dim"]
        time, text = 4 * config["block_out_channels"][0], config["cross_attention_dim"]
        self.resnets = nn.ModuleList(Resnet(width, out, time, groups) for width in channels)
        transformers = len(channels) if attends else 0
        self.attentions = nn.ModuleList(
            SpatialTransformer(out, text, heads, groups) for _ in range(transformers)
        )

    def layer(self, index: int, x: Tensor, time: Tensor, text: Tensor) -> Tensor:
        x = self.resnets[index](x, time)
        return self.attentions[index](x, text) if len(self.attentions) > 0 else x


class Middle(Level):
    def __init__(self, width: int, config: dict):
        super().__init__([width, width], width, True, config)
        del self.attentions[1]

    def forward(self, x: Tensor, time: Tensor, text: Tensor) -> Tensor:
        return self.resnets[1](self.layer(0, x, time, text), time)


class Unet(nn.Module):
    def __init__(self, config: dict):
        super().__init__()
        widths, layers = config["block_out_channels"], config["layers_per_block"]
        first, last = widths[0], len(widths) - 1
        self.first = first
        self.conv_in = nn.Conv2d(config["in_channels"], first, 3, padding=1)
        self.time_embedding = nn.ModuleDict(
            {"linear_1": nn.Linear(first, 4 * first), "linear_2": nn.Linear(4 * first, 4 * first)}
        )
        self.down_blocks, self.up_blocks = nn.ModuleList(), nn.ModuleList()
        width, skips = first, [first]
        for place, (out, kind) in enumerate(zip(widths, config["down_block_types"])):
            level = Level([width] + [out] * (layers - 1), out, kind.startswith("CrossAttn"), config)
            level.downsamplers = nn.ModuleList([Resampler(out, 2)] if place < last else [])
            self.down_blocks.append(level)
            skips += [out] * (layers + (place < last))
            width = out
        self.mid_block = Middle(width, config)
        for place, (out, kind) in enumerate(zip(reversed(widths), config["up_block_types"])):
            inputs = [width] + [out] * layers
            channels = [before + skips.pop() for before in inputs]
            level = Level(channels, out, kind.startswith("CrossAttn"), config)
            level.upsamplers = nn.ModuleList([Resampler(out, 1)] if place < last else [])
            self.up_blocks.append(level)
            width = out
        self.conv_norm_out = nn.GroupNorm(config["norm_num_groups"], first, NORM_EPS)
        self.conv_out = nn.Conv2d(first, config["out_channels"], 3, padding=1)

    def time_features(self, timestep: Tensor) -> Tensor:
        half = self.first // 2
        steps = torch.arange(half, device=timestep.device, dtype=torch.float32)
        angle = timestep[:, None].float() * torch.exp(-math.log(10_000) * steps / half)
        wave = torch.cat([angle.cos(), angle.sin()], -1).to(self.conv_in.weight.dtype)
        return self.time_embedding["linear_2"](F.silu(self.time_embedding["linear_1"](wave)))

    def forward(self, sample: Tensor, timestep: Tensor, text: Tensor) -> Tensor:
        time = self.time_features(timestep)
        x = self.conv_in(sample)
        skips = [x]
        for level in self.down_blocks:
            for index in range(len(level.resnets)):
                x = level.layer(index, x, time, text)
                skips.append(x)
            for resampler in level.downsamplers:
                x = resampler(x)
                skips.append(x)
        x = self.mid_block(x, time, text)
        for level in self.up_blocks:
            for index in range(len(level.resnets)):
                x = level.layer(index, torch.cat([x, skips.pop()], 1), time, text)
            for resampler in level.upsamplers:
                x = resampler(x)
        return self.conv_out(F.silu(self.conv_norm_out(x)))


def open_unet(folder: Path, device: str, dtype: torch.dtype) -> Unet:
    with torch.device("meta"):
        unet = Unet(json.loads((folder / "unet/config.json").read_text()))
    weights = load_file(folder / "unet/diffusion_pytorch_model.safetensors")
    unet.load_state_dict(weights, assign=True)
    layout = torch.channels_last if device == "cuda" else torch.contiguous_format
    return unet.to(device, dtype).to(memory_format=layout).eval()


def print_row(name: str, value: float, unit: str, limit: float | None = None) -> None:
    row = {"name": name, "value": value, "unit": unit}
    print(json.dumps(row if limit is None else {**row, "limit": limit}), flush=True)


def error_to_ours(found: Tensor, file: Path) -> float:
    ours = torch.frombuffer(bytearray(file.read_bytes()), dtype=torch.float32).reshape(found.shape)
    return ((found.float().cpu() - ours).abs().max() / ours.abs().max()).item()


@torch.inference_mode()
def main(folder: Path, device: str, precision: str, way: str, repeats: int) -> None:
    # What ONNX Runtime does by default on such cards.
    torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
    torch.backends.cudnn.benchmark = True
    dtype = getattr(torch, precision)
    unet = open_unet(folder, device, dtype)
    parameters = sum(weight.numel() for weight in unet.parameters())
    step = torch.compile(unet) if way == "compile" else unet
    inputs = load_file(folder / "inputs.safetensors")
    sample, timestep, text = (inputs[name] for name in ("sample", "timestep", "text"))

    def run() -> Tensor:
        # Ours too takes its inputs from host memory and gives its output back there.
        return step(sample.to(device, dtype), timestep.to(device), text.to(device, dtype)).cpu()

    title = f"torch {way}, {precision}"
    started = time.perf_counter()
    found = run()
    print_row(f"{title}: first step", 1000 * (time.perf_counter() - started), "ms")
    times = []
    for _ in range(repeats):
        started = time.perf_counter()
        found = run()
        times.append(1000 * (time.perf_counter() - started))
    print_row(f"{title}: step", sorted(times)[len(times) // 2], "ms")
    print_row(f"{title}: parameters", parameters, "")
    if device == "cuda":
        print_row(f"{title}: allocated at most", torch.cuda.max_memory_allocated() / 2**20, "MiB")
    ours = folder / f"unet-{precision}.f32"
    if ours.exists():
        is_exact = precision == "float32" and device == "cpu"
        limit = 1e-4 if is_exact else 2e-2
        print_row(f"{title}: ours differs by", error_to_ours(found, ours), "of greatest", limit)


main(Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4], int(sys.argv[5]))
