import { type ReactNode, useLayoutEffect, useRef } from "react";
import { words } from "../messages/messages.ts";
import { CloseIcon } from "./icons.tsx";

interface DialogProps {
  readonly title: string;
  readonly className?: string;
  /** Beside the title. */
  readonly tools?: ReactNode;
  readonly children: ReactNode;
  close(): void;
}

/**
 * A sheet over the page: the browser keeps the focus inside, closes it on Escape and gives the focus back.
 * What has `data-focus-first` gets the focus, else the sheet itself, so that no button is pressed by mistake.
 */
export function Dialog({ title, className = "", tools, children, close }: DialogProps): ReactNode {
  const dialog = useRef<HTMLDialogElement>(null);
  // Closed while it is still in the page: the browser gives the focus back only then.
  useLayoutEffect(() => {
    const element = dialog.current;
    element?.showModal();
    (element?.querySelector<HTMLElement>("[data-focus-first]") ?? element)?.focus();
    return () => element?.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      tabIndex={-1}
      className={`dialog ${className}`}
      aria-label={title}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={(event) => {
        if (event.target === event.currentTarget) close();
      }}
    >
      <div className="dialog-body">
        <header className="dialog-head">
          <h2>{title}</h2>
          {tools !== undefined && <div className="dialog-tools">{tools}</div>}
          <button
            type="button"
            className="button button-icon"
            aria-label={words.close}
            onClick={close}
          >
            <CloseIcon />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}

/** Whether a sheet lies over the page, which then gets no keys. */
export function isDialogOpen(): boolean {
  return document.querySelector("dialog[open]") !== null;
}
