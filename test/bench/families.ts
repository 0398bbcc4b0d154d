/**
 * DreamLite, Qwen3-VL and FLUX.2 [klein] on random weights in ONNX Runtime beside diffusers and transformers in torch,
 * each side in a process of its own, on the CPU: emission, opening, peak memory, and time of a step or a token.
 *
 *     npx tsx --conditions=@insightgraph/source test/bench/families.ts PYTHON [--size small|full] [--blocks DOUBLE,SINGLE]
 *         [--steps 2] [--prompt 64] [--tokens 24] [--int8] [dreamlite] [qwen] [klein]
 *
 * PYTHON has test/parity/requirements.txt installed. The weights, up to 8 GB a model, lie in a temporary folder meanwhile.
 * `--int8` measures our side in 8 bits too, beside the same run of torch. `--blocks` leaves blocks of klein out, where memory
 * or time is short.
 */
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { openSession } from "../../packages/engine/src/runtime.ts";
import { trustFinite } from "../../packages/models/src/onnx/finite-weights.ts";
import { decodeSafetensors } from "../../packages/models/src/weights/safetensors.ts";
import { relativeError } from "../parity/read-fixture.ts";
import { convertModel, readModel, writeModel } from "./families-folder.ts";
import { models } from "./families-models.ts";

type Name = keyof typeof models;

interface Measured {
  readonly seconds: readonly number[];
  /** Of the processor, for all steps or tokens; without the prompt. */
  readonly cpuSeconds: number;
  readonly openSeconds: number;
  readonly peakBytes: number;
}

type Form = "stored" | "int8";

interface OwnMeasured extends Measured {
  readonly emitMs: number;
  readonly error: number;
}

const file = fileURLToPath(import.meta.url);

function peakBytes(): number {
  const [, kilobytes] = /VmHWM:\s+(\d+)/.exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return 1024 * Number(kilobytes);
}

/** Runs in a process that does nothing else, so that its peak is the model's. */
async function measure(
  folder: string,
  name: Name,
  count: number,
  form: Form,
): Promise<OwnMeasured> {
  const model = models[name];
  const { config, inputs, weights } = readModel(folder, form);
  // As of a checkpoint that was opened before.
  trustFinite(weights);
  const source = model.source(config, weights);
  const began = performance.now();
  const onnx = source.onnx();
  const emitted = performance.now();
  const session = await openSession(onnx, source);
  const openSeconds = (performance.now() - emitted) / 1000;
  const { seconds, cpuSeconds, output } = await model.run(session, config, inputs, count);
  const peak = peakBytes();
  const wanted = decodeSafetensors(readFileSync(path.join(folder, "output.safetensors")));
  const reference = new Float32Array(wanted.get("output")?.data.slice().buffer ?? []);
  const error = relativeError(output, reference);
  return { seconds, cpuSeconds, openSeconds, peakBytes: peak, emitMs: emitted - began, error };
}

function lastLine<T>(command: string, args: readonly string[]): T {
  const printed = execFileSync(command, args, { encoding: "utf8" });
  return JSON.parse(printed.trim().split("\n").at(-1) ?? "");
}

function compare(
  python: string,
  folder: string,
  name: Name,
  count: string,
  forms: readonly Form[],
): void {
  const { title, unit } = models[name];
  const script = path.join(path.dirname(file), "families.py");
  const theirs = lastLine<Measured>(python, [script, folder, name, count]);
  console.log(`${title}, load of the machine ${loadavg()[0]?.toFixed(1)}`);
  for (const form of forms) {
    const seconds = form === "int8" ? convertModel(folder) : undefined;
    if (seconds !== undefined)
      console.log(`  in 8 bits, converted once in ${seconds.toFixed(0)} s`);
    const options = ["--conditions=@insightgraph/source", "--import", "tsx"];
    const own = [...options, file, "own", folder, name, count, form];
    report(folder, unit, lastLine<OwnMeasured>(process.execPath, own), theirs);
  }
}

/** Prints what our side measured beside torch. */
function report(folder: string, unit: string, ours: OwnMeasured, theirs: Measured): void {
  const row = (what: string, own: number, other: number, aim: string, digits = 2): string =>
    `  ${what.padEnd(15)} ${own.toFixed(digits)}, torch ${other.toFixed(digits)}: ratio ${(own / other).toFixed(2)} ${aim}`;
  const each = ({ seconds }: Measured): number =>
    unit === "step"
      ? Math.min(...seconds)
      : seconds.reduce((sum, one) => sum + one, 0) / seconds.length;
  const bytes = statSync(path.join(folder, "model.safetensors")).size;
  const rate = `${(1 / each(ours)).toFixed(2)} tokens/s, torch ${(1 / each(theirs)).toFixed(2)}`;
  console.log(
    [
      `  weights         ${(bytes / 1e9).toFixed(2)} GB as stored`,
      `  emission        ${ours.emitMs.toFixed(0)} ms`,
      row("open, s", ours.openSeconds, theirs.openSeconds, ""),
      row(`${unit}, s`, each(ours), each(theirs), "(aim <= 0.90)", 3),
      row("CPU time, s", ours.cpuSeconds, theirs.cpuSeconds, "for all"),
      ...(unit === "token" ? [`  generation      ${rate}`] : []),
      row("peak memory, GB", ours.peakBytes / 1e9, theirs.peakBytes / 1e9, "(aim <= 0.80)"),
      `  difference      ${ours.error.toExponential(1)} of the greatest value`,
    ].join("\n"),
  );
}

function main(): void {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      size: { type: "string", default: "full" },
      blocks: { type: "string" },
      steps: { type: "string", default: "2" },
      prompt: { type: "string", default: "64" },
      tokens: { type: "string", default: "24" },
      int8: { type: "boolean", default: false },
    },
  });
  const [python = "python", ...names] = positionals;
  const { size } = values;
  if (size !== "small" && size !== "full") throw new Error(`--size is small or full, not ${size}`);
  const all = Object.keys(models) as Name[];
  const unknown = names.find((name) => !(all as string[]).includes(name));
  if (unknown !== undefined) throw new Error(`${unknown} is none of ${all.join(", ")}`);
  const chosen = all.filter((name) => names.length === 0 || names.includes(name));
  for (const name of chosen) {
    const folder = mkdtempSync(path.join(tmpdir(), "insightgraph-families-"));
    try {
      const config = models[name].config(size);
      const [double, single] = values.blocks?.split(",").map(Number) ?? [];
      const fewer = name === "klein" && values.blocks !== undefined;
      const blocks = fewer ? { num_layers: double, num_single_layers: single } : {};
      writeModel(folder, models[name], { ...config, ...blocks }, Number(values.prompt));
      const count = models[name].unit === "step" ? values.steps : values.tokens;
      compare(python, folder, name, count, values.int8 ? ["stored", "int8"] : ["stored"]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

const [first, folder = "", name = "", count, form] = process.argv.slice(2);
if (first === "own")
  console.log(JSON.stringify(await measure(folder, name as Name, Number(count), form as Form)));
else main();
