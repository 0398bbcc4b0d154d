import type { Point } from "../document/edits.ts";
import type { MenuTarget } from "../state/editor-state.ts";
import type { Workbench } from "../state/workbench.ts";

/** What an action is called for: from a menu, for the thing the menu was opened on. */
export interface ActionCall extends Workbench {
  readonly target?: MenuTarget;
  /** Where the menu was opened, on the screen. */
  readonly at?: Point;
}

/** Something a person can do; menus, keys, the palette and the help sheet are made of these. */
export interface Action {
  /** As `Ctrl+Shift+Z`; the first one is shown on buttons. */
  readonly keys: readonly string[];
  /** The menus that list it, in the order of the table. */
  readonly menus?: readonly MenuTarget["kind"][];
  /** Works while a field has the keyboard, too. */
  readonly isGlobal?: boolean;
  /** Whether there is anything to do; menus and the palette leave out what is not possible. */
  isPossible?(call: ActionCall): boolean;
  run(call: ActionCall): unknown;
}
