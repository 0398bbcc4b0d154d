import { contentHash, contentKey } from "../cache/content-key.ts";
import type { ResultStore, StoredResult, StoredValue } from "../cache/store.ts";
import { EngineError } from "../errors.ts";
import { entryOf } from "../graph/catalogue.ts";
import type { Preview } from "../node/preview.ts";
import type { AnyNode } from "../node/registry.ts";
import type { RunContext } from "../node/run-context.ts";
import type { Step } from "./plan-run.ts";

export interface StepResult extends StoredResult, ResultFacts {
  readonly isCached: boolean;
}

/** What identifies a result. */
export interface ResultFacts {
  /** Absent where the node may not be cached. */
  readonly key?: string;
  /** What the definition's `fingerprint` gave. */
  readonly fingerprint?: string;
  /** Content hash by output, in hex; a value that cannot be made twice has none. */
  readonly digests: Readonly<Record<string, string>>;
}

export interface StepContext {
  readonly store: ResultStore;
  /** Whether anyone looks at previews. */
  readonly withPreviews: boolean;
  readonly context: RunContext;
}

async function keyOf(
  { definition, settings }: Step,
  inputs: Readonly<Record<string, StoredValue>>,
): Promise<Pick<ResultFacts, "key" | "fingerprint">> {
  if (definition.cacheable === false) return {};
  const fingerprint = await definition.fingerprint?.(settings);
  const hashes = Object.entries(inputs).map(([name, { hash }]) => [name, hash] as const);
  const found = fingerprint === undefined ? {} : { fingerprint };
  const key = contentKey({
    type: definition.type,
    version: definition.version,
    settings,
    inputs: Object.fromEntries(hashes),
    ...found,
  });
  return { key, ...found };
}

function digestsOf(
  { outputs: ports }: AnyNode,
  outputs: Readonly<Record<string, StoredValue>>,
  key: string | undefined,
): Record<string, string> {
  const digests: Record<string, string> = {};
  for (const [name, { hash }] of Object.entries(outputs)) {
    const isKnown = key !== undefined || entryOf(ports, name)?.portType.hash !== undefined;
    if (isKnown) digests[name] = hash;
  }
  return digests;
}

function checkOutputs(definition: AnyNode, values: unknown): Record<string, unknown> {
  const given = typeof values === "object" && values !== null ? values : {};
  const outputs: Record<string, unknown> = {};
  for (const [name, port] of Object.entries(definition.outputs)) {
    const value: unknown = Object.hasOwn(given, name) ? Reflect.get(given, name) : undefined;
    if (value !== undefined) outputs[name] = value;
    else if (!port.optional) {
      throw new EngineError("node.bad-output", `"${definition.type}" gave no "${name}"`, {
        hint: "this is a fault of the node; please report it.",
      });
    }
  }
  return outputs;
}

/** A preview of a value, or undefined where its type has none or it cannot be shown. */
export async function previewOf(
  definition: AnyNode,
  output: string,
  value: unknown,
  log: RunContext["log"],
): Promise<Preview | undefined> {
  try {
    return await entryOf(definition.outputs, output)?.portType.preview?.(value);
  } catch (error) {
    log(`no preview of ${output}: ${error instanceof Error ? error.message : String(error)}`);
    return undefined;
  }
}

async function previewsOf(
  definition: AnyNode,
  outputs: Readonly<Record<string, unknown>>,
  log: RunContext["log"],
): Promise<Record<string, Preview>> {
  const previews: Record<string, Preview> = {};
  for (const [name, value] of Object.entries(outputs)) {
    const preview = await previewOf(definition, name, value, log);
    if (preview !== undefined) previews[name] = preview;
  }
  return previews;
}

/** Takes a node's result from the store, or runs the node and keeps what it gave. */
export async function runStep(
  step: Step,
  inputs: Readonly<Record<string, StoredValue>>,
  { store, withPreviews, context }: StepContext,
): Promise<StepResult> {
  const { definition, settings } = step;
  const facts = await keyOf(step, inputs);
  const { key } = facts;
  const stored = key === undefined ? undefined : await store.get(key);
  if (stored !== undefined) {
    const digests = digestsOf(definition, stored.outputs, key);
    return { ...stored, ...facts, digests, isCached: true };
  }
  const values = Object.entries(inputs).map(([name, { value }]) => [name, value] as const);
  const given = await definition.run(Object.fromEntries(values), settings, context);
  context.signal.throwIfAborted();
  const outputs = checkOutputs(definition, given);
  const hashed: Record<string, StoredValue> = {};
  for (const [name, { portType }] of Object.entries(definition.outputs)) {
    const value = outputs[name];
    if (value === undefined) continue;
    const hash = contentHash(portType, value, name, key);
    hashed[name] = { value, hash, portType: portType.id };
  }
  const previews = withPreviews ? await previewsOf(definition, outputs, context.log) : {};
  const result: StoredResult = { outputs: hashed, previews };
  if (key !== undefined) await store.set(key, result);
  const digests = digestsOf(definition, hashed, key);
  return { ...result, ...facts, digests, isCached: false };
}
