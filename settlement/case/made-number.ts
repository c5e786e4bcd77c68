const SERIAL_COUNT = 10_000
const SERIAL_COUNT_OF_TERMINAL = 100

/**
 * Number of a settlement or of its refund: institution 12, time 14, serial 4, as the national message number is built. The
 * serial is the end of the ledger's chain, so that two facts of one second cannot share a number; at a terminal of a centre,
 * whose name ends in two digits, those come first, so that two terminals of one institution cannot either.
 */
export function madeNumber(institution: string, time: string, sequence: number, terminal?: string): string {
  const next = sequence + 1
  const serial =
    terminal === undefined
      ? String(next % SERIAL_COUNT).padStart(4, '0')
      : `${terminal.slice(-2)}${String(next % SERIAL_COUNT_OF_TERMINAL).padStart(2, '0')}`
  return `${institution}${time}${serial}`
}
