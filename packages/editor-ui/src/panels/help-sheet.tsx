import type { ReactNode } from "react";
import { actionList, labelOf } from "../commands/actions.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";

const gestures = [
  ["Move between nodes", "Tab"],
  ["Edit a node's first field", "Enter"],
  ["Add a node here", "Double-click"],
  ["Add to the selection", "Shift+Click"],
  ["Compare with the picked run", "Space"],
] as const;

/** Lists every keyboard shortcut. */
export function HelpSheet({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("help"));
  return isOpen ? <OpenHelp close={() => editor.closePanel("help")} /> : null;
}

function OpenHelp({ close }: { close(): void }): ReactNode {
  const rows = actionList.map(([id, { keys }]) => [labelOf(id), keys] as const);
  return (
    <Dialog title="Keyboard shortcuts" className="help" close={close}>
      <dl className="help-list">
        {rows.map(([label, keys]) => (
          <HelpRow key={label} label={label} keys={keys} />
        ))}
        {gestures.map(([label, key]) => (
          <HelpRow key={label} label={label} keys={[key]} />
        ))}
      </dl>
    </Dialog>
  );
}

function HelpRow({ label, keys }: { label: string; keys: readonly string[] }): ReactNode {
  return (
    <div className="help-row">
      <dt>{label}</dt>
      <dd>
        {keys.map((key) => (
          <kbd key={key} className="key">
            {key.replaceAll("+", " ")}
          </kbd>
        ))}
      </dd>
    </div>
  );
}
