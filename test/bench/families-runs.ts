import { generateIds } from "../../packages/editing/src/architectures/qwen/generate-ids.ts";
import { tokenPlaces } from "../../packages/editing/src/architectures/qwen/token-places.ts";
import type { OwnedSession } from "../../packages/engine/src/runtime.ts";
import type { QwenTextConfig } from "../../packages/models/src/networks/qwen-config.ts";
import type { StoredTensor, WeightMap } from "../../packages/models/src/onnx/stored-tensor.ts";

/** What a side measures of one model. */
export interface Run {
  /** Of each step or token. */
  readonly seconds: readonly number[];
  /** Of the processor, for all of them together; a prompt is not among them. */
  readonly cpuSeconds: number;
  readonly output: Float32Array;
}

function floats({ shape, data }: StoredTensor) {
  return { dtype: "float32" as const, shape, data: new Float32Array(data.slice().buffer) };
}

/** Seconds that the processor has worked for this process. */
function cpuTime(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** Steps of a denoiser. */
export async function takeSteps(
  session: OwnedSession,
  inputs: WeightMap,
  steps: number,
): Promise<Run> {
  const feeds = Object.fromEntries([...inputs].map(([name, value]) => [name, floats(value)]));
  const seconds: number[] = [];
  const cpuBefore = cpuTime();
  let output: unknown;
  for (let step = 0; step < steps; step++) {
    const start = performance.now();
    output = (await session.run(feeds))["output"]?.data;
    seconds.push((performance.now() - start) / 1000);
  }
  return { seconds, cpuSeconds: cpuTime() - cpuBefore, output: output as Float32Array };
}

/** So many tokens after a prompt and a first token, each the likeliest. */
export async function generate(
  session: OwnedSession,
  text: QwenTextConfig,
  inputs: WeightMap,
  tokens: number,
): Promise<Run> {
  const ids = [...floats(inputs.get("ids") as StoredTensor).data];
  const prompt = { ids, pictures: {}, ...tokenPlaces(ids, -1, []) };
  const times: number[] = [];
  let output = new Float32Array();
  let cpuBefore = 0;
  const generated = generateIds(session, text, prompt, (logits) => {
    if (times.length === 0) [output, cpuBefore] = [logits.slice(), cpuTime()];
    return logits.reduce((best, value, id) => (value > (logits[best] ?? 0) ? id : best), 0);
  });
  for await (const _ of generated) if (times.push(performance.now() / 1000) > tokens) break;
  const seconds = times.slice(1).map((time, at) => time - (times[at] ?? 0));
  return { seconds, cpuSeconds: cpuTime() - cpuBefore, output };
}
