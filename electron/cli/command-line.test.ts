import { expect, it } from 'vitest'
import { runCommandLine } from './command-line.ts'

async function said(...args: readonly string[]): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ['', '']
  const code = await runCommandLine(args, undefined, { out: (text) => void (out += text), err: (text) => void (err += text) })
  return { code, out, err }
}

it.each([[['card', 'new', '--help']], [['help', 'card', 'new']], [['card', 'new', '--out', '--help']]])('%j tells of that command alone', async (args) => {
  const { code, out } = await said(...args)
  expect([code, out]).toEqual([
    0,
    `usage: caresettle card new --from PERSONALISATION [--out FILE] [--json]

a new simulated card, personalised by the test issuer; default file: NAME.card here (制卡)

exit codes: 0 done; 1 done, and the answer is no; 2 bad input; 3 refused by card or rules; 4 a fault outside (disk, reader)
`
  ])
})

it.each([[[]], [['help']], [['--help']], [['card', '--help']]])('%j tells of every command', async (args) => {
  const { code, out } = await said(...args)
  expect(code).toBe(0)
  expect(out).toMatch(/usage: caresettle <command> \[options\][\s\S]*\n {2}settle [\s\S]*\n {2}centre serve /)
})

it('a number below zero is judged by the rule of its option', async () => {
  const { code, err } = await said('eligibility', '--item', 'XA02BCA099A001010199999', '--quantity', '-3')
  expect([code, err]).toEqual([2, expect.stringMatching(/^caresettle: .*quantity.*"-3"/)])
})
