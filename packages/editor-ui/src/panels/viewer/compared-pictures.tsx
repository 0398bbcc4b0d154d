import { type CSSProperties, type ReactNode, useEffect, useState } from "react";
import { words } from "../../messages/messages.ts";
import type { Editor } from "../../state/editor.ts";
import { toHex } from "./histogram.ts";
import { PictureFacts } from "./picture-facts.tsx";
import { pixelOf, readPixels } from "./pixels.ts";
import { ShareLine } from "./share-line.tsx";
import { Stage } from "./stage.tsx";
import {
  centred,
  fitPicture,
  hasSameShape,
  type PictureView,
  pixelAt,
  type Size,
} from "./view-math.ts";
import type { ViewMode } from "./view-mode.ts";
import type { ViewPicture } from "./view-pictures.ts";

interface ComparedPicturesProps {
  readonly editor: Editor;
  readonly one: ViewPicture;
  readonly other: ViewPicture | undefined;
  readonly mode: ViewMode;
}

const anyFrame: Size = { width: 800, height: 600 };
const gains = [1, 4, 16] as const;

/** One picture, or two: under a movable line, side by side, or their difference. */
export function ComparedPictures({ editor, one, other, mode }: ComparedPicturesProps): ReactNode {
  const pixels = usePixels(one);
  const otherPixels = usePixels(other);
  const [frame, setFrame] = useState<Size>(anyFrame);
  const [moved, setMoved] = useState<PictureView>();
  const [share, setShare] = useState(50);
  const [gain, setGain] = useState<number>(1);
  const [spot, setSpot] = useState<{ readonly x: number; readonly y: number }>();
  const view = moved ?? fitPicture(pixels ?? anyFrame, frame);
  const isApart =
    other !== undefined &&
    (mode === "sideBySide" ||
      (pixels !== undefined && otherPixels !== undefined && !hasSameShape(pixels, otherPixels)));
  const layers = other === undefined || isApart ? [one] : [one, other];
  const point = (at: { readonly x: number; readonly y: number }, isClick: boolean) => {
    const found = pixels && pixelAt(view, pixels, at);
    setSpot(found);
    if (!isClick || found === undefined || pixels === undefined) return;
    void navigator.clipboard?.writeText(toHex(pixelOf(pixels, found.x, found.y)));
  };
  const shared = { view, change: setMoved, point, measure: setFrame };
  const blend = mode === "difference" ? "difference" : "cut";
  return (
    <div className="viewer-body">
      <div className="viewer-stages" style={{ "--gain": gain } as CSSProperties}>
        <Stage
          {...shared}
          label={layers.map(({ label }) => label).join(", ")}
          layers={layers}
          blend={blend}
          share={share}
          size={pixels}
        >
          {layers.length === 2 && blend === "cut" && (
            <ShareLine share={share} change={setShare} label={words.compareLine} />
          )}
        </Stage>
        {isApart && other !== undefined && (
          <Stage {...shared} label={other.label} layers={[other]} size={otherPixels} />
        )}
      </div>
      <aside className="viewer-side">
        <div className="viewer-zoom" role="toolbar" aria-label={words.zoom}>
          <span>{`${Math.round(view.scale * 100)} %`}</span>
          <button type="button" className="button" onClick={() => setMoved(undefined)}>
            {words.fitPicture}
          </button>
          <button
            type="button"
            className="button"
            onClick={() => setMoved(centred(pixels ?? anyFrame, frame, 1))}
          >
            100 %
          </button>
        </div>
        {blend === "difference" && layers.length === 2 && (
          <div className="viewer-zoom" role="toolbar" aria-label={words.differenceGain}>
            <span>{words.differenceGain}</span>
            {gains.map((each) => (
              <button
                key={each}
                type="button"
                className="button"
                aria-pressed={gain === each}
                onClick={() => setGain(each)}
              >
                {`×${each}`}
              </button>
            ))}
          </div>
        )}
        <PictureFacts editor={editor} picture={one} pixels={pixels} spot={spot} />
        {other !== undefined && (
          <PictureFacts
            editor={editor}
            picture={other}
            pixels={otherPixels}
            spot={scaled(spot, pixels, otherPixels)}
          />
        )}
      </aside>
    </div>
  );
}

/** The same place in a picture of another size. */
function scaled(
  spot: { readonly x: number; readonly y: number } | undefined,
  from: Size | undefined,
  to: Size | undefined,
) {
  if (spot === undefined || from === undefined || to === undefined) return undefined;
  const at = (value: number, whole: number, other: number) =>
    Math.min(other - 1, Math.floor(((value + 0.5) / whole) * other));
  return { x: at(spot.x, from.width, to.width), y: at(spot.y, from.height, to.height) };
}

/** The pixels of a picture once it is loaded. */
function usePixels(picture: ViewPicture | undefined): ImageData | undefined {
  const [read, setRead] = useState<{ readonly url: string; readonly pixels: ImageData }>();
  const url = picture?.url;
  useEffect(() => {
    if (url === undefined) return;
    let isWanted = true;
    readPixels(url).then(
      (pixels) => isWanted && setRead({ url, pixels }),
      // One that cannot be read stays blank, as its frame says.
      () => {},
    );
    return () => {
      isWanted = false;
    };
  }, [url]);
  return read?.url === url ? read?.pixels : undefined;
}
