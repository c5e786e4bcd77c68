/** From one screen to another: a parked entry leads to its record, the status bar to what waits. */

import { createContext, use } from 'react'

export type ScreenName = 'counter' | 'eligibility' | 'records' | 'reader' | 'sync' | 'close'

export interface Place {
  readonly screen: ScreenName
  /** Settlement that the records open at once. */
  readonly record?: string
}

export const GoToContext = createContext<(place: Place) => void>(() => undefined)

export const useGoTo = (): ((place: Place) => void) => use(GoToContext)
