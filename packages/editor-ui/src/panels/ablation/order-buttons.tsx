import type { ReactNode } from "react";
import { words } from "../../messages/messages.ts";

interface OrderButtonsProps {
  readonly name: string;
  readonly at: number;
  readonly count: number;
  readonly removeLabel: string;
  move(by: -1 | 1): void;
  remove(): void;
}

/** Moves something up and down its list, or removes it. */
export function OrderButtons(props: OrderButtonsProps): ReactNode {
  const { name, at, count, removeLabel, move, remove } = props;
  const button = (label: string, sign: string, act: () => void, isPossible = true) => (
    <button
      type="button"
      className="button button-small"
      aria-label={label}
      title={label}
      disabled={!isPossible}
      onClick={act}
    >
      {sign}
    </button>
  );
  return (
    <span className="order-buttons">
      {button(words.moveEarlier(name), "↑", () => move(-1), at > 0)}
      {button(words.moveLater(name), "↓", () => move(1), at < count - 1)}
      {button(removeLabel, "×", remove)}
    </span>
  );
}
