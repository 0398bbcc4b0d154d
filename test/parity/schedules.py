"""Samplers against diffusers' schedulers: a closed form stands for the network, fixed arrays for the noise."""

import math
import sys
from unittest.mock import patch

import diffusers
import torch

from parity_fixture import draw, write_fixture

SHAPE = (1, 2, 3, 3)
NOISES = 52
LATENT = {"beta_start": 0.00085, "beta_end": 0.012, "beta_schedule": "scaled_linear"}
STEPS = (1, 2, 5, 20, 50)
SPACINGS = ("leading", "linspace", "trailing")
PREDICTIONS = ("epsilon", "v_prediction", "sample")

noise = draw(21, NOISES, *SHAPE)
phase = torch.arange(math.prod(SHAPE)).reshape(SHAPE).float()


def network(seen: torch.Tensor, timestep: float) -> torch.Tensor:
    """The same closed form stands in schedules.test.ts."""
    return torch.sin(seen + 0.37 * phase) * 0.8 + 0.001 * timestep * torch.cos(phase)


class Noises:
    """Hands out the stored arrays one after the other, instead of a generator's."""

    def __init__(self):
        self.at = 0

    def __call__(self, shape, **_):
        self.at += 1
        return noise[self.at].reshape(shape)


def sample(name: str, config: dict, steps: int, eta: float | None):
    scheduler = getattr(diffusers, name).from_config(config)
    scheduler.set_timesteps(steps)
    if hasattr(scheduler, "set_begin_index"):
        # Otherwise a first timestep that occurs twice is skipped once.
        scheduler.set_begin_index(0)
    latent = noise[0] * scheduler.init_noise_sigma
    module = sys.modules[type(scheduler).__module__]
    extra = {} if eta is None else {"eta": eta}
    with patch.object(module, "randn_tensor", Noises(), create=True):
        for timestep in scheduler.timesteps:
            seen = scheduler.scale_model_input(latent, timestep)
            output = network(seen, float(timestep))
            latent = scheduler.step(output, timestep, latent, **extra).prev_sample
    return latent.float(), scheduler.timesteps.float()


def write(file: str, name: str, cases: dict[str, tuple[dict, int, float | None]]) -> None:
    outputs, options = {}, {}
    for case, (config, steps, eta) in cases.items():
        result, timesteps = sample(name, config, steps, eta)
        if not torch.isfinite(result).all():
            sys.exit(f"{file} {case}: the reference itself gives no number")
        outputs[f"{case}.sample"] = result
        outputs[f"{case}.timesteps"] = timesteps
        options[case] = {
            "config": {"_class_name": name, **config},
            "steps": steps,
            "eta": eta or 0,
        }
    write_fixture("schedules", file, seed=21, inputs={"noise": noise}, outputs=outputs, options=options)


def grid(predictions=PREDICTIONS, steps=STEPS, eta=None, **extra) -> dict:
    """Every spacing, prediction and number of steps."""
    return {
        f"{spacing} {prediction} {count}": (
            {
                **LATENT,
                "timestep_spacing": spacing,
                "prediction_type": prediction,
                "steps_offset": 1,
                "clip_sample": False,
                **extra,
            },
            count,
            eta,
        )
        for spacing in SPACINGS
        for prediction in predictions
        for count in steps
    }


def with_options(options: dict[str, dict], steps=(3, 16, 30), eta=None) -> dict:
    """Options beside the grid, at numbers of steps that do not divide the training's."""
    return {
        f"{label} {count}": ({**LATENT, **config}, count, eta)
        for label, config in options.items()
        for count in steps
    }


LINEAR = {"beta_schedule": "linear", "beta_start": 0.0001, "beta_end": 0.02}
COSINE = {"beta_schedule": "squaredcos_cap_v2", "clip_sample": False}
ZERO_SNR = {
    "rescale_betas_zero_snr": True,
    "prediction_type": "v_prediction",
    "timestep_spacing": "trailing",
    "clip_sample": False,
}
SHARED = {
    "class defaults": {},
    "linear betas": LINEAR,
    "trained betas": {"trained_betas": [i / 1000 for i in range(1, 101)], "num_train_timesteps": 100},
}

write("ddim", "DDIMScheduler", grid())
write(
    "ddim-options",
    "DDIMScheduler",
    {
        **with_options(
            {
                **SHARED,
                "zero snr": ZERO_SNR,
                "cosine": COSINE,
                "clipped": {"clip_sample_range": 0.7, "prediction_type": "v_prediction"},
                "ends at the first level": {"set_alpha_to_one": False, "clip_sample": False},
            }
        ),
        **{f"eta {k}": v for k, v in grid(steps=(2, 20), eta=0.6).items()},
        **with_options({"clipped eta 1": {}}, eta=1.0),
    },
)
write("ddpm", "DDPMScheduler", grid())
write(
    "ddpm-options",
    "DDPMScheduler",
    with_options(
        {
            **SHARED,
            "zero snr": ZERO_SNR,
            "cosine": COSINE,
            "large variance": {"variance_type": "fixed_large", "clip_sample": False},
            "logarithmic variance": {"variance_type": "fixed_small_log", "clip_sample": False},
            "clipped": {"clip_sample_range": 0.7, "prediction_type": "sample"},
        }
    ),
)
NO_SAMPLE = ("epsilon", "v_prediction")
write("pndm", "PNDMScheduler", grid(NO_SAMPLE, skip_prk_steps=True))
write(
    "pndm-options",
    "PNDMScheduler",
    {
        **{f"runge-kutta {k}": v for k, v in grid(NO_SAMPLE, steps=(4, 5, 20)).items()},
        **with_options({k: {**v, "skip_prk_steps": True} for k, v in SHARED.items()}),
        **with_options({"cosine": {**COSINE, "skip_prk_steps": True}}),
        **with_options({"ends clean": {"set_alpha_to_one": True, "skip_prk_steps": True}}),
    },
)
SIGMAS = {
    "karras": {"use_karras_sigmas": True},
    "karras trailing": {"use_karras_sigmas": True, "timestep_spacing": "trailing"},
    "exponential": {"use_exponential_sigmas": True},
    "least sigma last": {"final_sigmas_type": "sigma_min"},
    "karras, least sigma last": {"use_karras_sigmas": True, "final_sigmas_type": "sigma_min"},
}
RANGE = {"sigma_min": 0.05, "sigma_max": 12.0, "use_karras_sigmas": True}
write("euler", "EulerDiscreteScheduler", grid())
write(
    "euler-options",
    "EulerDiscreteScheduler",
    with_options({**SHARED, **SIGMAS, "zero snr": ZERO_SNR, "cosine": COSINE, "range": RANGE}),
)
write("euler-ancestral", "EulerAncestralDiscreteScheduler", grid(NO_SAMPLE))
write(
    "euler-ancestral-options",
    "EulerAncestralDiscreteScheduler",
    with_options({**SHARED, "zero snr": ZERO_SNR, "cosine": COSINE}),
)
DPM = {
    "heun": {"solver_type": "heun"},
    "first order": {"solver_order": 1},
    "third order": {"solver_order": 3},
    "third order to the end": {"solver_order": 3, "lower_order_final": False},
    "euler at the end": {"euler_at_final": True, "final_sigmas_type": "sigma_min"},
    "stochastic": {"algorithm_type": "sde-dpmsolver++"},
    "stochastic heun": {"algorithm_type": "sde-dpmsolver++", "solver_type": "heun"},
    "cosine, clipped lambda": {**COSINE, "lambda_min_clipped": -5.1},
    "cosine, clipped lambda, leading": {
        **COSINE,
        "lambda_min_clipped": -5.1,
        "timestep_spacing": "leading",
    },
    "cosine, karras": {**COSINE, "use_karras_sigmas": True},
}
write("dpm-solver", "DPMSolverMultistepScheduler", grid())
write(
    "dpm-solver-options",
    "DPMSolverMultistepScheduler",
    with_options({**SHARED, **SIGMAS, **DPM, "zero snr": ZERO_SNR}),
)
UNIPC = {
    "third order": {"solver_order": 3},
    "first order": {"solver_order": 1},
    "bh1": {"solver_type": "bh1", "final_sigmas_type": "sigma_min"},
    "corrects later": {"disable_corrector": [0, 2]},
    "range": RANGE,
    "cosine": COSINE,
}
write("unipc", "UniPCMultistepScheduler", grid())
write(
    "unipc-options",
    "UniPCMultistepScheduler",
    with_options({**SHARED, **SIGMAS, **UNIPC, "zero snr": ZERO_SNR}),
)

TABLES = {"linear": LINEAR, "scaled_linear": LATENT, "squaredcos_cap_v2": COSINE}
write_fixture(
    "schedules",
    "alpha-bars",
    seed=0,
    outputs={
        name: diffusers.DDIMScheduler.from_config(config).alphas_cumprod
        for name, config in TABLES.items()
    },
    options=TABLES,
)
