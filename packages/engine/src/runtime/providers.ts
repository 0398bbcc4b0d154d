import * as ort from "onnxruntime-node";
import { EngineError } from "../errors.ts";
import { type Device, deviceName } from "../node/device.ts";
import { doublingModel } from "./doubling-model.ts";
import { toOrtProvider } from "./session.ts";

/** The version of ONNX Runtime. */
export function runtimeVersion(): string {
  return ort.env.versions.node ?? ort.env.versions.common;
}

/** Whether networks run on a provider. */
export interface ProviderReport {
  /** As ONNX Runtime names it: `cpu`, `cuda`, `webgpu`. */
  readonly provider: string;
  /** Whether a network opens and gives the right numbers on it. */
  readonly opens: boolean;
  /** The runtime's message when it does not. */
  readonly why?: string;
}

async function probe(
  provider: string,
  device: ort.InferenceSession.ExecutionProviderConfig = provider,
): Promise<ProviderReport> {
  try {
    const session = await ort.InferenceSession.create(doublingModel(), {
      executionProviders: [device],
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

/** Checks that networks open on a device; the CPU always passes. Throws: `device.unavailable`. */
export async function checkDevice(device: Device): Promise<void> {
  if (device.provider === "cpu") return;
  const { opens, why = "it does not open" } = await probe(device.provider, toOrtProvider(device));
  if (opens) return;
  const what = `networks do not run on ${deviceName(device)}: ${why}`;
  throw new EngineError("device.unavailable", what, {
    hint: "Run `insightgraph doctor` to see which devices work. The CPU always does.",
  });
}

/**
 * Tries every provider that this runtime was built with. A broken driver may crash the process, so
 * call it in a process of its own.
 */
export async function probeProviders(): Promise<readonly ProviderReport[]> {
  const reports: ProviderReport[] = [];
  for (const { name } of ort.listSupportedBackends()) reports.push(await probe(name));
  return reports;
}
