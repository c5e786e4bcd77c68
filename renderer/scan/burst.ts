/**
 * Tells a scanner from a person by time alone. A USB scanner is a keyboard whose keys follow each other faster than fingers
 * can: characters that come within GAP_MS_MAX of each other are one burst, and a burst of LENGTH_MIN or more that ends with
 * Enter, Tab or a pause is a scan. Whatever else was held back meanwhile was typed, and is handed out as such.
 *
 *   scanner   6 9 0 1 2 3 4 Enter          person   6 . . . 9 . . . 0
 *             pass hold ...  scan                   pass   pass   pass
 *
 * Pure: times in ms come with each key, on one clock, and nothing here waits.
 */

/** Scanners send a key in 1 to 30 ms; the fastest typist does not keep 50 ms over six keys. */
export const GAP_MS_MAX = 50
/** The shortest code that is scanned: shorter runs of keys are a person's roll of the fingers. */
export const LENGTH_MIN = 6
/** No key for so long: the burst is over. Longer than the gap, so that a timer that is early does not cut a scan in two. */
export const PAUSE_MS = 80
/** What a QR code holds at most, with room; a keyboard that has gone mad ends here. */
export const LENGTH_MAX = 8192

export type BurstKey =
  | { readonly kind: 'character'; readonly character: string; readonly mayPass: boolean }
  | { readonly kind: 'end' }
  | { readonly kind: 'other' }

export interface BurstVerdict {
  /** What becomes of the key itself. */
  readonly key: 'pass' | 'hold'
  /** Held back and now known to be typed: it goes out before the key does. */
  readonly typed: string
  /** A whole scan has ended; its first character may have passed. */
  readonly scan: { readonly text: string; readonly firstPassed: boolean } | null
}

export interface Burst {
  key(key: BurstKey, at: number): BurstVerdict
  /** No key came for PAUSE_MS: what was, is over. */
  pause(): BurstVerdict
  /** Forgets everything, without handing it out. */
  forget(): void
  /** Something waits for the pause. */
  readonly isOpen: boolean
}

const PASS: BurstVerdict = { key: 'pass', typed: '', scan: null }

export function createBurst(): Burst {
  let text = ''
  let firstPassed = false
  let last = Number.NEGATIVE_INFINITY

  const forget = (): void => {
    text = ''
    firstPassed = false
  }
  /** What the burst was, now that it is over. */
  const close = (): Pick<BurstVerdict, 'typed' | 'scan'> => {
    const whole = { text, firstPassed }
    forget()
    if (whole.text.length >= LENGTH_MIN) return { typed: '', scan: whole }
    return { typed: whole.firstPassed ? whole.text.slice(1) : whole.text, scan: null }
  }
  const begin = (character: string, mayPass: boolean): BurstVerdict['key'] => {
    text = character
    firstPassed = mayPass
    return mayPass ? 'pass' : 'hold'
  }

  return {
    key(key, at) {
      // Two devices may not agree on the time: what seems to come before is not fast.
      const isFast = text !== '' && at >= last && at - last <= GAP_MS_MAX
      last = at
      if (key.kind === 'character') {
        if (!isFast || text.length >= LENGTH_MAX) {
          const before = close()
          return { ...before, key: begin(key.character, key.mayPass) }
        }
        text += key.character
        return { key: 'hold', typed: '', scan: null }
      }
      if (text === '') return PASS
      // The scanner's own Enter is part of the scan; a person's, later, is not.
      const isItsEnd = key.kind === 'end' && isFast && text.length >= LENGTH_MIN
      return { ...close(), key: isItsEnd ? 'hold' : 'pass' }
    },
    pause: () => (text === '' ? PASS : { ...close(), key: 'pass' }),
    forget,
    get isOpen() {
      return text !== ''
    }
  }
}
