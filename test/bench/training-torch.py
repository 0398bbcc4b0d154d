"""The training step of `training.ts` in PyTorch: one step for each line on standard input, its milliseconds on standard
output (the processor's with one thread, else the clock's). Arguments: configuration and options as JSON, threads (0 for
as many as PyTorch takes), device."""

import json
import sys
import time
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent.parent / "parity"))
import insightedit_twin as twin  # noqa: E402

config, options, threads = json.loads(sys.argv[1]), json.loads(sys.argv[2]), int(sys.argv[3])
device = sys.argv[4]
if threads > 0:
    torch.set_num_threads(threads)
scope = twin.new_scope(1)
batch = twin.draw_batch(config, options, 2)
with torch.no_grad():
    twin.losses(scope, batch, config, options)
# Drawn on the CPU, moved once; what the twin makes itself follows.
torch.set_default_device(device)
torch.backends.cuda.matmul.allow_tf32 = torch.backends.cudnn.allow_tf32 = True
batch = {key: value.to(device) for key, value in batch.items()}
for key, value in scope.weights.items():
    scope.weights[key] = value.detach().to(device).requires_grad_(value.requires_grad)
frozen = "mllm." if options["stage"] == "editing" else "unet."
moved = []
for key, value in scope.weights.items():
    value.requires_grad_(value.requires_grad and not key.startswith(frozen))
    if value.requires_grad:
        moved.append(value)
optimizer = torch.optim.AdamW(moved, lr=1e-4, betas=(0.9, 0.99), weight_decay=0, fused=True)
clock = time.process_time if threads == 1 else time.perf_counter
for _ in sys.stdin:
    start = clock()
    found = twin.losses(scope, batch, config, options)
    optimizer.zero_grad()
    sum(options["weights"].get(key, 0) * value for key, value in found.items()).backward()
    torch.nn.utils.clip_grad_norm_([value for value in moved if value.grad is not None], 1)
    optimizer.step()
    if device == "cuda":
        torch.cuda.synchronize()
    print(1000 * (clock() - start), torch.__version__, flush=True)
