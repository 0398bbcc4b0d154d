import { type FormEvent, type ReactNode, useCallback, useEffect, useState } from "react";
import { formatBytes } from "../connection/format.ts";
import { describeThrown, issueSentences } from "../connection/issue-words.ts";
import { addModel, listModels, type ModelShelf, stopAdding } from "../connection/models-client.ts";
import { words } from "../messages/messages.ts";
import { Dialog } from "../parts/dialog.tsx";

interface ModelsSheetProps {
  /** What is typed into the field for another model at first. */
  readonly wanted?: string;
  choose(name: string): void;
  close(): void;
}

/** How often the server is asked how far additions are, in ms. */
const askMs = 700;

/** Models that are installed, those that can be added, and how far those being added are. */
export function ModelsSheet({ wanted = "", choose, close }: ModelsSheetProps): ReactNode {
  const [shelf, setShelf] = useState<ModelShelf>();
  const [failure, setFailure] = useState<string>();
  const [other, setOther] = useState(wanted);
  const ask = useCallback(
    () => listModels().then(setShelf, (thrown) => setFailure(describeThrown(thrown))),
    [],
  );
  const isAdding = shelf?.additions.some(({ state }) => state === "adding") === true;
  useEffect(() => {
    void ask();
    if (!isAdding) return;
    const timer = setInterval(ask, askMs);
    return () => clearInterval(timer);
  }, [isAdding, ask]);
  const act = async (task: Promise<void>) => {
    try {
      await task;
      setFailure(undefined);
      await ask();
    } catch (thrown) {
      setFailure(describeThrown(thrown));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void act(addModel(other.trim()));
  };
  const installed = new Set(shelf?.installed.map(({ source }) => source));
  const known = shelf?.known.filter(({ source }) => !installed.has(source)) ?? [];
  return (
    <Dialog title={words.modelsTitle} className="models" close={close}>
      {failure !== undefined && (
        <p className="param-fault" role="alert">
          {failure}
        </p>
      )}
      <h3>{words.modelsInstalled}</h3>
      <ul className="model-list">
        {shelf?.installed.map((model) => (
          <ModelRow key={model.name} {...model} doc={model.problem ?? model.parts.join(", ")}>
            <button
              type="button"
              className="button"
              aria-label={words.chooseModelNamed(model.name)}
              disabled={model.problem !== undefined}
              onClick={() => choose(model.name)}
            >
              {words.use}
            </button>
          </ModelRow>
        ))}
      </ul>
      <Additions shelf={shelf} stop={(id) => void act(stopAdding(id))} />
      <h3>{words.modelsToAdd}</h3>
      <ul className="model-list">
        {known.map((model) => (
          <ModelRow key={model.source} {...model}>
            <button
              type="button"
              className="button"
              aria-label={words.addModelNamed(model.name)}
              onClick={() => void act(addModel(model.source, model.only))}
            >
              {words.addModel}
            </button>
          </ModelRow>
        ))}
      </ul>
      <form className="model-other" onSubmit={submit}>
        <label>
          {words.otherModel}
          <input
            className="field"
            required
            pattern="hf:[^\s\/]+/\S+|dir:.+"
            spellCheck={false}
            value={other}
            onChange={(event) => setOther(event.target.value)}
          />
        </label>
        <button type="submit" className="button">
          {words.addModel}
        </button>
      </form>
    </Dialog>
  );
}

interface ModelRowProps {
  readonly name: string;
  readonly doc: string;
  readonly sizeBytes: number;
  readonly licence?: string;
  readonly isShipped?: boolean;
  readonly children: ReactNode;
}

function ModelRow(props: ModelRowProps): ReactNode {
  const { name, doc, sizeBytes, licence, isShipped, children } = props;
  const facts = [
    formatBytes(sizeBytes),
    licence === undefined ? words.licenceUnknown : words.licenceOf(licence),
    ...(isShipped === true ? [words.modelShipped] : []),
  ];
  return (
    <li className="model-row">
      <span className="model-name">{name}</span>
      <span className="quiet">{facts.join(" · ")}</span>
      <span className="quiet model-doc">{doc}</span>
      {children}
    </li>
  );
}

interface AdditionsProps {
  readonly shelf: ModelShelf | undefined;
  stop(id: string): void;
}

function Additions({ shelf, stop }: AdditionsProps): ReactNode {
  const additions = shelf?.additions ?? [];
  if (additions.length === 0) return null;
  return (
    <>
      <h3>{words.modelsAdding}</h3>
      <ul className="model-list" aria-live="polite">
        {additions.map(({ id, source, state, doneBytes, totalBytes, error }) => (
          <li key={id} className="model-row">
            <span className="model-name">{source}</span>
            {state === "adding" ? (
              <>
                <progress
                  aria-label={source}
                  {...(totalBytes === 0 ? {} : { value: doneBytes, max: totalBytes })}
                />
                <span className="quiet">{`${formatBytes(doneBytes)} / ${formatBytes(totalBytes)}`}</span>
                <button
                  type="button"
                  className="button"
                  aria-label={words.stopAdding(source)}
                  onClick={() => stop(id)}
                >
                  {words.cancel}
                </button>
              </>
            ) : (
              <span className={state === "failed" ? "param-fault" : "quiet"}>
                {state === "added" && words.modelAdded}
                {state === "cancelled" && words.modelCancelled}
                {error !== undefined && state === "failed" && issueSentences(error)}
              </span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
