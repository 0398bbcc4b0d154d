import { openPart } from "@insightgraph/editing/architectures";
import { openSceneComposer, type Scene } from "@insightgraph/editing/scenes";
import type { RunContext } from "@insightgraph/engine/node";
import { createSessionPool } from "@insightgraph/engine/runtime";
import { afterAll } from "vitest";

const pool = createSessionPool({ threads: 1 });
afterAll(() => pool.close());

/** A node's context over real sessions; `steps` gathers what it reports. */
export function runContext(signal: AbortSignal = new AbortController().signal): RunContext & {
  readonly steps: unknown[];
} {
  const steps: unknown[] = [];
  return {
    signal,
    steps,
    progress: (done, total, preview) => steps.push({ done, total, preview }),
    log: () => {},
    reserve: async (path) => path,
    mayRead: async () => {},
    saved: () => {},
    open: (model) => pool.open(model),
  };
}

async function openMini() {
  return {
    mllm: await openPart("insightedit-mini", "comprehender"),
    bridges: await openPart("insightedit-mini", "bridges"),
    unet: await openPart("insightedit-mini", "denoiser"),
    vae: await openPart("insightedit-mini", "autoencoder"),
  };
}

export const miniParts = openMini();

export async function heldOutScene(index = 0): Promise<Scene> {
  const composer = await openSceneComposer();
  return composer.heldOut(index);
}
