import { type ReactNode, useState } from "react";

interface NameFieldProps {
  readonly label: string;
  readonly name: string;
  rename(name: string): void;
}

/** A name that can be typed over; it takes effect when the field is left or Enter is pressed. */
export function NameField({ label, name, rename }: NameFieldProps): ReactNode {
  const [typed, setTyped] = useState<string>();
  const finish = () => {
    setTyped(undefined);
    if (typed !== undefined && typed.trim() !== "") rename(typed.trim());
  };
  return (
    <input
      className="field name-field"
      aria-label={`${label}: ${name}`}
      maxLength={200}
      value={typed ?? name}
      onChange={({ target }) => setTyped(target.value)}
      onKeyDown={(event) => event.key === "Enter" && finish()}
      onBlur={finish}
    />
  );
}
