import { type ReactNode, useState } from "react";
import { chooseLanguage, chosenLanguage, languages } from "../messages/language.ts";
import { words } from "../messages/messages.ts";
import { type Appearance, chooseAppearance, readAppearance } from "../parts/appearance.ts";
import { Dialog } from "../parts/dialog.tsx";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";

/** Language, theme and motion; kept by this browser. */
export function SettingsSheet({ editor }: { readonly editor: Editor }): ReactNode {
  const isOpen = useStore(editor.store, (state) => state.openPanels.has("settings"));
  return isOpen ? <OpenSettings close={() => editor.closePanel("settings")} /> : null;
}

function OpenSettings({ close }: { close(): void }): ReactNode {
  const [appearance, setAppearance] = useState(readAppearance);
  const change = (next: Partial<Appearance>) => {
    const chosen = { ...appearance, ...next };
    setAppearance(chosen);
    chooseAppearance(chosen);
  };
  return (
    <Dialog title={words.settings} className="ask settings" close={close}>
      <Setting
        label={words.language}
        value={chosenLanguage()}
        options={languages}
        choose={(language) => {
          chooseLanguage(language);
          location.reload();
        }}
      />
      <p className="quiet">{words.languageHint}</p>
      <Setting
        label={words.theme}
        value={appearance.theme}
        options={words.themes}
        choose={(theme) => change({ theme })}
      />
      <Setting
        label={words.motion}
        value={appearance.motion}
        options={words.motions}
        choose={(motion) => change({ motion })}
      />
    </Dialog>
  );
}

interface SettingProps<Value extends string> {
  readonly label: string;
  readonly value: Value;
  readonly options: Readonly<Record<Value, string>>;
  choose(value: Value): void;
}

function Setting<Value extends string>(props: SettingProps<Value>): ReactNode {
  const { label, value, options, choose } = props;
  return (
    <label className="ask-field">
      {label}
      <select
        className="field field-choice"
        value={value}
        onChange={({ target }) => choose(target.value as Value)}
      >
        {Object.entries<string>(options).map(([option, text]) => (
          <option key={option} value={option}>
            {text}
          </option>
        ))}
      </select>
    </label>
  );
}
