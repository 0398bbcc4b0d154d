import { isDialogOpen } from "../parts/dialog.tsx";
import type { Workbench } from "../state/workbench.ts";
import { type Command, commands, isFieldFocused } from "./commands.ts";

interface KeyPress {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly shiftKey: boolean;
}

/** How a key press is written in a command: `Ctrl+Shift+Z`. Command counts as Ctrl on a Mac. */
export function toChord({ key, ctrlKey, metaKey, shiftKey }: KeyPress): string {
  const name = key === " " ? "Space" : key.length === 1 ? key.toUpperCase() : key;
  // Shift makes the sign in `?`, so it is no part of the chord.
  const isSign = key.length === 1 && key.toLowerCase() === key.toUpperCase() && key !== " ";
  const held = [ctrlKey || metaKey ? "Ctrl+" : "", shiftKey && !isSign ? "Shift+" : ""];
  return `${held.join("")}${name}`;
}

/** The command of a chord, such as `Ctrl+Z`. */
export function commandFor(chord: string): Command | undefined {
  return Object.values<Command>(commands).find(({ keys }) => keys.includes(chord));
}

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
    const command = commandFor(chord);
    if (command === undefined || (isFieldFocused() && command.isGlobal !== true)) return;
    const isOwnKey = chord === "Space" && target instanceof Element && usesSpace(target);
    if (isOwnKey) return;
    event.preventDefault();
    command.run(workbench);
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
