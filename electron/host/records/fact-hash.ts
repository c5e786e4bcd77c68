/** The hash of a ledger fact as people meet it, in the lower case that hashes are written in. */

const SHORT_DIGITS = 16

export const hexOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex')

/** As a statement prints it and `ledger verify --head` takes it: the first 8 bytes. */
export const shortHash = (hash: Uint8Array): string => hexOf(hash).slice(0, SHORT_DIGITS)
