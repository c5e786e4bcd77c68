import { describe, expect, it } from 'vitest'
import { importFaults } from './import-rules.ts'
import { sourceFiles } from './source-files.ts'

describe('imports run one way', () => {
  const files = sourceFiles()

  it('there are files to check', () => {
    expect(files.length).toBeGreaterThan(20)
  })

  it('every import is one that the table allows', () => {
    expect(files.flatMap(importFaults)).toEqual([])
  })
})

describe('the check itself', () => {
  const faults = (path: string, ...targets: string[]): string[] =>
    importFaults({ path, text: targets.map((target) => `import { x } from '${target}'`).join('\n') })

  it.each([
    ['the session looking into the chip', 'card/session/a.ts', '../chip/chip.ts'],
    ['the chip looking at the session', 'card/chip/a.ts', '../session/session.ts'],
    ['the session looking into the simulated PSAM', 'card/session/a.ts', '../psam/chip/psam-chip.ts'],
    ['a card file knowing money policy', 'card/session/a.ts', '../../settlement/money/fen.ts'],
    ['a rule knowing an APDU', 'settlement/case/a.ts', '../../card/apdu/command-apdu.ts'],
    ['a unit test of the rules knowing the card', 'settlement/case/a.test.ts', '../../card/apdu/command-apdu.ts'],
    ['the calculation knowing the ledger', 'settlement/calculation/a.ts', '../ledger/ledger.ts'],
    ['the ledger knowing SQLite', 'settlement/ledger/a.ts', 'better-sqlite3'],
    ['the chip reading a file', 'card/chip/a.ts', 'node:fs'],
    ['the use cases knowing the host', 'settlement/case/a.ts', '../../electron/host/wiring.ts'],
    ['the shell knowing the host', 'electron/main/a.ts', '../host/counter.ts'],
    ['the preload knowing the schemas', 'electron/preload/a.ts', 'zod'],
    ['the supervisor knowing Electron', 'electron/supervisor/a.ts', 'electron'],
    ['the auditor knowing the chip', 'test/simulation/auditor/a.ts', '../../../card/chip/chip.ts'],
    ['the auditor knowing the world', 'test/simulation/auditor/rules/a.ts', '../../world/world.ts'],
    ['a file in a folder nobody planned', 'misc/a.ts', 'zod']
  ])('sees %s', (_, path, target) => {
    expect(faults(path, target)).toHaveLength(1)
  })

  it('sees a dynamic and a side-effect import too', () => {
    const text = "import '../../settlement/money/fen.ts'\nawait import('../../settlement/money/fen.ts')"
    expect(importFaults({ path: 'card/apdu/a.ts', text })).toHaveLength(2)
  })

  it('lets the drawn arrows pass', () => {
    expect(faults('settlement/case/a.ts', '../ledger/ledger.ts', '../money/fen.ts')).toEqual([])
    expect(faults('card/session/a.ts', '../command/verify-pin.ts', '../bytes/hex.ts')).toEqual([])
    expect(faults('electron/host/wiring.ts', '../../card/chip/chip.ts', '../../settlement/case/settle-visit.ts', 'node:fs')).toEqual([])
  })
})
