import { contentKey } from "../cache/content-key.ts";
import type { Json } from "../graph/document.ts";
import { containerOf } from "../graph/port-type.ts";
import { toInputError } from "../node/input-error.ts";
import type { AnyNode } from "../node/registry.ts";
import type { RunContext } from "../node/run-context.ts";
import type { Step } from "../plan/step.ts";
import type { ResultFacts } from "../protocol/run-event.ts";
import { cutText } from "./cut-text.ts";
import { previewOf } from "./previews.ts";
import type { RunScope } from "./run-state.ts";
import { toPlain, type ValuesByName } from "./value.ts";

/** One run of one node: its definition, settings and inputs. */
export interface Call {
  readonly step: Step;
  readonly definition: AnyNode;
  /** Param values in this run. */
  readonly settings: Readonly<Record<string, Json>>;
  readonly inputs: ValuesByName;
  readonly scope: RunScope;
}

/** What identifies a result before it is computed. */
export type Identity = Omit<ResultFacts, "digests">;

/** Runs a node's own code; an argument that it refuses is shown at its port or param. */
async function refusable<T>(definition: AnyNode, task: () => Promise<T>): Promise<T> {
  try {
    return await task();
  } catch (thrown) {
    throw toInputError(thrown, definition);
  }
}

/** The key of the result that a node will have; none where it may not be cached. */
export async function identify(
  definition: AnyNode,
  settings: Readonly<Record<string, Json>>,
  hashes: Readonly<Record<string, string>>,
): Promise<Identity> {
  if (definition.cacheable === false) return {};
  const { type, version, fingerprinted = [] } = definition;
  const fingerprint = await refusable(definition, async () => definition.fingerprint?.(settings));
  const known = fingerprint === undefined ? {} : { fingerprint };
  const kept = Object.entries(settings).filter(([name]) => !fingerprinted.includes(name));
  const own = fingerprint === undefined ? settings : Object.fromEntries(kept);
  const key = contentKey({ type, version, settings: own, inputs: hashes, ...known });
  return { key, ...known };
}

/** The context that a node receives when it runs. */
export function createContext({
  step: { nodeId, own },
  scope: { run, emit, item },
}: Call): RunContext {
  const hasPreview = (type: string | undefined): boolean =>
    type !== undefined && run.portTypes.get(type)?.preview !== undefined;
  const previewed = run.hasPreviews ? Object.values(own).find(hasPreview) : undefined;
  const log = (text: string): void => emit?.({ type: "node-logged", nodeId, text: cutText(text) });
  const saved = (path: string): void => emit?.({ type: "node-saved", nodeId, path });
  const reserve: RunContext["reserve"] = async (path, existing) => {
    const chosen = await run.files.reserve({ nodeId, item, path, existing });
    await run.reach.mayWrite(chosen, "path");
    return chosen;
  };
  // A preview takes time to make: while one is made, later ones of the same node are skipped.
  let isPreviewing = false;
  const progress: RunContext["progress"] = (done, total, value) => {
    const base = { type: "node-progressed", nodeId, done, total } as const;
    if (value === undefined || previewed === undefined || emit === undefined || isPreviewing) {
      emit?.(base);
      return;
    }
    isPreviewing = true;
    void previewOf(run.portTypes, previewed, value, log).then((preview) => {
      isPreviewing = false;
      if (!run.signal.aborted) emit(preview === undefined ? base : { ...base, preview });
    });
  };
  const forItem = item === undefined ? {} : { item };
  const mayRead: RunContext["mayRead"] = (path) => run.reach.mayRead(path);
  const { signal, open, device } = run;
  return { signal, open, device, progress, log, reserve, saved, mayRead, ...forItem };
}

function usesStreams({ inputs, outputs }: AnyNode): boolean {
  const ports = [...Object.values(inputs), ...Object.values(outputs)];
  return ports.some(({ portType }) => containerOf(portType.id) === "stream");
}

/** What a node returned, not checked yet, and how long it ran. */
interface Returned {
  readonly returned: unknown;
  readonly ms: number;
}

async function plainInputs({ definition, inputs }: Call): Promise<Record<string, unknown>> {
  const entries = Object.entries(inputs).map(async ([name, value]) => {
    return [name, await toPlain(value, definition.inputs[name]?.portType.id)] as const;
  });
  return Object.fromEntries(await Promise.all(entries));
}

/** Lets a node refuse plain values before it runs. Throws: what it refuses. */
export async function checkValues(call: Call): Promise<void> {
  const { definition, settings } = call;
  const plain = await plainInputs(call);
  await refusable(definition, async () => definition.check?.(plain, settings));
}

/** Runs a node on plain values. */
export async function runOnValues(call: Call): Promise<Returned> {
  const { definition, settings, scope } = call;
  const plain = await plainInputs(call);
  const context = createContext(call);
  const { run } = scope;
  const task = async (): Promise<Returned> => {
    run.signal.throwIfAborted();
    const startMs = run.now();
    const runNode = async (): Promise<unknown> => definition.run(plain, settings, context);
    const returned = await refusable(definition, runNode);
    return { returned, ms: run.now() - startMs };
  };
  // A node on streams waits for its neighbours and they for it: under the limit they would deadlock.
  const done = await (usesStreams(definition) ? task() : run.limit(task));
  run.signal.throwIfAborted();
  return done;
}
