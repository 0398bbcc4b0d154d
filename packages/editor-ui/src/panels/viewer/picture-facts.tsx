import { type ReactNode, useMemo, useState } from "react";
import { downloadFile } from "../../commands/file-dialogs.ts";
import { uploadFile } from "../../connection/files.ts";
import { describeThrown } from "../../connection/issue-words.ts";
import { words } from "../../messages/messages.ts";
import { addPictureNode } from "../../state/add-node.ts";
import type { Editor } from "../../state/editor.ts";
import { countValues, histogramPath, toHex } from "./histogram.ts";
import { pictureFile } from "./picture-file.ts";
import { pixelOf } from "./pixels.ts";
import type { ViewPicture } from "./view-pictures.ts";

interface PictureFactsProps {
  readonly editor: Editor;
  readonly picture: ViewPicture;
  readonly pixels: ImageData | undefined;
  /** The pixel under the pointer. */
  readonly spot: { readonly x: number; readonly y: number } | undefined;
}

const histogramHeight = 64;

/** Size, histogram and the pixel under the pointer of one picture, and what can be done with it. */
export function PictureFacts({ editor, picture, pixels, spot }: PictureFactsProps): ReactNode {
  const histogram = useMemo(() => pixels && countValues(pixels.data), [pixels]);
  const [fault, setFault] = useState<string>();
  const guard = async (task: () => Promise<void>) => {
    try {
      await task();
      setFault(undefined);
    } catch (thrown) {
      setFault(describeThrown(thrown));
    }
  };
  const send = async () => {
    const path = picture.path ?? (await uploadFile(await pictureFile(picture)));
    addPictureNode(editor, path, { x: 0, y: 0 });
    editor.closePanel("viewer");
  };
  const rgba = pixels && spot && pixelOf(pixels, spot.x, spot.y);
  return (
    <section className="viewer-facts" aria-label={picture.label}>
      <h3>{picture.label}</h3>
      <p className="quiet">
        {pixels !== undefined && `${pixels.width} × ${pixels.height}`}
        {picture.isPreview && ` · ${words.isPreview}`}
      </p>
      {histogram !== undefined && (
        <svg
          className="histogram"
          viewBox={`0 0 255 ${histogramHeight}`}
          preserveAspectRatio="none"
          role="img"
          aria-label={words.histogram}
        >
          {(["red", "green", "blue"] as const).map((channel) => (
            <path
              key={channel}
              data-channel={channel}
              d={histogramPath(histogram[channel], histogramHeight)}
            />
          ))}
        </svg>
      )}
      <p className="viewer-pixel">
        {rgba === undefined || spot === undefined ? (
          <span className="quiet">{words.pixelHint}</span>
        ) : (
          <>
            <span className="viewer-swatch" style={{ background: toHex(rgba) }} />
            {`${toHex(rgba)} · ${rgba.slice(0, 3).join(", ")} · x ${spot.x}, y ${spot.y}`}
          </>
        )}
      </p>
      <div className="history-actions">
        <button
          type="button"
          className="button"
          onClick={() => void guard(async () => downloadFile(await pictureFile(picture)))}
        >
          {words.downloadPicture}
        </button>
        <button type="button" className="button" onClick={() => void guard(send)}>
          {words.usePicture}
        </button>
      </div>
      {fault !== undefined && (
        <p className="param-fault" role="alert">
          {fault}
        </p>
      )}
    </section>
  );
}
