/** A screen that breaks takes only itself along: the frame, the keys and the other screens stay. */

import { Component, type ComponentType, type ReactNode } from 'react'

interface Props {
  /** Stands in its place, and may try again. */
  readonly fallback: ComponentType<{ readonly again: () => void }>
  readonly children: ReactNode
}

export class FaultBoundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    const { fallback: Fallback } = this.props
    if (this.state.broken) return <Fallback again={() => this.setState({ broken: false })} />
    return this.props.children
  }
}
