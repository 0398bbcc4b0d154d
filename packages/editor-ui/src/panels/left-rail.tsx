import type { ReactNode } from "react";
import { type ActionId, labelOf, perform } from "../commands/actions.ts";
import { words } from "../messages/messages.ts";
import {
  HelpIcon,
  MoreIcon,
  OpenIcon,
  PlusIcon,
  RedoIcon,
  SaveIcon,
  UndoIcon,
} from "../parts/icons.tsx";
import { canRedo, canUndo } from "../state/editor-state.ts";
import { useStore } from "../state/store.ts";
import type { Workbench } from "../state/workbench.ts";
import { useTooltips } from "./action-key.tsx";

/** Buttons for the actions that are used most. */
export function LeftRail({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const { store } = workbench.editor;
  const tooltip = useTooltips();
  const isUndoable = useStore(store, canUndo);
  const isRedoable = useStore(store, canRedo);
  const button = (id: ActionId, icon: ReactNode, isEnabled = true) => (
    <button
      type="button"
      className="rail-button"
      aria-label={labelOf(id)}
      title={tooltip(labelOf(id), id)}
      disabled={!isEnabled}
      onClick={() => perform(id, workbench)}
    >
      {icon}
    </button>
  );
  return (
    <nav className="left-rail" aria-label={words.page.tools}>
      {button("search", <PlusIcon />)}
      {button("open", <OpenIcon />)}
      {button("save", <SaveIcon />)}
      <span className="rail-line" />
      {button("undo", <UndoIcon />, isUndoable)}
      {button("redo", <RedoIcon />, isRedoable)}
      <span className="spacer" />
      {button("palette", <MoreIcon />)}
      {button("help", <HelpIcon />)}
    </nav>
  );
}
