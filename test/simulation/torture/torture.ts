/** `npm run torture`: kills the shipped processes with SIGKILL, hundreds of times, and looks at what is left. See README.md. */

import { disksFail } from './disk/disk-faults.ts'
import { parseTortureOptions, TORTURE_USAGE } from './torture-options.ts'
import { diskText, reportText } from './torture-report.ts'
import { torture } from './torture-run.ts'

const BAD_INPUT = 2
const SEED_MAX = 1_000_000
/** Of ledgers. */
const DAMAGES = 400

/** The embedded server's package ends the process with 0 whatever `process.exitCode` says. */
const end = (code: number): never => process.exit(code)

const say = (line: string): void => void process.stdout.write(`${line}\n`)

const options = parseTortureOptions(process.argv.slice(2), () => Date.now() % SEED_MAX)
if (options.ok) {
  const { kills, seed, db, tills } = options.value
  say(`${kills} kills among ${tills} tills and a centre on ${db}; choices from seed ${seed}, moments from the machine's clock, which no seed repeats`)
  const disks = await disksFail(seed, DAMAGES)
  say(diskText(disks, DAMAGES))
  const report = await torture(options.value, say)
  say(reportText(report))
  end(report.findings.length + disks.findings.length === 0 ? 0 : 1)
} else {
  process.stderr.write(`torture: ${options.error}\nusage: ${TORTURE_USAGE}\n`)
  end(BAD_INPUT)
}
