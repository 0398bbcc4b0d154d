import type { PortEnd } from "../document/port-end.ts";
import { portOf } from "../state/port-of.ts";
import type { Workbench } from "../state/workbench.ts";

/** Ports of a node that is drawn: its inputs, then its outputs. */
function socketsOf(node: Element | null): readonly HTMLElement[] {
  return [...(node?.querySelectorAll<HTMLElement>(".socket") ?? [])];
}

/** Gives the keyboard to the first port of a node that is in sight. */
export function focusFirstPort(id: string | undefined): void {
  socketsOf(document.querySelector(`[data-node="${CSS.escape(id ?? "")}"]`))[0]?.focus();
}

/** Where an arrow leads from a port: up and down its side, left and right to the other one. */
function socketAt(socket: HTMLElement, chord: string): HTMLElement | undefined {
  const { side } = socket.dataset;
  const all = socketsOf(socket.closest(".node"));
  const own = all.filter((one) => one.dataset["side"] === side);
  const at = own.indexOf(socket);
  if (chord === "ArrowDown") return own[at + 1];
  if (chord === "ArrowUp") return own[at - 1];
  const wanted = chord === "ArrowLeft" ? "input" : "output";
  const others = all.filter((one) => one.dataset["side"] === wanted);
  return wanted === side ? undefined : others[Math.min(at, others.length - 1)];
}

/**
 * A key that a port has for itself: arrows walk the ports of its node, Enter opens its menu, Delete takes its links
 * away, Escape goes back to the node.
 * @param unlink takes the links of a port away
 * @returns whether the key was one of these
 */
export function pressOnPort(
  { canvas }: Workbench,
  target: EventTarget | null,
  chord: string,
  unlink: (end: PortEnd) => void,
): boolean {
  const end = portOf(target);
  if (end === undefined || !(target instanceof HTMLElement)) return false;
  if (chord.startsWith("Arrow")) socketAt(target, chord)?.focus();
  else if (chord === "Escape") canvas()?.focusNode(end.node);
  else if (chord === "Delete" || chord === "Backspace") unlink(end);
  else if (chord === "Enter" || chord === "Space") openMenu(target);
  else return false;
  return true;
}

function openMenu(socket: HTMLElement): void {
  const { left, bottom } = socket.getBoundingClientRect();
  const place = { clientX: left, clientY: bottom };
  socket.dispatchEvent(
    new MouseEvent("contextmenu", { ...place, bubbles: true, cancelable: true }),
  );
}
