import { randomUUID } from "node:crypto";
import type { StoredResult } from "../cache/store.ts";
import { mapValues } from "../graph/map-values.ts";
import { containerOf } from "../graph/port-type.ts";
import type { AnyNode } from "../node/registry.ts";
import { type Call, checkValues, createContext, type Identity, identify } from "./call.ts";
import { checkReach } from "./file-reach.ts";
import { hashByKey } from "./hash-outputs.ts";
import { factsOf, makeResult } from "./make-result.ts";
import { openOutput } from "./open-output.ts";
import { previewsOf } from "./previews.ts";
import { recordFailure } from "./run-state.ts";
import type { Value, ValuesByName } from "./value.ts";

const noStreams: Record<string, Value> = {};

function hasStreamOutput({ outputs }: AnyNode): boolean {
  for (const { portType } of Object.values(outputs)) {
    if (containerOf(portType.id) === "stream") return true;
  }
  return false;
}

/** Stream outputs: opened when something takes from them, and made anew each time. */
function streamsOf(call: Call, { key }: Identity): Record<string, Value> {
  if (!hasStreamOutput(call.definition)) return noStreams;
  const streams: Record<string, Value> = {};
  // Only the first opening emits events: the node starts and finishes once.
  const silent: Call = { ...call, scope: { ...call.scope, emit: undefined } };
  let isOpened = false;
  const nextCall = (): Call => {
    const isFirst = !isOpened;
    isOpened = true;
    return isFirst ? call : silent;
  };
  for (const [name, type] of Object.entries(call.step.own)) {
    if (type === undefined || containerOf(type) !== "stream") continue;
    const producer = key ?? randomUUID();
    const hash = hashByKey(type, name, producer, call.scope.run.portTypes) ?? producer;
    streams[name] = { hash, portType: type, open: () => openOutput(nextCall(), name, type, key) };
  }
  return streams;
}

interface OutputHash {
  readonly hash: string;
  readonly portType: string;
}

/** The hashes of all outputs where the key alone determines them, so that the node need not run. */
function hashesByKey(
  { definition, step, scope }: Call,
  key: string | undefined,
): Readonly<Record<string, OutputHash>> | undefined {
  if (key === undefined || definition.isOutput === true) return undefined;
  const hashes: Record<string, OutputHash> = {};
  for (const [name, type] of Object.entries(step.own)) {
    const hash = type && hashByKey(type, name, key, scope.run.portTypes);
    if (type === undefined || hash === undefined || hash === "") return undefined;
    hashes[name] = { hash, portType: type };
  }
  return Object.keys(hashes).length === 0 ? undefined : hashes;
}

/** Values that are computed together when the first of them is needed. */
function lazyValues(
  call: Call,
  identity: Identity,
  hashes: Readonly<Record<string, OutputHash>>,
): ValuesByName {
  const { scope, step } = call;
  const { nodeId } = step;
  const emitSkipped = (): void => {
    const facts = { ...identity, digests: mapValues(hashes, ({ hash }) => hash) };
    scope.emit?.({ type: "node-started", nodeId });
    scope.emit?.({ type: "node-finished", nodeId, cached: true, ms: 0, previews: {}, ...facts });
  };
  if (scope.item === undefined) scope.run.skipped.add(emitSkipped);
  let making: Promise<StoredResult> | undefined;
  const make = async (): Promise<StoredResult> => {
    // A turn of its own: a long chain of such nodes must not pile up on the stack.
    await Promise.resolve();
    try {
      return await makeResult(call, identity);
    } catch (thrown) {
      // The consumer that needs the value waits here; the fault is this node's.
      throw recordFailure(thrown, nodeId, scope);
    }
  };
  const force = async (name: string): Promise<unknown> => {
    scope.run.skipped.delete(emitSkipped);
    making ??= make();
    return (await making).outputs[name]?.value;
  };
  return Object.fromEntries(
    Object.entries(hashes).map(([name, known]) => [name, { ...known, force: () => force(name) }]),
  );
}

/** Those that were stored, or those that a run without previews left out. */
async function previewsFor(call: Call, { outputs, previews }: StoredResult) {
  const { run } = call.scope;
  if (!run.hasPreviews) return {};
  if (Object.keys(previews).length > 0) return previews;
  return previewsOf(run.portTypes, outputs, createContext(call).log);
}

async function emitStored(
  call: Call,
  identity: Identity,
  startMs: number,
  stored: StoredResult,
): Promise<void> {
  const { emit, run } = call.scope;
  if (emit === undefined) return;
  const { nodeId } = call.step;
  const facts = factsOf(call, identity, stored.outputs);
  const previews = await previewsFor(call, stored);
  emit({ type: "node-started", nodeId });
  const ms = run.now() - startMs;
  emit({ type: "node-finished", nodeId, cached: true, ms, previews, ...facts });
}

interface FoundResult {
  readonly identity: Identity;
  /** Undefined where nothing is stored. */
  readonly stored: StoredResult | undefined;
}

function findResult({ definition, settings, inputs, scope: { run } }: Call): Promise<FoundResult> {
  const hashes = mapValues(inputs, ({ hash }) => hash);
  return run.limit(async () => {
    run.signal.throwIfAborted();
    await checkReach(run.reach, definition.params, settings);
    const identity = await identify(definition, settings, hashes);
    const stored = identity.key === undefined ? undefined : await run.store.get(identity.key);
    return { identity, stored };
  });
}

/** Runs a node's check, unless its result is in the store. Throws: what the node refuses. */
export async function checkCall(call: Call): Promise<void> {
  const { stored } = await findResult(call);
  if (stored === undefined) await checkValues(call);
}

/** Takes a node's result from the store, or runs the node as soon as its values are needed. */
export async function callNode(call: Call): Promise<ValuesByName> {
  const { scope, step } = call;
  const { run } = scope;
  const startMs = run.now();
  const { identity, stored } = await findResult(call);
  const streams = streamsOf(call, identity);
  const isAllStreams =
    streams !== noStreams && Object.keys(step.own).length === Object.keys(streams).length;
  if (isAllStreams) return streams;
  if (stored !== undefined) {
    await emitStored(call, identity, startMs, stored);
    return streams === noStreams ? stored.outputs : { ...stored.outputs, ...streams };
  }
  const known = hashesByKey(call, identity.key);
  if (known !== undefined) return { ...lazyValues(call, identity, known), ...streams };
  return { ...(await makeResult(call, identity)).outputs, ...streams };
}
