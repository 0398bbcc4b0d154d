import { type ReactNode, useEffect, useRef } from "react";
import { type Command, commands } from "../commands/commands.ts";
import { CloseIcon } from "../parts/icons.tsx";
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
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => button.current?.focus(), []);
  const rows = Object.values<Command>(commands).map(({ label, keys }) => [label, keys] as const);
  return (
    <div className="scrim scrim-dark" onPointerDown={close}>
      <div
        className="help"
        role="dialog"
        aria-modal="true"
        aria-label="Keyboard shortcuts"
        onPointerDown={(event) => event.stopPropagation()}
      >
        <header className="help-head">
          <h2>Keyboard shortcuts</h2>
          <button
            ref={button}
            type="button"
            className="button button-icon"
            aria-label="Close"
            onClick={close}
          >
            <CloseIcon />
          </button>
        </header>
        <dl className="help-list">
          {rows.map(([label, keys]) => (
            <HelpRow key={label} label={label} keys={keys} />
          ))}
          {gestures.map(([label, key]) => (
            <HelpRow key={label} label={label} keys={[key]} />
          ))}
        </dl>
      </div>
    </div>
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
