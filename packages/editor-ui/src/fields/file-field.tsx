import type { FileParamSpec } from "@insightgraph/engine/graph";
import { type ReactNode, useRef, useState } from "react";
import { fileUrl, uploadFile } from "../connection/files.ts";
import { describeThrown } from "../connection/issue-words.ts";
import { isPictureFile } from "../document/pictures.ts";
import { baseName } from "../document/variant.ts";
import { words } from "../messages/messages.ts";
import type { FieldProps } from "./field-props.ts";
import { PathSheet } from "./path-sheet.tsx";

type FileFieldProps = FieldProps<FileParamSpec, string>;

/** A file to read, chosen or dropped and stored with the server; or the path of one that the server has or writes. */
export function FileField(props: FileFieldProps): ReactNode {
  const { purpose, holds } = props.spec;
  const isPath = purpose === "save" || holds !== undefined;
  return isPath ? <ServerPath {...props} /> : <OpenFile {...props} />;
}

function ServerPath({
  id,
  label,
  spec,
  value,
  change,
  end,
  isOnCanvas,
}: FileFieldProps): ReactNode {
  return (
    <input
      id={id}
      className="field"
      aria-label={label}
      title={spec.doc}
      spellCheck={false}
      autoComplete="off"
      tabIndex={isOnCanvas === true ? -1 : 0}
      value={value}
      onChange={(event) => change(event.target.value)}
      onBlur={end}
    />
  );
}

function OpenFile({ id, label, spec, value, change, end, isOnCanvas }: FileFieldProps): ReactNode {
  const input = useRef<HTMLInputElement>(null);
  const [state, setState] = useState<"idle" | "over" | "sending">("idle");
  const [failure, setFailure] = useState<string>();
  const [isBrowsing, setBrowsing] = useState(false);
  const send = async (file: File | undefined) => {
    setState("idle");
    if (file === undefined) return;
    setState("sending");
    try {
      change(await uploadFile(file));
      end();
      setFailure(undefined);
    } catch (thrown) {
      setFailure(describeThrown(thrown));
    } finally {
      setState("idle");
    }
  };
  return (
    <fieldset
      className="field-file"
      data-state={state}
      onDragOver={(event) => {
        event.preventDefault();
        setState("over");
      }}
      onDragLeave={() => setState("idle")}
      onDrop={(event) => {
        event.preventDefault();
        event.stopPropagation();
        void send(event.dataTransfer.files[0]);
      }}
    >
      {isOnCanvas !== true && isPictureFile(value) && <Thumbnail key={value} path={value} />}
      {isBrowsing && (
        <PathSheet
          accept={spec.accept}
          close={() => setBrowsing(false)}
          choose={(path) => {
            change(path);
            end();
            setBrowsing(false);
          }}
        />
      )}
      {isOnCanvas !== true && (
        <button
          type="button"
          className="button field-browse"
          aria-label={`${label}: ${words.chooseInWorkspace}`}
          onClick={() => setBrowsing(true)}
        >
          {words.chooseInWorkspace}
        </button>
      )}
      <button
        type="button"
        id={id}
        className="button field-file-button"
        aria-label={`${label}: ${value === "" ? words.field.choosePicture : baseName(value)}`}
        title={value === "" ? spec.doc : value}
        tabIndex={isOnCanvas === true ? -1 : 0}
        onClick={() => input.current?.click()}
      >
        <span className="field-file-name">{buttonText(state, value)}</span>
      </button>
      <input
        ref={input}
        type="file"
        hidden
        accept={spec.accept}
        onChange={(event) => {
          void send(event.target.files?.[0]);
          event.target.value = "";
        }}
      />
      {failure !== undefined && (
        <span className="field-failure" role="alert">
          {failure}
        </span>
      )}
    </fieldset>
  );
}

function buttonText(state: "idle" | "over" | "sending", value: string): string {
  if (state === "sending") return words.field.uploading;
  if (state === "over") return words.field.dropHere;
  return value === "" ? words.field.choosePictureButton : baseName(value);
}

function Thumbnail({ path }: { readonly path: string }): ReactNode {
  const [isBroken, setBroken] = useState(false);
  if (isBroken) return null;
  return (
    <img className="field-thumbnail" src={fileUrl(path)} alt="" onError={() => setBroken(true)} />
  );
}
