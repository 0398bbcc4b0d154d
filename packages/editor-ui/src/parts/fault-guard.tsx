import { Component, type ReactNode } from "react";

interface FaultGuardProps {
  /** What could not be shown, as it stands in a sentence. */
  readonly what: string;
  readonly children: ReactNode;
}

/** Keeps a fault in one part of the page from taking the rest along; React asks for a class here. */
export class FaultGuard extends Component<FaultGuardProps, { readonly hasFailed: boolean }> {
  override readonly state: { readonly hasFailed: boolean } = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    if (!this.state.hasFailed) return this.props.children;
    return (
      <p className="fault" role="alert">
        {`An error in this page keeps the ${this.props.what} from being shown.`}
        <button
          type="button"
          className="button"
          onClick={() => this.setState({ hasFailed: false })}
        >
          Try again
        </button>
      </p>
    );
  }
}
