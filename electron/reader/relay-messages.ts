/**
 * Between a packaged host and the shell that starts reader processes for it: a packaged Electron lets nobody but its shell start
 * one. Several runs may overlap for a moment, so each message names its run. Imports nothing but types: the shell says the same words.
 */

import type { ReaderRequest } from './reader-messages.ts'

/** From the host. */
export type RelayOrder =
  | { readonly kind: 'reader'; readonly order: 'start'; readonly run: number }
  | { readonly kind: 'reader'; readonly order: 'send'; readonly run: number; readonly message: ReaderRequest }
  | { readonly kind: 'reader'; readonly order: 'kill'; readonly run: number }

/** To the host. */
export type RelayNews =
  | { readonly kind: 'reader'; readonly news: 'message'; readonly run: number; readonly message: unknown }
  | { readonly kind: 'reader'; readonly news: 'ended'; readonly run: number; readonly reason: string }

const isOfReader = (message: unknown): message is Readonly<Record<string, unknown>> =>
  typeof message === 'object' && message !== null && 'kind' in message && message.kind === 'reader' && 'run' in message && typeof message.run === 'number'

export const isRelayOrder = (message: unknown): message is RelayOrder => isOfReader(message) && typeof message['order'] === 'string'

export const isRelayNews = (message: unknown): message is RelayNews => isOfReader(message) && typeof message['news'] === 'string'
