/** From a code to what is broken. */

import { codeText, PCSC } from './pcsc-codes.ts'
import type { PcscFailure } from './pcsc-module.ts'
import type { ReaderTrouble, TroubleSystem } from './reader-trouble.ts'

export interface TroublePlace {
  /** Name of the reader that the call was about. */
  readonly reader: string
  readonly system: TroubleSystem
  /** Whether the service is installed on this computer, as far as one can see; undefined: nobody looked. */
  readonly serviceInstalled?: boolean | undefined
}

const DETAIL: Readonly<Record<number, string>> = {
  [PCSC.PROTO_MISMATCH]: 'protocol mismatch',
  [PCSC.NOT_TRANSACTED]: 'the exchange broke off',
  [PCSC.COMM_DATA_LOST]: 'data was lost',
  [PCSC.UNSUPPORTED_CARD]: 'answer to reset not supported'
}

export function troubleOf({ call, code }: PcscFailure, { reader, system, serviceInstalled }: TroublePlace): ReaderTrouble {
  // pcsc-lite answers this where library and daemon differ; a daemon that does not run is NO_SERVICE.
  if (system === 'linux' && call === 'SCardEstablishContext' && code === PCSC.SERVICE_STOPPED) return { kind: 'version-mismatch' }
  switch (code) {
    case PCSC.NO_SERVICE:
      return serviceInstalled === false ? { kind: 'service-absent' } : { kind: 'service-stopped' }
    case PCSC.SERVICE_STOPPED:
    case PCSC.SYSTEM_CANCELLED:
    case PCSC.COMM_ERROR:
    // What a handle becomes when the service that gave it is gone.
    case PCSC.INVALID_HANDLE:
      return { kind: 'service-stopped' }
    case PCSC.SECURITY_VIOLATION:
      return { kind: 'service-refuses' }
    case PCSC.NO_READERS_AVAILABLE:
      return { kind: 'no-reader' }
    case PCSC.UNKNOWN_READER:
    case PCSC.READER_UNAVAILABLE:
      return { kind: 'reader-gone', reader }
    case PCSC.SHARING_VIOLATION:
      return { kind: 'held-by-other', reader }
    case PCSC.UNRESPONSIVE_CARD:
    case PCSC.UNPOWERED_CARD:
      return { kind: 'mute-card', reader }
    default: {
      const detail = DETAIL[code]
      return detail === undefined ? { kind: 'unlisted', call, code: codeText(code) } : { kind: 'protocol-fault', reader, detail }
    }
  }
}

/** The service itself is away: no reader of it can be used, and its handles are dead. */
export const isServiceTrouble = ({ kind }: ReaderTrouble): boolean =>
  kind === 'service-absent' || kind === 'service-stopped' || kind === 'service-refuses' || kind === 'version-mismatch'

/** For a log or a line of detail: "held-by-other (Virtual PCD 00 00)". */
export function troubleLine(trouble: ReaderTrouble): string {
  switch (trouble.kind) {
    case 'module-missing':
    case 'process-gone':
      return `${trouble.kind} (${trouble.detail})`
    case 'protocol-fault':
      return `${trouble.kind} (${trouble.reader}: ${trouble.detail})`
    case 'held-by-other':
    case 'reader-gone':
    case 'mute-card':
      return `${trouble.kind} (${trouble.reader})`
    case 'no-such-reader':
    case 'two-match':
      return `${trouble.kind} ("${trouble.asked}")`
    case 'unlisted':
      return `${trouble.kind} (${trouble.call} ${trouble.code})`
    default:
      return trouble.kind
  }
}
