/** Whether keys go into a field. */
export function isFieldFocused(): boolean {
  const { activeElement } = document;
  return (
    activeElement?.matches("textarea, select, input:not([type=range], [type=checkbox])") === true
  );
}
