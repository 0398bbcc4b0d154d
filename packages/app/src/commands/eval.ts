import { writeFile } from "node:fs/promises";
import { stderr, stdout } from "node:process";
import {
  drawGallery,
  type EvaluatedEdit,
  evaluateEdits,
  printScores,
  scoreEdits,
  usualSampling,
} from "@insightgraph/editing/scoring";
import { checkProvider, createSessionPool } from "@insightgraph/engine/runtime";
import { deviceOf, deviceOptions, deviceUsage } from "../device-options.ts";
import { exitCodes } from "../exit-codes.ts";
import { parseArguments } from "../parse-arguments.ts";
import { parseNumber } from "../parse-number.ts";
import { fromCaller } from "../places.ts";
import { untilInterrupt } from "../until-interrupt.ts";

/** What `insightgraph eval --help` prints. */
export const usage = `usage: insightgraph eval [options]

Edits the 300 held-out scenes and prints how many edits came out right, by operation and kind.
An edit is right when its squared error to the true target inside the true mask is under 30 % of the source's; what an
addition brings may stand anywhere in the place that its instruction names, up to 13 pixels from the truth's.

  --checkpoint NAME     which checkpoint (insightedit-mini)
  --count N             only the first N scenes
  --steps N             denoising steps (1)
  --text-guidance X     pull towards the instruction (1)
  --image-guidance X    pull towards the picture (1)
  --noise-scale X       weight of the first noise, 0 to 1 (0.3)
  --no-iaa              leave the image alignment adapter out: the first ablation
  --gallery FILE        draw the first twelve edits there: source, result, true target (PNG)
${deviceUsage(24)}
  --json                the table as JSON
`;

/** Runs `insightgraph eval`. @returns the exit code. Throws: command.usage and what the run throws. */
export async function run(args: readonly string[]): Promise<number> {
  const text = { type: "string" } as const;
  const { values } = parseArguments(args, {
    checkpoint: { type: "string", default: "insightedit-mini" },
    "no-iaa": { type: "boolean", default: false },
    json: { type: "boolean", default: false },
    ...deviceOptions,
    gallery: text,
    count: text,
    steps: text,
    "text-guidance": text,
    "image-guidance": text,
    "noise-scale": text,
  });
  const whole = { min: 1, isWhole: true };
  const count = parseNumber("count", values.count, 300, whole);
  const usual = usualSampling;
  const least = { min: 0 };
  const steps = parseNumber("steps", values.steps, usual.steps, whole);
  const textGuidance = parseNumber(
    "text-guidance",
    values["text-guidance"],
    usual.textGuidance,
    least,
  );
  const imageGuidance = parseNumber(
    "image-guidance",
    values["image-guidance"],
    usual.imageGuidance,
    least,
  );
  const noiseScale = parseNumber("noise-scale", values["noise-scale"], usual.noiseScale, {
    min: 0,
    max: 1,
  });
  const { checkpoint, "no-iaa": isWithoutAdapter } = values;
  const settings = {
    checkpoint,
    steps,
    textGuidance,
    imageGuidance,
    noiseScale,
    hasAdapter: !isWithoutAdapter,
  };
  const device = deviceOf(values);
  await checkProvider(device.provider);
  const pool = createSessionPool({ device });
  const edits: EvaluatedEdit[] = [];
  const startedAt = performance.now();
  const isStopped = await untilInterrupt("scoring what is done", async (signal) => {
    for await (const edit of evaluateEdits(pool, { ...settings, count, signal })) {
      edits.push(edit);
      if (stderr.isTTY) stderr.write(`\r${edits.length} of ${count}`);
      if (signal.aborted) break;
    }
    return signal.aborted;
  });
  await pool.close();
  if (values.gallery !== undefined) {
    await writeFile(fromCaller(values.gallery), await drawGallery(edits.slice(0, 12)));
  }
  const seconds = (performance.now() - startedAt) / 1000 / Math.max(edits.length, 1);
  const table = scoreEdits(edits);
  const summary = `${seconds.toFixed(2)} s per edit`;
  stdout.write(
    values.json
      ? `${JSON.stringify({ ...settings, secondsPerEdit: seconds, ...table }, null, 2)}\n`
      : `${stderr.isTTY ? "\n" : ""}${printScores(table)}\n${summary}\n`,
  );
  return isStopped ? exitCodes.interrupted : exitCodes.done;
}
