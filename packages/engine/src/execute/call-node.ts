import { randomUUID } from "node:crypto";
import type { StoredResult } from "../cache/store.ts";
import { containerOf } from "../graph/port-type.ts";
import type { AnyNode } from "../node/registry.ts";
import { type Call, type Identity, identify } from "./call.ts";
import { hashByKey } from "./hash-outputs.ts";
import { factsOf, makeAloud } from "./make-result.ts";
import { openOutput } from "./open-output.ts";
import type { Value, ValuesByName } from "./value.ts";

function mapValues<A, B>(record: Readonly<Record<string, A>>, map: (value: A) => B) {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, map(value)]));
}

const noStreams: Record<string, Value> = {};

function givesStreams({ outputs }: AnyNode): boolean {
  for (const { portType } of Object.values(outputs)) {
    if (containerOf(portType.id) === "stream") return true;
  }
  return false;
}

/** Outputs that are opened when someone takes from them, and made anew each time. */
function streamsOf(call: Call, { key }: Identity): Record<string, Value> {
  if (!givesStreams(call.definition)) return noStreams;
  const streams: Record<string, Value> = {};
  // Whoever opens a stream again hears nothing of it: the node is told of once.
  const quiet: Call = { ...call, scope: { ...call.scope, emit: undefined } };
  let isTold = false;
  const teller = (): Call => {
    const first = !isTold;
    isTold = true;
    return first ? call : quiet;
  };
  for (const [name, type] of Object.entries(call.step.own)) {
    if (type === undefined || containerOf(type) !== "stream") continue;
    const producer = key ?? randomUUID();
    const hash = hashByKey(type, name, producer, call.scope.run.portTypes) ?? producer;
    streams[name] = { hash, portType: type, open: () => openOutput(teller(), name, type, key) };
  }
  return streams;
}

/** Hashes of all outputs where the key alone tells them, so that nothing need run for them. */
function hashesByKey({ definition, step, scope }: Call, key: string | undefined) {
  if (key === undefined || definition.isOutput === true) return undefined;
  const hashes: Record<string, { readonly hash: string; readonly portType: string }> = {};
  for (const [name, type] of Object.entries(step.own)) {
    const hash = type && hashByKey(type, name, key, scope.run.portTypes);
    if (type === undefined || hash === undefined || hash === "") return undefined;
    hashes[name] = { hash, portType: type };
  }
  return Object.keys(hashes).length === 0 ? undefined : hashes;
}

/** Values that are made together when the first of them is needed. */
function deferred(
  call: Call,
  identity: Identity,
  hashes: Readonly<Record<string, { readonly hash: string; readonly portType: string }>>,
): ValuesByName {
  const { scope, step } = call;
  const { nodeId } = step;
  const tellSpared = (): void => {
    const facts = { ...identity, digests: mapValues(hashes, ({ hash }) => hash) };
    scope.emit?.({ type: "node-started", nodeId });
    scope.emit?.({ type: "node-finished", nodeId, cached: true, ms: 0, previews: {}, ...facts });
  };
  if (scope.item === undefined) scope.run.spared.add(tellSpared);
  let making: Promise<StoredResult> | undefined;
  const demand = async (name: string): Promise<unknown> => {
    scope.run.spared.delete(tellSpared);
    // A turn of its own: a long row of such nodes must not pile up on the stack.
    making ??= Promise.resolve().then(() => makeAloud(call, identity));
    return (await making).outputs[name]?.value;
  };
  return Object.fromEntries(
    Object.entries(hashes).map(([name, known]) => [name, { ...known, demand: () => demand(name) }]),
  );
}

function tellStored(call: Call, identity: Identity, startMs: number, stored: StoredResult): void {
  const { emit, run } = call.scope;
  if (emit === undefined) return;
  const { nodeId } = call.step;
  const facts = factsOf(call, identity, stored.outputs);
  const { previews } = stored;
  emit({ type: "node-started", nodeId });
  const ms = run.now() - startMs;
  emit({ type: "node-finished", nodeId, cached: true, ms, previews, ...facts });
}

/** Takes a node's result from the store, or runs the node as soon as its values are needed. */
export async function callNode(call: Call): Promise<ValuesByName> {
  const { definition, settings, inputs, scope, step } = call;
  const { run } = scope;
  const startMs = run.now();
  const hashes = mapValues(inputs, ({ hash }) => hash);
  const found = await run.limit(async () => {
    run.signal.throwIfAborted();
    const identity = await identify(definition, settings, hashes);
    const stored = identity.key === undefined ? undefined : await run.store.get(identity.key);
    return { identity, stored };
  });
  const { identity, stored } = found;
  const streams = streamsOf(call, identity);
  const isAllStreams =
    streams !== noStreams && Object.keys(step.own).length === Object.keys(streams).length;
  if (isAllStreams) return streams;
  if (stored !== undefined) {
    tellStored(call, identity, startMs, stored);
    return streams === noStreams ? stored.outputs : { ...stored.outputs, ...streams };
  }
  const known = hashesByKey(call, identity.key);
  if (known !== undefined) return { ...deferred(call, identity, known), ...streams };
  return { ...(await makeAloud(call, identity)).outputs, ...streams };
}
