import { type ReactNode, useMemo, useState } from "react";
import { words } from "../messages/messages.ts";
import type { Editor } from "../state/editor.ts";
import { useStore } from "../state/store.ts";
import { ActionKey } from "./action-key.tsx";
import { CompareSlider, type ShownPicture } from "./compare-slider.tsx";
import { shownFiles, shownPair } from "./shown-pictures.ts";

/** Source and result are always in sight; a run still to come leaves the source alone. */
export function PicturePanel({ editor }: { readonly editor: Editor }): ReactNode {
  const state = useStore(editor.store, (whole) => whole);
  const { before, after, note } = useMemo(() => shownPair(state), [state]);
  const saved = useMemo(() => shownFiles(state), [state]);
  const only = after ?? before;
  return (
    <>
      {before !== undefined && after !== undefined ? (
        <CompareSlider before={before} after={after} />
      ) : only === undefined ? (
        <NoPicture />
      ) : (
        <Single key={only.url} picture={only} />
      )}
      {note !== undefined && <p className="quiet picture-note">{note}</p>}
      {only !== undefined && (
        <div className="picture-tools">
          <span className="quiet picture-saved">
            {saved.length > 0 && `${words.savedFiles}: ${saved.join(", ")}`}
          </span>
          <button type="button" className="button" onClick={() => editor.togglePanel("viewer")}>
            {words.lookAtRun} <ActionKey id="viewer" />
          </button>
        </div>
      )}
    </>
  );
}

function NoPicture(): ReactNode {
  return (
    <div className="compare compare-empty">
      <p>{words.picturesAppearHere}</p>
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
