import { randomUUID } from "node:crypto";
import { canonicalJson, digest } from "../cache/content-key.ts";
import { inContainer } from "../graph/port-type.ts";
import { identify } from "./call.ts";
import type { Given, RunItemOf } from "./map-items.ts";
import type { Scope } from "./running.ts";
import { isStepGraph, type Step, type StepGraph } from "./step.ts";
import type { StreamValue, Value, ValuesByName } from "./value.ts";
import { type Maker, openWalk } from "./walk-streams.ts";

async function* pick(
  items: AsyncGenerator<ValuesByName, void>,
  output: string,
): AsyncGenerator<Value, void> {
  for await (const outputs of items) {
    const value = outputs[output];
    if (value !== undefined) yield value;
  }
}

/** What a definition does, for keys; undefined where files or the world have a part in it. */
function structureOf({ steps, outputs }: StepGraph): string | undefined {
  const parts: string[] = [];
  for (const [id, { task, settings, inputs, params, lifts }] of steps) {
    if (!isStepGraph(task) && (task.fingerprint !== undefined || task.cacheable === false)) {
      return undefined;
    }
    const inner = isStepGraph(task) ? structureOf(task) : `${task.type} ${task.version}`;
    if (inner === undefined) return undefined;
    parts.push(inner, canonicalJson({ id, settings, inputs, params, lifts }));
  }
  return digest([...parts, canonicalJson(outputs)]);
}

/** What a mapped step makes is known by what it is made of, before any item is. */
async function keyOf({ task, settings }: Step, { inputs, params }: Given) {
  const hashes = Object.entries({ ...inputs, ...params }).map(([name, { hash }]) => [name, hash]);
  const all: Record<string, string> = Object.fromEntries(hashes);
  if (isStepGraph(task)) {
    const structure = structureOf(task);
    return structure && digest([structure, canonicalJson(settings), canonicalJson(all)]);
  }
  // Which files are meant is only known item by item.
  if (task.fingerprint !== undefined && Object.keys(params).length > 0) return undefined;
  return (await identify(task, settings, all)).key;
}

export interface MappedStream {
  readonly outputs: ValuesByName;
  /** Runs the step for every item, for its effects. */
  drain(): Promise<void>;
}

/** Prepares a step that is mapped over streams: its items are made as they are taken. */
export async function mapStream(
  step: Step,
  given: Given,
  scope: Scope,
  runItem: RunItemOf,
): Promise<MappedStream> {
  const maker: Maker = { step, given, scope, runItem, isTold: false };
  const key = (await keyOf(step, given)) ?? randomUUID();
  const inner = step.levels.slice(1).toReversed();
  const outputs: Record<string, StreamValue> = {};
  for (const [output, own = "T"] of Object.entries(step.own)) {
    const element = inner.reduce((type, container) => inContainer(container, type), own);
    const portType = inContainer("stream", element);
    outputs[output] = {
      portType,
      hash: digest([portType, key, output]),
      mapped: { maker, output },
      async open() {
        const { length, items } = await openWalk(maker);
        return { ...(length === undefined ? {} : { length }), items: pick(items, output) };
      },
    };
  }
  const drain = async (): Promise<void> => {
    const { items } = await openWalk(maker);
    for await (const _ of items);
  };
  return { outputs, drain };
}
