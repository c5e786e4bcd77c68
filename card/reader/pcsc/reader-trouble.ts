/**
 * What can be broken between this program and a card, from the module to the chip. One closed union for the driver, the
 * reader process and the page that tells people; say-trouble.ts has the words, the cause and the mend of each.
 */

export type ReaderTrouble =
  /** The binding is not installed, or was built for another Node. */
  | { readonly kind: 'module-missing'; readonly detail: string }
  /** The operating system's smart card service was never installed. */
  | { readonly kind: 'service-absent' }
  /** It is installed and does not answer. */
  | { readonly kind: 'service-stopped' }
  /** Service and library speak different versions of their protocol. */
  | { readonly kind: 'version-mismatch' }
  /** The service lets this user at no reader. */
  | { readonly kind: 'service-refuses' }
  | { readonly kind: 'no-reader' }
  /** No name has `asked` in it. */
  | { readonly kind: 'no-such-reader'; readonly asked: string; readonly there: readonly string[] }
  /** More than one name has `asked` in it. */
  | { readonly kind: 'two-match'; readonly asked: string; readonly matches: readonly string[] }
  /** Another program has the card for itself. */
  | { readonly kind: 'held-by-other'; readonly reader: string }
  /** Pulled out while it was in use. */
  | { readonly kind: 'reader-gone'; readonly reader: string }
  /** A card that gave no usable answer to warm reset, cold reset and either protocol. */
  | { readonly kind: 'mute-card'; readonly reader: string }
  /** Reader and card do not understand each other: wrong protocol, errors on the contacts. */
  | { readonly kind: 'protocol-fault'; readonly reader: string; readonly detail: string }
  /** The reader process died or does not answer; it is being started again. */
  | { readonly kind: 'process-gone'; readonly detail: string }
  /** A code that means none of the above. `code` in eight hex digits. */
  | { readonly kind: 'unlisted'; readonly call: string; readonly code: string }

export type ReaderTroubleKind = ReaderTrouble['kind']

export interface TroubleText {
  readonly zh: string
  readonly en: string
}

export interface TroubleWords {
  /** The broken part, in one sentence. */
  readonly what: TroubleText
  /** Why it is usually broken. */
  readonly cause: TroubleText
  /** What the person at the counter or the technician does, on this operating system. */
  readonly mend: TroubleText
}

/** As process.platform names them; another Unix is told what Linux is told. */
export type TroubleSystem = 'win32' | 'darwin' | 'linux'
