// (f) The mini's editing stage. Arguments: device, batch, repeats and, to run PyTorch beside it, "torch".
import {
  type Contender,
  median,
  openOurs,
  openTorch,
  timeInTurns,
} from "../../../bench/training-contenders.ts";
import { printRow } from "./row.ts";

const [device = "cpu", batch = "32", repeats = "8", peer] = process.argv.slice(2);
const provider = device === "cuda" ? "cuda" : "cpu";
const given = { stage: "editing", batch: Number(batch), threads: 0, provider } as const;

async function measure(contender: Contender): Promise<void> {
  const [times = []] = await timeInTurns([contender], Number(repeats));
  const rate = (1000 * given.batch) / median(times);
  printRow({
    name: `training, batch ${batch}: ${contender.name}`,
    value: rate,
    unit: "samples/s",
  });
  await contender.close();
}

await measure(await openOurs(given, provider === "cpu"));
if (peer === "torch") await measure(openTorch(given));
