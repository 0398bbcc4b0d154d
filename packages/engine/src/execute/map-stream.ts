import { randomUUID } from "node:crypto";
import { canonicalJson, digest } from "../cache/content-key.ts";
import { mapValues } from "../graph/map-values.ts";
import { inContainer } from "../graph/port-type.ts";
import { isStepGraph, type Step, type StepGraph } from "../plan/step.ts";
import { identify } from "./call.ts";
import { checkReach, type ReachGuard } from "./file-reach.ts";
import type { RunForItem, StepArguments } from "./map-items.ts";
import type { RunScope } from "./run-state.ts";
import type { StreamValue, Value, ValuesByName } from "./value.ts";
import { openWalk, type Stage } from "./walk-streams.ts";

async function* pick(
  items: AsyncGenerator<ValuesByName, void>,
  output: string,
): AsyncGenerator<Value, void> {
  for await (const outputs of items) {
    const value = outputs[output];
    if (value !== undefined) yield value;
  }
}

/** A digest of what a subgraph computes; undefined where files or uncacheable nodes take part. */
function subgraphDigest({ steps, outputs }: StepGraph): string | undefined {
  const parts: string[] = [];
  for (const [id, { task, settings, inputs, params, lifts }] of steps) {
    if (!isStepGraph(task) && (task.fingerprint !== undefined || task.cacheable === false)) {
      return undefined;
    }
    const inner = isStepGraph(task) ? subgraphDigest(task) : `${task.type} ${task.version}`;
    if (inner === undefined) return undefined;
    parts.push(inner, canonicalJson({ id, settings, inputs, params, lifts }));
  }
  return digest([...parts, canonicalJson(outputs)]);
}

/** The cache key of a mapped step, from its task and the hashes of its arguments; no item is needed. */
async function keyOf(
  { task, settings }: Step,
  { inputs, params }: StepArguments,
  reach: ReachGuard,
): Promise<string | undefined> {
  const all = mapValues({ ...inputs, ...params }, ({ hash }) => hash);
  if (isStepGraph(task)) {
    const structure = subgraphDigest(task);
    return structure && digest([structure, canonicalJson(settings), canonicalJson(all)]);
  }
  // Linked params differ by item, and with them the files that the fingerprint reads.
  if (task.fingerprint !== undefined && Object.keys(params).length > 0) return undefined;
  await checkReach(reach, task.params, settings);
  return (await identify(task, settings, all)).key;
}

/** The outputs of a step mapped over streams. */
export interface MappedStream {
  readonly outputs: ValuesByName;
  /** Runs the step for every item, for its effects. */
  drain(): Promise<void>;
}

/** Maps a step over streams: its items are made as they are taken. */
export async function mapStream(
  step: Step,
  args: StepArguments,
  scope: RunScope,
  runItem: RunForItem,
): Promise<MappedStream> {
  const stage: Stage = { step, args, scope, runItem, hasEmitted: false };
  const key = (await keyOf(step, args, scope.run.reach)) ?? randomUUID();
  const inner = step.levels.slice(1).toReversed();
  const outputs: Record<string, StreamValue> = {};
  for (const [output, own = "T"] of Object.entries(step.own)) {
    const element = inner.reduce((type, container) => inContainer(container, type), own);
    const portType = inContainer("stream", element);
    outputs[output] = {
      portType,
      hash: digest([portType, key, output]),
      mapped: { stage, output },
      async open() {
        const { length, items } = await openWalk(stage);
        return { ...(length === undefined ? {} : { length }), items: pick(items, output) };
      },
    };
  }
  const drain = async (): Promise<void> => {
    const { items } = await openWalk(stage);
    for await (const _ of items);
  };
  return { outputs, drain };
}
