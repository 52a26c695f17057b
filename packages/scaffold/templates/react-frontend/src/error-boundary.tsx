import { Component, type ReactNode } from "react";

/** Shows that something went wrong instead of an empty page. React itself writes what it was to the console. */
export class ErrorBoundary extends Component<{ readonly children: ReactNode }, { readonly failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <div role="alert">
        <h1>Something went wrong</h1>
        <button onClick={() => window.location.reload()}>Try again</button>
      </div>
    );
  }
}
