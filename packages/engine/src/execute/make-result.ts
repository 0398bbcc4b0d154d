import type { StoredResult, StoredValue } from "../cache/store.ts";
import { containerOf, innermostOf } from "../graph/port-type.ts";
import type { ResultFacts } from "../protocol/run-event.ts";
import { type Call, createContext, type Identity, runOnValues } from "./call.ts";
import { checkOutputs, hashValue } from "./hash-outputs.ts";
import { previewsOf } from "./previews.ts";
import type { Emit } from "./run-state.ts";
import type { ValuesByName } from "./value.ts";

/** What events report about a result: its key, and the digests of what can be reproduced. */
export function factsOf({ scope }: Call, identity: Identity, outputs: ValuesByName): ResultFacts {
  const digests: Record<string, string> = {};
  for (const [name, { hash, portType }] of Object.entries(outputs)) {
    const hasContent = scope.run.portTypes.get(innermostOf(portType))?.hash !== undefined;
    if (hasContent || identity.key !== undefined) digests[name] = hash;
  }
  return { ...identity, digests };
}

async function make(call: Call, { key }: Identity): Promise<StoredResult> {
  const { definition, step, scope } = call;
  const { run, emit } = scope;
  const { returned, ms } = await runOnValues(call);
  const outputs: Record<string, StoredValue> = {};
  for (const [name, value] of Object.entries(checkOutputs(definition, returned))) {
    const type = step.own[name] ?? definition.outputs[name]?.portType.id ?? "";
    if (containerOf(type) === "stream") continue;
    const producer = { definition, output: name, key, portTypes: run.portTypes };
    outputs[name] = hashValue(value, type, producer);
  }
  const { log } = createContext(call);
  const isShown = emit !== undefined && run.hasPreviews;
  const previews = isShown ? await previewsOf(run.portTypes, outputs, log) : {};
  const result: StoredResult = { outputs, previews };
  if (key !== undefined) await run.store.set(key, result, ms);
  return result;
}

interface SharedResult {
  readonly result: StoredResult;
  /** Whether another call computed it. */
  readonly isCached: boolean;
}

/** Computes a result, or waits for an equal call that already does. */
async function makeOnce(call: Call, identity: Identity): Promise<SharedResult> {
  const { inFlight } = call.scope.run;
  const { key } = identity;
  if (key === undefined) return { result: await make(call, identity), isCached: false };
  const earlier = inFlight.get(key);
  if (earlier !== undefined) return { result: await earlier, isCached: true };
  const making = make(call, identity);
  inFlight.set(key, making);
  try {
    return { result: await making, isCached: false };
  } finally {
    inFlight.delete(key);
  }
}

/** Computes a result between `node-started` and `node-finished`; the node emits nothing after its end. */
export async function makeResult(call: Call, identity: Identity): Promise<StoredResult> {
  const { scope, step } = call;
  const { emit } = scope;
  const { nodeId } = step;
  const startMs = scope.run.now();
  let hasEnded = false;
  const emitWhileRunning: Emit | undefined =
    emit &&
    ((event) => {
      if (!hasEnded) emit(event);
    });
  emit?.({ type: "node-started", nodeId });
  try {
    const running = { ...call, scope: { ...scope, emit: emitWhileRunning } };
    const { result, isCached: cached } = await makeOnce(running, identity);
    hasEnded = true;
    const ms = scope.run.now() - startMs;
    const { previews } = result;
    const facts = factsOf(call, identity, result.outputs);
    emit?.({ type: "node-finished", nodeId, cached, ms, previews, ...facts });
    return result;
  } finally {
    hasEnded = true;
  }
}
