// (g) The mini's editing stage goes on from the shipped weights until the time is over. Arguments: device, work folder,
// batch, seconds, samples a second to expect.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandArguments, runCommand } from "./command.ts";
import { printRow } from "./row.ts";

const [device = "cpu", folder = ".", batch = "32", seconds = "60", rate = "20"] =
  process.argv.slice(2);
const deadline = performance.now() + 1000 * Number(seconds);
const training = path.resolve(folder, "training");

/** For saving and exporting the weights. */
const spareMs = 8000;
/** Of the rate that bare steps have; the scenes are drawn beside them. */
const expectedShare = 0.7;

/** A run of the node takes the first steps, since it alone starts from a checkpoint; the folder goes on from there. */
function begin(): void {
  const params = {
    ...{ folder: training, start: "insightedit-mini", batch: Number(batch), seed: 1 },
    ...{ visionSteps: 0, alignmentSteps: 0, editingSteps: 4 },
  };
  const nodes = { train: { type: "train.insightedit", version: 1, params } };
  const file = path.join(folder, "train-on.json");
  writeFileSync(file, JSON.stringify({ format: "insightgraph", version: 1, nodes }));
  runCommand(["run", file, "--device", device, "--no-cache"]);
}

/** The learning rate falls over a run's last third, so a run whose steps fit the time ends where it should. */
function stepsThatFit(): number {
  const usable = (deadline - spareMs - performance.now()) / 1000;
  return Math.max(8, Math.floor((expectedShare * usable * Number(rate)) / Number(batch)));
}

/** Interrupted in time, the command saves its weights and ends. */
async function endInTime(command: ChildProcess): Promise<void> {
  const ended = new AbortController();
  const exit = new Promise<void>((done) =>
    command.once("exit", () => {
      ended.abort();
      done();
    }),
  );
  const ms = Math.max(0, deadline - spareMs - performance.now());
  const isLate = await sleep(ms, true, { signal: ended.signal }).catch(() => false);
  if (isLate) command.kill("SIGINT");
  await exit;
}

async function goOn(): Promise<void> {
  const stages = [
    "--vision-steps",
    "0",
    "--alignment-steps",
    "0",
    "--steps",
    `${stepsThatFit()}`,
    "--decoding-steps",
    "0",
  ];
  const options = ["train", "--folder", training, "--batch", batch, "--device", device, ...stages];
  const stdio = ["ignore", "inherit", "inherit"] as const;
  await endInTime(spawn(process.execPath, commandArguments(options), { stdio: [...stdio] }));
}

interface LogEntry {
  readonly msPerStep: number;
  readonly losses: Readonly<Record<string, number>>;
}

/** Empty before the fiftieth step. */
function readLog(): readonly LogEntry[] {
  const log = path.join(training, "log.jsonl");
  if (!existsSync(log)) return [];
  const lines = readFileSync(log, "utf8").trim().split("\n");
  return lines.map((line): LogEntry => JSON.parse(line));
}

begin();
await goOn();
const made = runCommand([
  "train",
  "--folder",
  training,
  "--export",
  path.join(training, "checkpoint"),
]);
const steps = Number(/after (\d+) steps/.exec(made)?.[1]);
printRow({ name: "training on: steps", value: steps, unit: "" });
const entries = readLog();
const [first, last] = [entries[0], entries.at(-1)];
if (first !== undefined && last !== undefined) {
  const samples = (1000 * Number(batch)) / last.msPerStep;
  printRow({ name: "training on: with scenes drawn", value: samples, unit: "samples/s" });
  for (const [when, { losses }] of Object.entries({ first, last })) {
    const value = losses["diffusion"] ?? Number.NaN;
    printRow({ name: `training on: diffusion loss, ${when}`, value, unit: "" });
  }
}
