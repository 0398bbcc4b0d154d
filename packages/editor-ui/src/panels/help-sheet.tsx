import { type KeyboardEvent, type ReactNode, useState } from "react";
import { type ActionId, actionList, labelOf } from "../commands/actions.ts";
import { bindKey, keysOf, resetKeys } from "../commands/key-bindings.ts";
import { toChord } from "../commands/keymap.ts";
import { shownKey } from "../commands/shown-key.ts";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";

const gestures = [
  [words.gestures.tab, "Tab"],
  [words.gestures.enter, "Enter"],
  [words.gestures.menu, "Shift+F10"],
  [words.gestures.doubleClick, words.page.doubleClick],
  [words.gestures.shiftClick, "Shift+Click"],
  [words.gestures.space, "Space"],
] as const;

/** Lists every keyboard shortcut; those of actions can be changed. */
export function HelpSheet({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("help"));
  return isOpen ? <OpenHelp close={() => editor.closePanel("help")} /> : null;
}

function OpenHelp({ close }: { close(): void }): ReactNode {
  const [asked, setAsked] = useState<ActionId>();
  const reset = () => {
    resetKeys();
    // Rendered anew, with the usual keys.
    setAsked(undefined);
    close();
  };
  return (
    <Dialog title={words.shortcuts} className="help" close={close}>
      <dl className="help-list">
        {actionList.map(([id]) => (
          <div key={id} className="help-row">
            <dt>{labelOf(id)}</dt>
            <dd>
              <KeyButton id={id} isAsked={asked === id} ask={setAsked} />
            </dd>
          </div>
        ))}
        {gestures.map(([label, key]) => (
          <div key={label} className="help-row">
            <dt>{label}</dt>
            <dd>
              <kbd className="key">{shownKey(key)}</kbd>
            </dd>
          </div>
        ))}
      </dl>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={reset}>
          {words.resetKeys}
        </button>
      </div>
    </Dialog>
  );
}

interface KeyButtonProps {
  readonly id: ActionId;
  readonly isAsked: boolean;
  ask(id: ActionId | undefined): void;
}

const held: ReadonlySet<string> = new Set(["Shift", "Control", "Alt", "Meta"]);

/** Shows the keys of an action; a click asks for another one. */
function KeyButton({ id, isAsked, ask }: KeyButtonProps): ReactNode {
  const press = (event: KeyboardEvent) => {
    if (!isAsked || held.has(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key !== "Escape" && event.key !== "Tab") bindKey(id, toChord(event));
    ask(undefined);
  };
  return (
    <button
      type="button"
      className="help-key"
      onClick={() => ask(isAsked ? undefined : id)}
      onKeyDown={press}
      onBlur={() => isAsked && ask(undefined)}
    >
      <span className="visually-hidden">{words.changeKey(labelOf(id))}</span>
      {isAsked
        ? words.pressKey
        : keysOf(id).map((key) => (
            <kbd key={key} className="key">
              {shownKey(key)}
            </kbd>
          ))}
    </button>
  );
}
