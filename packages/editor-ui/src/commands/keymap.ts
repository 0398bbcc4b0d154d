import type { PortEnd } from "../document/port-end.ts";
import { isDialogOpen } from "../parts/dialog.tsx";
import type { Workbench } from "../state/workbench.ts";
import type { Action } from "./action.ts";
import { actions, perform } from "./actions.ts";
import { isFieldFocused } from "./field-focus.ts";
import { actionFor } from "./key-bindings.ts";
import { pressOnPort } from "./port-keys.ts";

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
  readonly altKey: boolean;
}

/** How a key press is written in an action: `Ctrl+Shift+Z`. Command counts as Ctrl on a Mac. */
export function toChord({ key, ctrlKey, metaKey, shiftKey, altKey }: KeyPress): string {
  const name = key === " " ? "Space" : key.length === 1 ? key.toUpperCase() : key;
  // Shift makes the sign in `?`, so it is no part of the chord.
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase() && key !== " ";
  const held = [
    ctrlKey || metaKey ? "Ctrl+" : "",
    shiftKey && !isSign ? "Shift+" : "",
    altKey ? "Alt+" : "",
  ];
  return `${held.join("")}${name}`;
}

/** The browser pastes by itself; see `listenToPaste`. */
const native: ReadonlySet<string> = new Set(["Ctrl+V", "Ctrl+Shift+V"]);

/** Keys of the whole page; fields, lists and the film strip keep those they use themselves. */
export function listenToKeys(workbench: Workbench): () => void {
  const listen = (event: KeyboardEvent) => {
    if (event.defaultPrevented || event.isComposing || isDialogOpen()) return;
    const { target } = event;
    const onNode = target instanceof HTMLElement && target.classList.contains("node");
    const chord = toChord(event);
    const unlink = (end: PortEnd) =>
      perform("unlinkPort", { ...workbench, target: { kind: "port", end } });
    if (pressOnPort(workbench, target, chord, unlink)) {
      event.preventDefault();
      return;
    }
    if (chord === "Enter" && onNode) {
      event.preventDefault();
      openField(target);
      return;
    }
    const id = native.has(chord) ? undefined : actionFor(chord);
    if (id === undefined) return;
    const { isGlobal }: Action = actions[id];
    if (isFieldFocused() && isGlobal !== true) return;
    // What a person has selected on the page, such as an error, is copied as text.
    if (id === "copy" && String(getSelection()) !== "") return;
    if (target instanceof Element && usesKey(target, chord)) return;
    event.preventDefault();
    perform(id, workbench);
  };
  window.addEventListener("keydown", listen);
  return () => window.removeEventListener("keydown", listen);
}

/** Whether what has the keyboard takes the key for itself. */
function usesKey(target: Element, chord: string): boolean {
  if (chord === "Space") return target.closest("button, a, input, .film-strip") !== null;
  if (!chord.startsWith("Arrow")) return false;
  return target.closest("input, select, [role=slider], [role=tablist], [role=toolbar]") !== null;
}

/** From a node to its own field, else to the first one in the inspector. */
function openField(node: HTMLElement): void {
  const own = node.querySelector<HTMLElement>(".node-field :is(textarea, select, input, button)");
  const field =
    own ??
    document.querySelector<HTMLElement>(".inspector .params :is(textarea, select, input, button)");
  field?.focus();
  if (field instanceof HTMLTextAreaElement || field instanceof HTMLInputElement) field.select();
}
