/**
 * Named moments at which a tester can have the process killed, as power loss or a crash would: between any two steps of a
 * settlement, or at the n-th write into the card's or the PSAM's memory.
 *
 *   CARESETTLE_KILL_AT=held            dies when the hold is durable and the card not yet asked
 *   CARESETTLE_KILL_AT=card-write#3    dies just before the third write into the card's memory
 *
 * A kill is SIGKILL: no handler runs, nothing is flushed or closed.
 */

export type FaultPoint = (name: string) => void

export const noFault: FaultPoint = () => {}

export function killAt(target: string | undefined): FaultPoint {
  if (target === undefined || target === '') return noFault
  const [name, count = '1'] = target.split('#')
  let remaining = Number.parseInt(count, 10)
  return (reached) => {
    if (reached !== name || --remaining > 0) return
    process.kill(process.pid, 'SIGKILL')
    // The signal may arrive a moment later: nothing else may happen in this process until it does.
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0)
  }
}
