/**
 * SD-1.5's UNet (8 channels in, batch of 3, 64x64 latent) and VAE decoder with random weights in ONNX Runtime beside
 * diffusers in torch, both on the CPU: time, peak memory, error; and what emitting takes.
 *
 *     npx tsx --conditions=@insightgraph/source test/bench/unet.ts PYTHON [FOLDER]
 *
 * PYTHON has test/parity/requirements.txt installed; FOLDER, 4 GB, is kept for the next time.
 */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { openSession } from "../../packages/engine/src/runtime.ts";
import { vaeDecoder } from "../../packages/models/src/networks/autoencoder-kl.ts";
import {
  type NetworkSource,
  networkSource,
} from "../../packages/models/src/networks/network-source.ts";
import { parseUnetConfig } from "../../packages/models/src/networks/parse-unet-config.ts";
import { unet2dCondition } from "../../packages/models/src/networks/unet-2d-condition.ts";
import { parseVaeConfig } from "../../packages/models/src/networks/vae-config.ts";
import { openWeights } from "../../packages/models/src/weights/open-weights.ts";
import { decodeSafetensors } from "../../packages/models/src/weights/safetensors.ts";
import { relativeError } from "../parity/read-fixture.ts";

const steps = 3;
const file = fileURLToPath(import.meta.url);

interface Measured {
  readonly seconds: readonly number[];
  readonly cpuSeconds: readonly number[];
  readonly peakBytes: number;
}

interface OwnMeasured extends Measured {
  readonly emitMs: number;
  readonly onnxBytes: number;
  readonly openSeconds: number;
  readonly error: number;
}

function peakBytes(): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return 1024 * Number(kilobytes);
}

function sourceOf(folder: string, which: string): NetworkSource {
  const { weights } = openWeights(path.join(folder, which));
  const config: unknown = JSON.parse(readFileSync(path.join(folder, which, "config.json"), "utf8"));
  return which === "unet"
    ? networkSource(unet2dCondition, { unet: parseUnetConfig(config), textTokens: 77 }, weights)
    : networkSource(
        vaeDecoder,
        { vae: parseVaeConfig(config), latentSize: [64, 64] },
        new Map([...weights].filter(([key]) => /^(decoder|post_quant_conv)\./.test(key))),
      );
}

/** Steps in this process, which does nothing else, so that its peak is theirs. */
async function measure(folder: string, which: string): Promise<OwnMeasured> {
  const stored = decodeSafetensors(readFileSync(path.join(folder, which, "step.safetensors")));
  const numbers = (name: string) => {
    const { shape, data } = stored.get(name) ?? { shape: [], data: new Uint8Array() };
    return { dtype: "float32" as const, shape, data: new Float32Array(data.slice().buffer) };
  };
  const source = sourceOf(folder, which);
  const began = performance.now();
  const onnx = source.onnx();
  const emitted = performance.now();
  const session = await openSession(onnx, { externalFolder: source.externalFolder });
  const openSeconds = (performance.now() - emitted) / 1000;
  const feeds = Object.fromEntries(session.inputs.map((name) => [name, numbers(name)]));
  const [output = ""] = session.outputs;
  const wanted = numbers(output).data;
  const [seconds, cpuSeconds]: [number[], number[]] = [[], []];
  let error = 0;
  for (let step = 0; step < steps; step++) {
    const [start, cpu] = [performance.now(), process.cpuUsage()];
    const found = await session.run(feeds);
    seconds.push((performance.now() - start) / 1000);
    const { user, system } = process.cpuUsage(cpu);
    cpuSeconds.push((user + system) / 1e6);
    error = Math.max(error, relativeError(found[output]?.data as Float32Array, wanted));
  }
  const emitMs = emitted - began;
  const onnxBytes = onnx.byteLength;
  return { seconds, cpuSeconds, peakBytes: peakBytes(), emitMs, onnxBytes, openSeconds, error };
}

function lastLine(printed: string): unknown {
  return JSON.parse(printed.trim().split("\n").at(-1) ?? "");
}

function compare(python: string, folder: string, which: string): void {
  const script = path.join(path.dirname(file), "unet.py");
  const run = (command: string, args: readonly string[]): unknown =>
    lastLine(execFileSync(command, args, { encoding: "utf8" }));
  const theirs = run(python, [script, "time", folder, which]) as Measured;
  const options = ["--conditions=@insightgraph/source", "--import", "tsx"];
  const ours = run(process.execPath, [...options, file, "step", folder, which]) as OwnMeasured;
  const best = (values: readonly number[]): number => Math.min(...values);
  const row = (name: string, own: number, other: number, unit: string): string =>
    `  ${name.padEnd(12)} ${own.toFixed(2)} ${unit}, torch ${other.toFixed(2)}: ratio ${(own / other).toFixed(2)} (aim <= 1.00)`;
  console.log(
    [
      `${which}:`,
      row("step", best(ours.seconds), best(theirs.seconds), "s"),
      row("CPU time", best(ours.cpuSeconds), best(theirs.cpuSeconds), "s"),
      row("peak memory", ours.peakBytes / 1e9, theirs.peakBytes / 1e9, "GB"),
      `  error        ${ours.error.toExponential(1)} of the greatest value (aim <= 1e-4)`,
      `  emission     ${ours.emitMs.toFixed(0)} ms (aim <= 2000), ${(ours.onnxBytes / 1e6).toFixed(2)} MB of ONNX without weights (aim <= 1)`,
      `  open         ${ours.openSeconds.toFixed(1)} s, no byte of the checkpoint copied into the model`,
    ].join("\n"),
  );
}

const [first = "python", second = path.join(tmpdir(), "insightgraph-bench"), third = "unet"] =
  process.argv.slice(2);
if (first === "step") console.log(JSON.stringify(await measure(second, third)));
else {
  if (!existsSync(path.join(second, "vae", "step.safetensors"))) {
    const script = path.join(path.dirname(file), "unet.py");
    execFileSync(first, [script, "write", second], { stdio: "inherit" });
  }
  for (const which of ["unet", "vae"]) compare(first, second, which);
}
