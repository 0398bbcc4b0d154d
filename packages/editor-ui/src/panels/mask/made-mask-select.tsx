import type { ReactNode } from "react";
import { words } from "../../messages/messages.ts";
import type { MadeMask } from "./made-masks.ts";

interface MadeMaskSelectProps {
  readonly masks: readonly MadeMask[];
  /** Starts over from a mask, once it is loaded. */
  choose(picture: HTMLImageElement): void;
}

/** Begins with a mask that a node of the graph made; absent where none has. */
export function MadeMaskSelect({ masks, choose }: MadeMaskSelectProps): ReactNode {
  if (masks.length === 0) return null;
  const load = async (url: string) => {
    const picture = new Image();
    picture.src = url;
    await picture.decode();
    choose(picture);
  };
  return (
    <select
      className="field field-choice"
      aria-label={words.maskOfNode}
      value=""
      onChange={({ target }) => void load(target.value)}
    >
      <option value="" disabled>
        {words.maskOfNode}
      </option>
      {masks.map(({ label, url }) => (
        <option key={label} value={url}>
          {label}
        </option>
      ))}
    </select>
  );
}
