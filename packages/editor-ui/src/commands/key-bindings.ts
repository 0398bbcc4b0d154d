import { createStore, type ReadableStore } from "../state/store.ts";
import type { Action } from "./action.ts";
import { type ActionId, actionList, actions } from "./actions.ts";

const storageKey = "insightgraph.keys";

type Bindings = Readonly<Partial<Record<ActionId, readonly string[]>>>;

/** The keys that call an action: those that a person chose, else the usual ones. */
export function keysOf(id: ActionId): readonly string[] {
  const { keys }: Action = actions[id];
  return chosen.get()[id] ?? keys;
}

/** The action of a chord, such as `Ctrl+Z`. */
export function actionFor(chord: string): ActionId | undefined {
  return actionList.find(([id]) => keysOf(id).includes(chord))?.[0];
}

/** Gives an action one key; another action that had it loses it. */
export function bindKey(id: ActionId, chord: string): void {
  const other = actionFor(chord);
  const left =
    other === undefined || other === id
      ? {}
      : { [other]: keysOf(other).filter((key) => key !== chord) };
  writeBindings({ ...chosen.get(), ...left, [id]: [chord] });
}

/** Gives every action its usual keys back. */
export function resetKeys(): void {
  globalThis.localStorage?.removeItem(storageKey);
  chosen.set(() => ({}));
}

const chosen = createStore<Bindings>(
  parseBindings(globalThis.localStorage?.getItem(storageKey) ?? "{}"),
);

/** The keys that a person chose, for those who show keys. */
export const chosenKeys: ReadableStore<Bindings> = chosen;

function writeBindings(bindings: Bindings): void {
  chosen.set(() => bindings);
  globalThis.localStorage?.setItem(storageKey, JSON.stringify(bindings));
}

/** What an older page or another hand may have written counts as nothing. */
function parseBindings(text: string): Bindings {
  try {
    const kept: unknown = JSON.parse(text);
    if (typeof kept !== "object" || kept === null) return {};
    return Object.fromEntries(
      Object.entries(kept).filter(
        ([id, keys]) =>
          Object.hasOwn(actions, id) &&
          Array.isArray(keys) &&
          keys.every((key) => typeof key === "string"),
      ),
    );
  } catch {
    return {};
  }
}
