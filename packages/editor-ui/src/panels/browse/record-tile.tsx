import type { ReactNode } from "react";
import type { DatasetRecord } from "../../connection/datasets-client.ts";
import { words } from "../../messages/messages.ts";
import { type PictureFields, shortNumber, stateOf } from "./record-fields.ts";
import { RecordPicture } from "./record-picture.tsx";

interface RecordTileProps {
  readonly path: string;
  readonly record: DatasetRecord;
  readonly pictures: PictureFields;
  readonly hasMasks: boolean;
}

const thumbnailSide = 320;

/** A record in the grid: its pictures, its words, and what became of it. */
export function RecordTile({ path, record, pictures, hasMasks }: RecordTileProps): ReactNode {
  const { key, status, reason, instruction, operation, scores } = record;
  const mask = hasMasks ? pictures.mask : undefined;
  const scoreText = Object.entries(scores)
    .slice(0, 3)
    .map(([name, value]) => `${name} ${shortNumber(value)}`);
  return (
    <>
      <span className="record-pictures">
        {status === "failed" ? (
          <span className="record-picture quiet">{words.noRecord}</span>
        ) : (
          pictures.shown.map((field) => (
            <RecordPicture
              key={`${key} ${field}`}
              {...{ path, field, mask, side: thumbnailSide, recordKey: key, alt: "" }}
            />
          ))
        )}
      </span>
      <span className="record-words">{instruction ?? key}</span>
      <span className="record-line quiet">
        {[operation, ...scoreText, ...(instruction === undefined ? [] : [key])]
          .filter(Boolean)
          .join(" · ")}
      </span>
      <span className="record-line" data-tone={record.decision ?? status}>
        {[stateOf(record), reason].filter(Boolean).join(": ")}
      </span>
    </>
  );
}
