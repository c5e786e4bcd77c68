/**
 * The bridge as the window sees it, whatever lies behind: the preload of the shell, the loopback door, the fake of the
 * component tests. And the messages in which it travels between processes.
 */

import type { Result } from '../../base/result.ts'
import type { TerminalEvent } from './events.ts'
import type { RefusalView } from './refusal-view.ts'
import type { Answers, Params, RequestName } from './requests.ts'

export type Answer<Name extends RequestName> = Result<Answers[Name], RefusalView>

export interface Terminal {
  /** Never rejects: a host that is away answers with a refusal of kind `host-away`. */
  call<Name extends RequestName>(name: Name, params: Params<Name>): Promise<Answer<Name>>
  /** Events from now on; call the result to stop. */
  listen(listener: (event: TerminalEvent) => void): () => void
  /** Prints what the page shows for print. undefined where only the browser can (window.print). */
  readonly print?: (request: PrintRequest) => Promise<Result<PrintOutcome, RefusalView>>
}

export interface PrintRequest {
  readonly format: 'a4' | 'a5' | '80mm'
  readonly to: 'printer' | 'pdf'
  /** File name of a PDF, without folder or ending. */
  readonly name: string
}

export type PrintOutcome = { readonly printed: true } | { readonly saved: string } | { readonly cancelled: true }

/** To the host. */
export interface RequestMessage {
  readonly id: number
  readonly name: string
  readonly params: unknown
}

/** From the host. */
export type HostMessage =
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Result<unknown, RefusalView> }
  | { readonly kind: 'event'; readonly event: TerminalEvent }
