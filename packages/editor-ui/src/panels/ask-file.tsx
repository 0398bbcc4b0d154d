import { type FormEvent, type ReactNode, useState } from "react";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";

/** Why a file was not written without asking. */
export type FileProblem = "file-exists" | "file-changed";

interface AskFileProps {
  readonly title: string;
  readonly label: string;
  /** The name that is offered. */
  readonly file: string;
  /** Writes the file. @returns why it was not written, for the person to decide */
  save(file: string, isOverwriting: boolean): Promise<FileProblem | undefined>;
  close(): void;
}

/** Asks for the name of a file to write; another file is only replaced on request. */
export function AskFile({ title, label, file: offered, save, close }: AskFileProps): ReactNode {
  const [file, setFile] = useState(offered);
  const [problem, setProblem] = useState<FileProblem>();
  const write = async (isOverwriting: boolean) => {
    setProblem(await save(file.trim(), isOverwriting));
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void write(false);
  };
  return (
    <Dialog title={title} className="ask" close={close}>
      <form onSubmit={submit}>
        <label className="ask-field">
          {label}
          <input
            className="field"
            data-focus-first
            required
            spellCheck={false}
            autoComplete="off"
            value={file}
            onChange={(event) => {
              setFile(event.target.value);
              setProblem(undefined);
            }}
          />
        </label>
        {problem !== undefined && (
          <p className="param-fault" role="alert">
            {problem === "file-exists" ? words.fileExists(file) : words.fileChanged(file)}
          </p>
        )}
        <div className="dialog-buttons">
          <button type="button" className="button" onClick={close}>
            {words.cancel}
          </button>
          {problem === undefined ? (
            <button type="submit" className="button button-primary">
              {words.save}
            </button>
          ) : (
            <button
              type="button"
              className="button button-primary"
              onClick={() => void write(true)}
            >
              {words.replaceFile}
            </button>
          )}
        </div>
      </form>
    </Dialog>
  );
}
