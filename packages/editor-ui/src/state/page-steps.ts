import type { ConnectionState } from "../connection/socket-client.ts";
import { createFitCheck } from "../document/compatibility.ts";
import type { InputEnd } from "../document/edits.ts";
import type { PortEnd } from "../document/port-end.ts";
import { emptySelection, selectLink, selectMark, selectNodes } from "../document/selection.ts";
import { type EditorState, graphOf, type Menu, type Panel } from "./editor-state.ts";

/** The connection to the server came or went; what was said about its absence is over when it is back. */
export function connected(state: EditorState, connection: ConnectionState): EditorState {
  const isOnline = connection === "online";
  const isOver = isOnline && state.notice?.isAboutConnection === true;
  const notice = isOver ? undefined : state.notice;
  return { ...state, connection, isWelcome: state.isWelcome && isOnline, notice };
}

/** Shows a panel that is hidden, or hides it. */
export function togglePanel(state: EditorState, panel: Panel): EditorState {
  const openPanels = new Set(state.openPanels);
  if (!openPanels.delete(panel)) openPanels.add(panel);
  return { ...state, openPanels };
}

/** Hides a panel, if it is shown. */
export function closePanel(state: EditorState, panel: Panel): EditorState {
  return state.openPanels.has(panel) ? togglePanel(state, panel) : state;
}

/** Looks through a data set; undefined: offers those that there are. */
export function browse(state: EditorState, dataset: string | undefined): EditorState {
  const openPanels = new Set(state.openPanels).add("datasets");
  return { ...state, dataset, openPanels };
}

/**
 * Picks a run to look at; one that is picked already is let go.
 * @param isCompared Compares the run with the one picked before.
 */
export function pickRun(state: EditorState, requestId: string, isCompared: boolean): EditorState {
  const { picked } = state;
  if (picked.includes(requestId)) {
    return { ...state, picked: picked.filter((other) => other !== requestId) };
  }
  const last = picked.at(-1);
  return {
    ...state,
    picked: isCompared && last !== undefined ? [last, requestId] : [requestId],
  };
}

/** Picks up a link at one end, and finds out which other ends fit. */
export function startLink(state: EditorState, from: PortEnd, detached?: InputEnd): EditorState {
  const typing = state.typing ?? { typeOf: () => undefined };
  const whyUnfit = createFitCheck(graphOf(state), state.catalogue, typing, from);
  const gesture = { from, whyUnfit, ...(detached === undefined ? {} : { detached }) };
  return { ...state, gesture };
}

/** Opens a menu on something, which is then selected, unless it is part of what is selected already. */
export function openMenu(state: EditorState, menu: Menu): EditorState {
  const { target } = menu;
  const { selection } = state;
  if (target.kind === "node" && !selection.nodes.has(target.id)) {
    return { ...state, menu, selection: selectNodes([target.id]) };
  }
  if (target.kind === "mark") return { ...state, menu, selection: selectMark(target.mark) };
  if (target.kind === "link") return { ...state, menu, selection: selectLink(target.end) };
  return { ...state, menu };
}

/** Selects nothing and picks no run. */
export function clearSelection(state: EditorState): EditorState {
  return { ...state, selection: emptySelection, picked: [] };
}
