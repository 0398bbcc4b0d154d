import type { ReactNode } from "react";
import type { ActionId } from "../commands/actions.ts";
import { chosenKeys } from "../commands/key-bindings.ts";
import { shownKeyOf, withKey } from "../commands/shown-key.ts";
import { useStore } from "../state/store.ts";

/** The key that calls an action, as it is bound now. */
export function ActionKey({ id }: { readonly id: ActionId }): ReactNode {
  const key = useStore(chosenKeys, () => shownKeyOf(id));
  return key === undefined ? null : <kbd>{key}</kbd>;
}

/** Makes tooltips that end with the key of an action, as it is bound now. */
export function useTooltips(): typeof withKey {
  useStore(chosenKeys, (keys) => keys);
  return withKey;
}
