import { Component, type ReactNode } from "react";
import { words } from "../messages/messages.ts";

interface FaultGuardProps {
  /** What could not be shown. */
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
        {words.page.cannotShow(this.props.what)}
        <button
          type="button"
          className="button"
          onClick={() => this.setState({ hasFailed: false })}
        >
          {words.page.tryAgain}
        </button>
      </p>
    );
  }
}
