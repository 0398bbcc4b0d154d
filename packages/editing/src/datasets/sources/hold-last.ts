/** Keeps what was made of the file that was asked for last: records that are read by address often lie in one file. */
export function holdLast<Value>(
  open: (file: string) => Promise<Value>,
): (file: string) => Promise<Value> {
  let held: { readonly file: string; readonly value: Promise<Value> } | undefined;
  return (file) => {
    if (held?.file !== file) {
      const value = open(file);
      held = { file, value };
      value.catch(() => {
        if (held?.value === value) held = undefined;
      });
    }
    return held.value;
  };
}
