import type { DriverView } from '../../electron/contract/driver-view.ts'
import type { Asking } from '../terminal/use-ask.ts'

/** What each part of the pane is handed. */
export interface CallersProps {
  readonly driver: DriverView
  readonly asking: Asking
}
