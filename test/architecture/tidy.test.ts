/** House rules that a compiler does not know: what is banned, and what to use instead. */

import { describe, expect, it } from 'vitest'
import { isTest, sourceFiles, type SourceFile } from './source-files.ts'

interface Ban {
  readonly pattern: RegExp
  readonly where: RegExp
  readonly instead: string
}

const CORE = /^(card|settlement)\//
const MONEY = /^settlement\/(money|calculation|policy|ledger|case|store)\//

/** A till on another machine has another clock, other timers, another disk. The system's own files, and chips of the simulated reader, are named. */
const TILL = /^electron\/host\/(?!(system|system-machine|process|parent|fault-point|sync\/http-request)\.ts$)/
const TILL_FILES = /^electron\/host\/(?!(files\/file-steps|chip-file|file-medium|issue-card|reader\/tray|reader\/wire-recorder)\.ts$)/

const BANS: readonly Ban[] = [
  { pattern: /\bDate\.now\b|\bperformance\.now\b|\bset(Timeout|Interval)\(|\bsetImmediate\(/, where: TILL, instead: 'ask the machine' },
  { pattern: /\brandom(Bytes|Int|UUID)\b|\bgenerateKeyPair|\bMath\.random\b/, where: TILL, instead: 'ask the machine' },
  { pattern: /\b(write|append|copy|rename|rm|mkdir|truncate|open|unlink)(File)?Sync\b|\bfs\/promises\b/, where: TILL_FILES, instead: "use the machine's files" },
  { pattern: /\bDate\.now\b|\bnew Date\b|\bperformance\.now\b/, where: CORE, instead: 'take the time as an argument' },
  { pattern: /\bMath\.random\b|\brandomBytes\b|\brandomUUID\b|\bgetRandomValues\b/, where: CORE, instead: 'take Entropy or an id as an argument' },
  // A socket's own is how long a connection may be silent: nothing is done when it ends.
  { pattern: /(?<!\bsocket\.)\bsetTimeout\b|\bsetInterval\b/, where: CORE, instead: 'let the caller wait' },
  { pattern: /\bprocess\.|\bconsole\./, where: CORE, instead: 'return a value; the command line prints' },
  { pattern: /\bBuffer\b/, where: /^card\//, instead: 'use Uint8Array' },
  { pattern: /\bparseFloat\b|\.toFixed\(|(?<![.\w])Number\(/, where: MONEY, instead: 'use parseFen, formatFen or integer arithmetic' },
  { pattern: /\b(TODO|FIXME|XXX|HACK)\b/, where: /./, instead: 'do it, or write the limit into the README' },
  { pattern: /@ts-(ignore|nocheck|expect-error)|oxlint-disable|eslint-disable/, where: /^(?!.*\.test\.tsx?$)/, instead: 'mend the cause' },
  { pattern: /\b\w*(Manager|Helper|Utils?)\b/, where: /./, instead: 'name what it does' }
]

const withoutComments = (text: string): string => text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/(^|\s)\/\/.*$/gm, '$1')

function faults({ path, text }: SourceFile): string[] {
  const code = withoutComments(text)
  return BANS.filter(({ where }) => where.test(path)).flatMap(({ pattern, instead }) => {
    const found = pattern.exec(code)
    return found === null ? [] : [`${path}: "${found[0]}" is banned here: ${instead}`]
  })
}

describe('the house is tidy', () => {
  const files = sourceFiles().filter(({ path }) => path !== 'test/architecture/tidy.test.ts')

  it('nothing banned is used', () => {
    expect(files.filter(({ path }) => !isTest(path)).flatMap(faults)).toEqual([])
  })

  it('file names are kebab-case', () => {
    expect(files.map(({ path }) => path).filter((path) => !/^([a-z0-9-]+\/)*[a-z0-9-]+(\.[a-z0-9]+)*\.tsx?$/.test(path))).toEqual([])
  })

  it('no test is skipped, focused or left to be written', () => {
    const skipped = /\b(it|test|describe)\.(skip|only|todo|fails)\b/
    expect(files.filter(({ text }) => skipped.test(text)).map(({ path }) => path)).toEqual([])
  })
})

describe('the check itself', () => {
  it.each([
    ['card/chip/a.ts', 'const now = Date.now()'],
    ['settlement/case/a.ts', 'const id = randomUUID()'],
    ['settlement/money/a.ts', 'const x = Number(text)'],
    ['card/session/a.ts', 'const b = Buffer.from(x)'],
    ['electron/host/a.ts', 'const now = Date.now()'],
    ['electron/host/sync/a.ts', 'writeFileSync(path, text)'],
    ['electron/host/a.ts', 'class CardManager {}']
  ])('%s may not say: %s', (path, text) => {
    expect(faults({ path, text })).toHaveLength(1)
  })

  it('comments may name what is banned', () => {
    expect(faults({ path: 'card/chip/a.ts', text: '// never Date.now()\n/** nor Math.random */' })).toEqual([])
  })
})
