import * as ort from "onnxruntime-node";
import { EngineError } from "../errors.ts";
import type { Provider } from "../node/device.ts";
import { doublingModel } from "./doubling-model.ts";

/** Version of ONNX Runtime. */
export function runtimeVersion(): string {
  return ort.env.versions.node ?? ort.env.versions.common;
}

export interface ProviderReport {
  /** As ONNX Runtime names it: `cpu`, `cuda`, `webgpu`. */
  readonly provider: string;
  /** Whether a network opens and gives the right numbers on it. */
  readonly opens: boolean;
  /** What the runtime says when it does not. */
  readonly why?: string;
}

async function probe(provider: string): Promise<ProviderReport> {
  try {
    const session = await ort.InferenceSession.create(doublingModel(), {
      executionProviders: [provider],
      logSeverityLevel: 4,
    });
    const x = new ort.Tensor("float32", Float32Array.of(3, 4), [2]);
    const { y } = await session.run({ x });
    const found = Array.from((await y?.getData()) as Float32Array);
    await session.release();
    if (found[0] === 6 && found[1] === 8) return { provider, opens: true };
    return { provider, opens: false, why: `3 and 4 doubled gave ${found.join(" and ")}` };
  } catch (error) {
    return { provider, opens: false, why: error instanceof Error ? error.message : String(error) };
  }
}

/** Throws: device.unavailable where no network opens on the provider; on the CPU they always do. */
export async function checkProvider(provider: Provider): Promise<void> {
  if (provider === "cpu") return;
  const { opens, why = "it does not open" } = await probe(provider);
  if (opens) return;
  throw new EngineError("device.unavailable", `networks do not run on ${provider}: ${why}`, {
    hint: "`insightgraph doctor` tells which devices work; the CPU always does.",
  });
}

/**
 * Tries every provider that this runtime was built with. Native code of a broken driver may end the process,
 * so call it in one of its own.
 */
export async function probeProviders(): Promise<readonly ProviderReport[]> {
  const reports: ProviderReport[] = [];
  for (const { name } of ort.listSupportedBackends()) reports.push(await probe(name));
  return reports;
}
