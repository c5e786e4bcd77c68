const SERIAL_COUNT = 10_000

/**
 * Number of a settlement or of its refund: institution 12, time 14, serial 4, as the national message number is built. The
 * serial is the end of the ledger's chain, so that two facts of one second cannot share a number.
 */
export const madeNumber = (institution: string, time: string, sequence: number): string =>
  `${institution}${time}${String((sequence + 1) % SERIAL_COUNT).padStart(4, '0')}`
