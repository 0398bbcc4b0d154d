import type { ReactNode } from "react";
import { words } from "../../messages/messages.ts";
import type { Editor } from "../../state/editor.ts";
import { useStore } from "../../state/store.ts";

/** Says that the canvas shows a variant, and leads back. */
export function VariantBanner({ editor }: { readonly editor: Editor }): ReactNode {
  const variant = useStore(editor.store, (state) => state.variant);
  if (variant === undefined) return null;
  return (
    <div className="variant-banner" role="status">
      {words.shownVariant(variant.name)}
      <button type="button" className="button" onClick={() => editor.showVariant(undefined)}>
        {words.backToGraph}
      </button>
    </div>
  );
}
