import { type ReactNode, useEffect, useState } from "react";
import {
  type DatasetRecord,
  type RecordDetails,
  readRecord,
} from "../../connection/datasets-client.ts";
import { describeThrown } from "../../connection/issue-words.ts";
import { words } from "../../messages/messages.ts";
import { type PictureFields, stateOf } from "./record-fields.ts";
import { RecordPicture } from "./record-picture.tsx";

interface RecordDetailProps {
  readonly path: string;
  readonly record: DatasetRecord;
  readonly version: string;
  readonly pictures: PictureFields;
  readonly hasMasks: boolean;
}

/** One record: its pictures as large as there is room for, and every field. */
export function RecordDetail(props: RecordDetailProps): ReactNode {
  const { path, record, version, pictures, hasMasks } = props;
  const { key, status, reason, stage } = record;
  const { details, fault } = useDetails(path, key, version);
  const mask = hasMasks ? pictures.mask : undefined;
  const others = (details?.pictures ?? []).filter(
    (name) => !pictures.shown.includes(name) && name !== pictures.mask,
  );
  return (
    <div className="record-detail">
      <div className="record-stages">
        {status === "failed" ? (
          <p className="quiet">{words.noRecord}</p>
        ) : (
          [...pictures.shown, ...others].map((field) => (
            <figure key={`${key} ${field}`}>
              <RecordPicture {...{ path, field, mask, recordKey: key, alt: field }} />
              <figcaption className="quiet">{field}</figcaption>
            </figure>
          ))
        )}
      </div>
      <section className="record-facts" aria-label={words.recordFields}>
        <h3>{key}</h3>
        <p data-tone={record.decision ?? status}>{stateOf(record)}</p>
        {reason !== undefined && (
          <p>{stage === undefined ? reason : words.reasonAt(stage, reason)}</p>
        )}
        {fault !== undefined && <p className="param-fault">{fault}</p>}
        <dl>
          {Object.entries(details?.fields ?? {}).map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{typeof value === "string" ? value : JSON.stringify(value)}</dd>
            </div>
          ))}
        </dl>
      </section>
    </div>
  );
}

/** The fields of a record, read again when the data set changes. */
function useDetails(path: string, key: string, version: string) {
  const [details, setDetails] = useState<RecordDetails>();
  const [fault, setFault] = useState<string>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another version may have other fields
  useEffect(() => {
    let isOver = false;
    readRecord(path, key).then(
      (found) => {
        if (isOver) return;
        setDetails(found);
        setFault(undefined);
      },
      (thrown: unknown) => !isOver && setFault(describeThrown(thrown)),
    );
    return () => {
      isOver = true;
    };
  }, [path, key, version]);
  return { details: details?.key === key ? details : undefined, fault };
}
