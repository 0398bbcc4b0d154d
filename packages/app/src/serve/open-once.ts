interface Closable {
  close(): Promise<void> | void;
}

/** Something that is opened when it is first asked for, and closed if it was. */
export interface OpenOnce<T extends Closable> {
  /** Where it cannot be opened, the next one who asks tries again. */
  open(): Promise<T>;
  close(): Promise<void>;
}

/** @param start Opens it. */
export function openOnce<T extends Closable>(start: () => Promise<T>): OpenOnce<T> {
  let opened: Promise<T> | undefined;
  return {
    open() {
      opened ??= start().catch((thrown: unknown) => {
        opened = undefined;
        throw thrown;
      });
      return opened;
    },
    close: async () => (await opened)?.close(),
  };
}
