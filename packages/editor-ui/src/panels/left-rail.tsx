import type { ReactNode } from "react";
import { type Command, commands } from "../commands/commands.ts";
import { HelpIcon, OpenIcon, PlusIcon, RedoIcon, SaveIcon, UndoIcon } from "../parts/icons.tsx";
import { useStore } from "../state/store.ts";
import type { Workbench } from "../state/workbench.ts";

/** Buttons for the commands that are used most. */
export function LeftRail({ workbench }: { readonly workbench: Workbench }): ReactNode {
  const { store } = workbench.editor;
  const canUndo = useStore(store, (state) => state.history.past.length > 0);
  const canRedo = useStore(store, (state) => state.history.future.length > 0);
  const button = (command: Command, icon: ReactNode, isEnabled = true) => (
    <button
      type="button"
      className="rail-button"
      aria-label={command.label}
      title={`${command.label} (${command.keys[0] ?? ""})`}
      disabled={!isEnabled}
      onClick={() => command.run(workbench)}
    >
      {icon}
    </button>
  );
  return (
    <nav className="left-rail" aria-label="Tools">
      {button(commands.search, <PlusIcon />)}
      {button(commands.open, <OpenIcon />)}
      {button(commands.save, <SaveIcon />)}
      <span className="rail-line" />
      {button(commands.undo, <UndoIcon />, canUndo)}
      {button(commands.redo, <RedoIcon />, canRedo)}
      <span className="spacer" />
      {button(commands.help, <HelpIcon />)}
    </nav>
  );
}
