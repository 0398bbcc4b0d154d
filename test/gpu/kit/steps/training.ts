// (f) The mini's editing stage beside PyTorch, in turns. Arguments: device, batch, repeats.
import { median, openOurs, openTorch, timeInTurns } from "../../../bench/training-contenders.ts";
import { printRow } from "./row.ts";

const [device = "cpu", batch = "32", repeats = "8"] = process.argv.slice(2);
const provider = device === "cuda" ? "cuda" : "cpu";
const given = { stage: "editing", batch: Number(batch), threads: 0, provider } as const;

async function measure(contenders: Parameters<typeof timeInTurns>[0]): Promise<void> {
  const times = await timeInTurns(contenders, Number(repeats));
  contenders.forEach(({ name }, at) => {
    const rate = (1000 * given.batch) / median(times[at] ?? []);
    printRow({ name: `training, batch ${batch}: ${name}`, value: rate, unit: "samples/s" });
  });
}

const ours = await openOurs(given, provider === "cpu");
const torch = openTorch(given);
try {
  await measure([ours, torch]);
} catch (error) {
  console.error(String(error));
  await measure([ours]);
}
await Promise.all([ours.close(), torch.close()]);
