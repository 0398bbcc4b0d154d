"""The most that this device computes: a large matrix product in torch. Arguments: device, side of the matrices."""

import json
import sys
import time

import torch

device, side = sys.argv[1], int(sys.argv[2])
torch.backends.cuda.matmul.allow_tf32 = True
wait = torch.cuda.synchronize if device == "cuda" else lambda: None
if device == "cuda":
    print(json.dumps({"name": torch.cuda.get_device_name(), "value": 1, "unit": "card"}), flush=True)
for precision in ("float16", "float32"):
    a, b = (torch.randn(side, side, device=device).to(getattr(torch, precision)) for _ in range(2))
    for _ in range(3):
        a @ b
    best = float("inf")
    for _ in range(5):
        wait()
        started = time.perf_counter()
        for _ in range(4):
            a @ b
        wait()
        best = min(best, (time.perf_counter() - started) / 4)
    row = {"name": f"peak, {precision}", "value": 2 * side**3 / best / 1e12, "unit": "TFLOP/s"}
    print(json.dumps(row), flush=True)
