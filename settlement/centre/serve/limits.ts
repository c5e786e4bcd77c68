/** Every bound of the centre's door, in one place. What exceeds one is told 4xx, costs little, and changes nothing. */

/** A JSON body that is no batch: an enrolment, a load, a message of the national interface. */
export const JSON_BYTES_MAX = 1024 * 1024
/** Objects and lists within each other, in a body of any kind. */
export const JSON_DEPTH_MAX = 16
/** Largest window that a zstd frame may ask the decoder to keep: 2^23 = 8 MB, a whole batch. */
export const ZSTD_WINDOW_LOG_MAX = 23
/** Bodies that are being received or judged, together; a compressed one counts with what it may become. */
export const BODIES_BYTES_MAX = 256 * 1024 * 1024
/** ms in which a request must have arrived, its head and its body. Node looks for late ones every so often, and given this alone it takes twice as long. */
export const ARRIVAL = { requestTimeout: 30_000, headersTimeout: 30_000, connectionsCheckingInterval: 5_000 } as const
/** Sockets open at once. */
export const CONNECTIONS_MAX = 1_000

/** How much may come how fast: `burst` at once, then `perSecond`. */
export interface Rate {
  readonly burst: number
  readonly perSecond: number
}

export interface Rates {
  /** Whoever it is: requests of one address, before anything of them is looked at. */
  readonly address: Rate
  /** Requests that a terminal has signed. */
  readonly terminal: Rate
  /** Attempts of one address to enrol: a code is guessed no faster. */
  readonly enrolment: Rate
}

export const RATES: Rates = {
  address: { burst: 600, perSecond: 200 },
  terminal: { burst: 200, perSecond: 50 },
  enrolment: { burst: 20, perSecond: 0.2 }
}
/** Addresses and terminals that are counted at once. The one that has been quiet longest is forgotten. */
export const COUNTED_MAX = 10_000

/** Two digits number an institution's terminals. */
export const TERMINALS_MAX = 99
/** Security modules of one terminal. */
export const TERMINAL_NUMBERS_MAX = 8
export const TERMINAL_NAME_LENGTH_MAX = 50

/** ?certno= of one question for entitlements. */
export const CERTNOS_MAX = 200
