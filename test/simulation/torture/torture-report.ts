/** What a run came to, in words; and, when something is wrong, all that is needed to look into it. */

import type { DiskReport } from './disk/disk-faults.ts'
import type { TortureReport } from './torture-run.ts'

export const diskText = ({ fates, full, findings }: DiskReport, damages: number): string =>
  [
    `${damages} damaged ledgers: ${fates.text}`,
    full === undefined ? 'full and read-only disks: not here, mounting one needs root' : `a full disk, at ${full.total} amounts of room: ${full.text}; a read-only one is refused in a line`,
    ...findings.map(({ where, what }) => `FINDING ${where}: ${what}`)
  ].join('\n')

export function reportText(report: TortureReport): string {
  const { options, seconds, kills, operations, told, audits, findings, folder } = report
  const lines = [
    '',
    `${kills.total} kills in ${seconds} s, ${audits} audits, ${findings.length} findings`,
    `  killed while:   ${kills.text}`,
    `  operations:     ${operations.text}`,
    `  windows heard:  ${told.text}`
  ]
  if (findings.length > 0) lines.push(...trouble(report))
  if (folder !== undefined) lines.push(`  kept:           ${folder}`)
  return [...lines, `  again:          npm run torture -- --kills ${options.kills} --seed ${options.seed} --db ${options.db} --tills ${options.tills}`].join('\n')
}

const trouble = ({ findings, events }: TortureReport): readonly string[] => [
  '',
  ...findings.map(({ where, what }) => `FINDING ${where}: ${what}`),
  '',
  `the last ${events.length} events:`,
  ...events,
  ''
]
