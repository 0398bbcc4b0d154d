// Prints what a training step of insightedit-mini costs on this machine, beside the same step in PyTorch and the step
// without lowering, taken in turns:
// `npx tsx --conditions=@insightgraph/source test/bench/training.ts [repeats] [batch] [threads] [stage]`.
// Without threads, or with 0, each takes all cores in its own way, as `insightgraph train` does. With one thread the
// processor's time is taken, which other programs do not disturb; else the time on the clock.
// PYTHON names an interpreter with test/parity/requirements.txt installed.
import { median, openOurs, openTorch, timeInTurns } from "./training-contenders.ts";

const [repeats = 8, batch = 32, threads = 0] = process.argv.slice(2, 5).map(Number);
const stages = (["editing", "alignment"] as const).filter(
  (stage) => (process.argv[5] ?? stage) === stage,
);

for (const stage of stages) {
  const given = { stage, batch, threads, provider: "cpu" } as const;
  const contenders = [await openOurs(given, true), openTorch(given)];
  if (stage === "editing") contenders.push(await openOurs(given, false));
  const times = await timeInTurns(contenders, repeats);
  const [own = []] = times;
  contenders.forEach(({ name }, at) => {
    const taken = times[at] ?? [];
    const best = ((1000 * batch) / Math.min(...taken)).toFixed(1);
    const usual = ((1000 * batch) / median(taken)).toFixed(1);
    const ratio = (median(taken) / median(own)).toFixed(2);
    console.log(`${stage}, ${name}: ${usual} samples/s (best ${best}); ours is ${ratio} times it`);
  });
  await Promise.all(contenders.map((contender) => contender.close()));
}
