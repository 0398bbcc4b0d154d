/** What every control of a setting gets. */
export interface FieldProps<Spec, Value> {
  readonly id: string;
  readonly label: string;
  readonly spec: Spec;
  readonly value: Value;
  /** Outside the Tab order: on the canvas, Enter leads from the node into its field. */
  readonly isOnCanvas?: boolean;
  change(value: Value): void;
  /** The person left the field: what comes next is another undo step. */
  end(): void;
}
