// (g) The mini's editing stage goes on from the shipped weights until the time is over. Arguments: device, work folder,
// batch, seconds, samples a second to expect.
import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { commandArguments } from "./command.ts";
import { printRow } from "./row.ts";

const [device = "cpu", folder = ".", batch = "32", seconds = "60", rate = "20"] =
  process.argv.slice(2);
const training = path.resolve(folder, "training");

/** Time for opening the step before, and for sample edits after training. */
const spareSeconds = 15;
/** Of the rate that bare steps have; the scenes are drawn beside them. */
const expectedShare = 0.7;

/** The learning rate falls over a run's last third, so a run whose steps fit the time ends where it should. */
function stepsThatFit(): number {
  const usable = Math.max(1, Number(seconds) - spareSeconds);
  return Math.max(4, Math.floor((expectedShare * usable * Number(rate)) / Number(batch)));
}

function writeGraph(): string {
  const params = {
    ...{ folder: training, start: "insightedit-mini", batch: Number(batch), seed: 1 },
    ...{ visionSteps: 0, alignmentSteps: 0, editingSteps: stepsThatFit() },
  };
  const nodes = { train: { type: "train.insightedit", version: 1, params } };
  const file = path.join(folder, "train-on.json");
  writeFileSync(file, JSON.stringify({ format: "insightgraph", version: 1, nodes }));
  return file;
}

/** Interrupted in time, the command ends the run with its weights saved. */
async function endInTime(command: ChildProcess): Promise<void> {
  const ended = new AbortController();
  command.once("exit", () => ended.abort());
  const ms = 1000 * Math.max(1, Number(seconds) - 8);
  const isLate = await sleep(ms, true, { signal: ended.signal }).catch(() => false);
  if (!isLate) return;
  command.kill("SIGINT");
  await new Promise((done) => command.once("exit", done));
}

const options = ["run", writeGraph(), "--device", device, "--no-cache"];
const command = spawn(process.execPath, commandArguments(options), {
  stdio: ["ignore", "inherit", "inherit"],
});
await endInTime(command);

interface LogEntry {
  readonly step: number;
  readonly msPerStep: number;
  readonly losses: Readonly<Record<string, number>>;
}

const log = path.join(training, "log.jsonl");
const entries = existsSync(log)
  ? readFileSync(log, "utf8")
      .trim()
      .split("\n")
      .map((line): LogEntry => JSON.parse(line))
  : [];
const [first, last] = [entries[0], entries.at(-1)];
printRow({ name: "training on: steps", value: last?.step ?? 0, unit: "" });
if (first !== undefined && last !== undefined) {
  const samples = (1000 * Number(batch)) / last.msPerStep;
  printRow({ name: "training on: with scenes drawn", value: samples, unit: "samples/s" });
  for (const [when, { losses }] of Object.entries({ first, last })) {
    const value = losses["diffusion"] ?? Number.NaN;
    printRow({ name: `training on: diffusion loss, ${when}`, value, unit: "" });
  }
}
