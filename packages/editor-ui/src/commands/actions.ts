import { words } from "../messages/messages.ts";
import type { MenuTarget } from "../state/editor-state.ts";
import type { Action, ActionCall } from "./action.ts";
import { arrangeActions } from "./arrange-actions.ts";
import { clipboardActions } from "./clipboard-actions.ts";
import { editActions } from "./edit-actions.ts";
import { fileActions } from "./file-actions.ts";
import { groupActions } from "./group-actions.ts";
import { keyboardActions } from "./keyboard-actions.ts";
import { linkActions } from "./link-actions.ts";
import { maskActions } from "./mask-actions.ts";
import { portActions } from "./port-actions.ts";
import { runActions } from "./run-actions.ts";
import { runMenuActions } from "./run-menu-actions.ts";
import { variantActions } from "./variant-actions.ts";
import { viewActions } from "./view-actions.ts";

/** Every action, by id: menus, keys and the help sheet list them in this order. */
export const actions = {
  ...runActions,
  ...runMenuActions,
  ...clipboardActions,
  ...editActions,
  ...groupActions,
  ...linkActions,
  ...portActions,
  ...variantActions,
  ...arrangeActions,
  ...keyboardActions,
  ...maskActions,
  ...viewActions,
  ...fileActions,
} satisfies Record<string, Action>;

/** The id of an action. */
export type ActionId = keyof typeof actions;

/** Every action with its id. */
export const actionList = Object.entries<Action>(actions) as readonly (readonly [
  ActionId,
  Action,
])[];

/** What an action is called, in the language of the page. */
export function labelOf(id: ActionId): string {
  return words.actions[id];
}

/** Does an action, if there is anything for it to do. */
export function perform(id: ActionId, call: ActionCall): void {
  const action: Action = actions[id];
  if (action.isPossible?.(call) !== false) action.run(call);
}

/** The actions that a menu on something lists: those that are possible there. */
export function menuOf(target: MenuTarget, call: ActionCall): readonly ActionId[] {
  return actionList.flatMap(([id, { menus, isPossible }]) =>
    menus?.includes(target.kind) === true && isPossible?.(call) !== false ? [id] : [],
  );
}
