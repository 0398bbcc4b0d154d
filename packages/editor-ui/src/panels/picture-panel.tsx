import { type ReactNode, useMemo, useState } from "react";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";
import { CompareSlider, type ShownPicture } from "./compare-slider.tsx";
import { shownPair } from "./shown-pictures.ts";

/** Source and result are always in sight; a run still to come leaves the source alone. */
export function PicturePanel({ editor }: { readonly editor: Editor }): ReactNode {
  const state = useStore(editor.store, (whole) => whole);
  const { before, after } = useMemo(() => shownPair(state), [state]);
  if (before !== undefined && after !== undefined) {
    return <CompareSlider before={before} after={after} />;
  }
  const only = after ?? before;
  return only === undefined ? <NoPicture /> : <Single key={only.url} picture={only} />;
}

function NoPicture(): ReactNode {
  return (
    <div className="compare compare-empty">
      <p>Your picture and its edit appear here.</p>
    </div>
  );
}

function Single({ picture }: { readonly picture: ShownPicture }): ReactNode {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return <NoPicture />;
  return (
    <figure className="compare">
      <img
        className="compare-picture"
        src={picture.url}
        alt={picture.label}
        draggable={false}
        onError={() => setBroken(true)}
      />
      <figcaption className="compare-label" data-side="before">
        {picture.label}
      </figcaption>
    </figure>
  );
}
