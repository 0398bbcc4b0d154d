"""torch's CPU normal numbers by seed and size, and guidance rescaling, for schedules/torch-noise.ts and guidance.ts."""

import torch
from diffusers.pipelines.stable_diffusion.pipeline_stable_diffusion import rescale_noise_cfg

from parity_fixture import draw, write_fixture

SIZES = (1, 2, 3, 15, 16, 17, 31, 32, 40, 1000)
SEEDS = (0, 1, 42, 2**31, 2**32 - 1, 2**32 + 5, 123456789012)

outputs = {}
for seed in SEEDS:
    generator = torch.Generator().manual_seed(seed)
    # One generator through all sizes: what a size leaves behind must be right as well.
    for size in (*SIZES, 1, 16, 2, 3):
        key = f"{seed} {len([k for k in outputs if k.startswith(f'{seed} ')])} {size}"
        outputs[key] = torch.randn(size, generator=generator)

guided, conditional = draw(3, 1, 4, 3, 5) * 3 + 0.5, draw(4, 1, 4, 3, 5) - 0.2
rescaled = {str(amount): rescale_noise_cfg(guided, conditional, amount) for amount in (0.0, 0.7, 1.0)}
write_fixture("schedules", "torch-noise", seed=0, outputs=outputs, options={"sizes": [*SIZES, 1, 16, 2, 3], "seeds": SEEDS})
write_fixture("schedules", "guidance", seed=3, inputs={"guided": guided, "conditional": conditional}, outputs=rescaled)
