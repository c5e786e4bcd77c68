/** The till itself: whose it is, and whether the process behind the window is there. */

import type { Text } from './text.ts'

export interface TillView {
  readonly institution: { readonly code: string; readonly name: string; readonly level: number | null; readonly kind: string }
  readonly terminalName: string
  /** Division whose rules hold here, with its name. */
  readonly region: { readonly code: string; readonly name: Text }
  /** YYYY-MM-DD, China's day as the host's clock has it. */
  readonly today: string
  /** PIN pad on the screen shuffles its digits. */
  readonly shufflePin: boolean
  /** Folder that is watched for waiting visits. */
  readonly queueFolder: string
  readonly version: string
}

export type HostState =
  | { readonly state: 'starting' }
  | { readonly state: 'ready' }
  /** It ended unexpectedly and comes back by itself; `attempt` counts from 1. */
  | { readonly state: 'restarting'; readonly attempt: number; readonly reason: string }
  /** It does not come back: what stands in the way, for support staff. */
  | { readonly state: 'failed'; readonly reason: string }
