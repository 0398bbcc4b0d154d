import type { ActionId } from "./actions.ts";
import { keysOf } from "./key-bindings.ts";

const isMac = /^(Mac|iP)/.test(globalThis.navigator?.platform ?? "");

/** What keyboards write on a key, where its name in the code differs. */
const caps: Readonly<Record<string, string>> = {
  ArrowLeft: "←",
  ArrowRight: "→",
  ArrowUp: "↑",
  ArrowDown: "↓",
  Enter: "↵",
  Escape: "Esc",
  Delete: "Del",
  ...(isMac && { Ctrl: "⌘" }),
};

/** A chord as a person reads it: `Ctrl+Shift+Enter` is `Ctrl+Shift+↵`. */
export function shownKey(chord: string): string {
  return chord.replace(/\w+/g, (name) => caps[name] ?? name);
}

/** The first key that calls an action, as a person reads it. */
export function shownKeyOf(id: ActionId): string | undefined {
  const [key] = keysOf(id);
  return key === undefined ? undefined : shownKey(key);
}

/** A tooltip that ends with the key of the action, if it has one. */
export function withKey(text: string, id: ActionId): string {
  const key = shownKeyOf(id);
  return key === undefined ? text : `${text} (${key})`;
}
