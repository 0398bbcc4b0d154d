import { isDialogOpen } from "../parts/dialog.tsx";
import type { Workbench } from "../state/workbench.ts";
import type { Action } from "./action.ts";
import { type ActionId, actionList, actions, perform } from "./actions.ts";
import { isFieldFocused } from "./field-focus.ts";

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** How a key press is written in an action: `Ctrl+Shift+Z`. Command counts as Ctrl on a Mac. */
export function toChord({ key, ctrlKey, metaKey, shiftKey }: KeyPress): string {
  const name = key === " " ? "Space" : key.length === 1 ? key.toUpperCase() : key;
  // Shift makes the sign in `?`, so it is no part of the chord.
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase() && key !== " ";
  const held = [ctrlKey || metaKey ? "Ctrl+" : "", shiftKey && !isSign ? "Shift+" : ""];
  return `${held.join("")}${name}`;
}

/** The action of a chord, such as `Ctrl+Z`. */
export function actionFor(chord: string): ActionId | undefined {
  return actionList.find(([, { keys }]) => keys.includes(chord))?.[0];
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
    const isOwnKey = chord === "Space" && target instanceof Element && usesSpace(target);
    if (isOwnKey) return;
    event.preventDefault();
    perform(id, workbench);
  };
  window.addEventListener("keydown", listen);
  return () => window.removeEventListener("keydown", listen);
}

function usesSpace(target: Element): boolean {
  return target.closest("button, a, input, .film-strip") !== null;
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
