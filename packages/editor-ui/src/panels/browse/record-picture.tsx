import { type ReactNode, useState } from "react";
import { pictureUrl } from "../../connection/datasets-client.ts";
import { words } from "../../messages/messages.ts";

interface RecordPictureProps {
  readonly path: string;
  readonly recordKey: string;
  readonly field: string;
  /** The field of a mask to lay over it. */
  readonly mask?: string | undefined;
  /** Most pixels of the longer side; omitted: as it is. */
  readonly side?: number;
  readonly alt: string;
}

/** A picture of a record, with its mask over it. */
export function RecordPicture(props: RecordPictureProps): ReactNode {
  const { path, recordKey, field, mask, side, alt } = props;
  const [state, setState] = useState<"loading" | "there" | "absent">("loading");
  if (state === "absent") return <span className="record-picture quiet">{words.noPicture}</span>;
  const maskImage =
    mask === undefined ? undefined : `url("${pictureUrl(path, recordKey, mask, side)}")`;
  return (
    <span className="record-picture">
      <img
        src={pictureUrl(path, recordKey, field, side)}
        alt={alt}
        draggable={false}
        decoding="async"
        onLoad={() => setState("there")}
        onError={() => setState("absent")}
      />
      {maskImage !== undefined && state === "there" && (
        <span className="record-mask" style={{ maskImage }} />
      )}
    </span>
  );
}
