/** Writes settlements into a ledger and is killed at once, nothing closed: LEDGER FIRST COUNT. */

import { complete, hold, openTill } from '../commit-settlement.ts'

const [path = '', first = '1', count = '1'] = process.argv.slice(2)
const ledger = openTill(path)
for (let number = Number.parseInt(first, 10), left = Number.parseInt(count, 10); left > 0; number += 1, left -= 1) {
  hold(ledger, number)
  complete(ledger, number)
}
process.kill(process.pid, 'SIGKILL')
