import type { StoredResult, StoredValue } from "../cache/store.ts";
import { containerOf, innermostOf } from "../graph/port-type.ts";
import type { ResultFacts } from "../protocol/run-event.ts";
import { type Call, createContext, type Identity, runPlainly } from "./call.ts";
import { checkOutputs, hashValue } from "./hash-outputs.ts";
import { previewsOf } from "./previews.ts";
import type { ValuesByName } from "./value.ts";

/** What is told of a result: its key, and the digests of what can be made again. */
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
  const given = checkOutputs(definition, await runPlainly(call));
  const outputs: Record<string, StoredValue> = {};
  for (const [name, value] of Object.entries(given)) {
    const type = step.own[name] ?? definition.outputs[name]?.portType.id ?? "";
    if (containerOf(type) === "stream") continue;
    const producer = { definition, output: name, key, portTypes: run.portTypes };
    outputs[name] = hashValue(value, type, producer);
  }
  const { log } = createContext(call);
  const previews = emit === undefined ? {} : await previewsOf(run.portTypes, outputs, log);
  const result: StoredResult = { outputs, previews };
  if (key !== undefined) await run.store.set(key, result);
  return result;
}

interface Made {
  readonly result: StoredResult;
  readonly isCached: boolean;
}

/** Makes a result, or waits for it where it is being made already. */
async function makeOnce(call: Call, identity: Identity): Promise<Made> {
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

/** Makes a result while telling those who listen; nothing is told after its end. */
export async function makeAloud(call: Call, identity: Identity): Promise<StoredResult> {
  const { scope, step } = call;
  const { nodeId } = step;
  const startMs = scope.run.now();
  let isOver = false;
  const { emit } = scope;
  const heard = emit && ((event: Parameters<typeof emit>[0]) => void (isOver || emit(event)));
  emit?.({ type: "node-started", nodeId });
  try {
    const told = { ...call, scope: { ...scope, emit: heard } };
    const { result, isCached: cached } = await makeOnce(told, identity);
    isOver = true;
    const ms = scope.run.now() - startMs;
    const { previews } = result;
    const facts = factsOf(call, identity, result.outputs);
    emit?.({ type: "node-finished", nodeId, cached, ms, previews, ...facts });
    return result;
  } finally {
    isOver = true;
  }
}
