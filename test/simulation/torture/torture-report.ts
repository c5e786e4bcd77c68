/** What a run came to, in words; and, when something is wrong, all that is needed to look into it. */

import type { TortureReport } from './torture-run.ts'

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
