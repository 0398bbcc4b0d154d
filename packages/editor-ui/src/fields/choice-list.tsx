import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { rankItems } from "../document/rank-items.ts";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";

/** Something that can be chosen by its label. */
export interface Choice {
  readonly id: string;
  readonly label: string;
  /** What it is called in English, where the label is in another language. */
  readonly englishLabel?: string;
  /** The key that chooses it at once. */
  readonly hint?: string;
}

interface ChoiceListProps<Item extends Choice> {
  readonly title: string;
  readonly choices: readonly Item[];
  choose(choice: Item): void;
  close(): void;
}

/** A sheet with a field that narrows a list; arrow keys walk it, Enter chooses. */
export function ChoiceList<Item extends Choice>(props: ChoiceListProps<Item>): ReactNode {
  const { title, choices, choose, close } = props;
  const [query, setQuery] = useState("");
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const items = choices.map((choice) => ({
    ...{ choice, id: choice.id, title: choice.label, englishTitle: choice.englishLabel },
    ...{ category: "", doc: "" },
  }));
  const found = rankItems(items, query).map(({ choice }) => choice);
  const chosen = Math.min(at, found.length - 1);
  useEffect(() => {
    list.current?.children[chosen]?.scrollIntoView({ block: "nearest" });
  }, [chosen]);
  const press = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const picked = found[chosen];
    if (by !== undefined) setAt(Math.max(0, Math.min(found.length - 1, chosen + by)));
    else if (event.key === "Enter" && picked !== undefined) choose(picked);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={title} className="choices" close={close}>
      <input
        className="field"
        role="combobox"
        aria-expanded="true"
        aria-controls="choice-list"
        aria-activedescendant={`choice-${chosen}`}
        aria-label={title}
        data-focus-first
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={press}
      />
      <div ref={list} id="choice-list" className="choice-list" role="listbox" aria-label={title}>
        {found.map((choice, index) => (
          <div
            key={choice.id}
            id={`choice-${index}`}
            className="choice"
            role="option"
            aria-selected={index === chosen}
            tabIndex={-1}
            onPointerMove={() => setAt(index)}
            onClick={() => choose(choice)}
            onKeyDown={press}
          >
            <span>{choice.label}</span>
            {choice.hint !== undefined && <kbd className="key">{choice.hint}</kbd>}
          </div>
        ))}
      </div>
      {found.length === 0 && <p className="quiet">{words.nothingFound}</p>}
    </Dialog>
  );
}
