/** What a tester does to the reader. The host tells what became of it; only a refusal stays here, until the next attempt. */

import { createStore, type StoreApi } from 'zustand/vanilla'
import type { FaultKind, ReaderPace } from '../../../electron/contract/reader-view.ts'
import type { RefusalView } from '../../../electron/contract/refusal-view.ts'
import type { Params, RequestName } from '../../../electron/contract/requests.ts'
import type { Terminal } from '../../../electron/contract/terminal.ts'

export interface ReaderStanding {
  /** A card that was never in the slot is made first, which takes a moment. */
  readonly inserting: string | null
  readonly refusal: RefusalView | null
}

export interface ReaderActions {
  readonly standing: StoreApi<ReaderStanding>
  readonly insert: (card: string) => Promise<void>
  readonly remove: () => Promise<void>
  /** `armed`: what is armed now. The contract clears all or none, so the others are armed anew. */
  readonly setFault: (kind: FaultKind, on: boolean, armed: readonly FaultKind[]) => Promise<void>
  readonly clearFaults: () => Promise<void>
  readonly setPace: (pace: ReaderPace) => Promise<void>
}

export function createReaderActions(terminal: Terminal): ReaderActions {
  const standing = createStore<ReaderStanding>()(() => ({ inserting: null, refusal: null }))

  async function ask<Name extends RequestName>(name: Name, params: Params<Name>): Promise<void> {
    standing.setState({ refusal: null })
    const answer = await terminal.call(name, params)
    if (!answer.ok) standing.setState({ refusal: answer.error })
  }

  return {
    standing,
    async insert(card) {
      standing.setState({ inserting: card })
      await ask('reader.insert', { card })
      if (standing.getState().inserting === card) standing.setState({ inserting: null })
    },
    remove: () => ask('reader.remove', {}),
    async setFault(kind, on, armed) {
      if (on) return ask('reader.fault', { kind })
      await ask('reader.clear-faults', {})
      for (const other of armed) if (other !== kind) await ask('reader.fault', { kind: other })
    },
    clearFaults: () => ask('reader.clear-faults', {}),
    setPace: (pace) => ask('reader.pace', { pace })
  }
}
