/**
 * Who may know whom. A file belongs to the longest folder listed here that it lies in; it may import its own folder and
 * what that folder's row names: folders with a slash or a root name, packages otherwise. Arrows run one way only:
 *
 *   electron/cli -> electron/host -> settlement/case -> settlement/* -> settlement/money
 *                              \---> card/session, card/psam -> card/command, card/channel -> card/apdu, card/bytes
 *   renderer -> electron/contract
 *   never: card <-> settlement,  card/session <-> card/chip (they meet only as bytes)
 */

import { importsOf, isTest, type SourceFile } from './source-files.ts'

const BYTES = ['base', 'card/bytes', 'card/apdu', 'card/identifier', 'card/secret', 'card/ports.ts']
const CARD_CRYPTO = [...BYTES, 'card/crypto', 'card/issuer']
const PAGE = ['react', 'react-dom', 'antd', '@ant-design/icons', 'zustand', 'i18next', 'react-i18next', '@tanstack/react-virtual', 'renderer']
const RULES_BASE = ['base', 'settlement/money', 'settlement/calendar']

const RULES: Readonly<Record<string, readonly string[]>> = {
  base: [],
  card: ['base'],
  'card/bytes': ['base', 'iconv-lite'],
  'card/apdu': ['base', 'card/bytes'],
  'card/identifier': ['base', 'card/bytes'],
  'card/secret': ['base', 'card/bytes'],
  'card/crypto': ['base', 'card/bytes', 'card/secret', 'sm-crypto-v2'],
  'card/issuer': [...BYTES, 'card/crypto', 'zod'],
  'card/channel': [...BYTES],
  'card/command': [...BYTES, 'card/channel'],
  // A recording hides by file and item, and the chip number wherever a key is derived from it.
  'card/trace': [...BYTES, 'card/channel', 'card/crypto', 'card/reader/card-reader.ts', 'card/session/file-table.ts', 'card/session/items.ts'],
  'card/reader/replay': [...BYTES, 'card/channel', 'card/reader/card-reader.ts', 'card/trace'],
  'card/reader': [...BYTES, 'card/channel', 'card/reader/pcsc/reader-trouble.ts'],
  'card/publish': [...BYTES, 'card/channel', 'card/reader/card-reader.ts'],
  // The driver finds its binding by itself, so that nothing else need know of it.
  'card/reader/pcsc': [...BYTES, 'card/channel', 'card/reader', 'node:module', 'node:path'],
  'card/chip': [...CARD_CRYPTO, 'zod'],
  'card/psam': [...BYTES, 'card/crypto', 'card/channel', 'card/command'],
  'card/psam/chip': [...CARD_CRYPTO, 'zod'],
  'card/session': [...BYTES, 'card/crypto', 'card/command', 'card/channel', 'card/reader/card-reader.ts', 'card/reader/pin-pad.ts'],
  settlement: ['base'],
  'settlement/money': ['base'],
  'settlement/calendar': ['base'],
  'settlement/payment': [...RULES_BASE],
  'settlement/policy': [...RULES_BASE, 'settlement/wire', 'settlement/calculation', 'zod'],
  'settlement/calculation': [...RULES_BASE, 'settlement/policy'],
  'settlement/wire': [...RULES_BASE, 'settlement/calculation', 'settlement/policy', 'zod'],
  'settlement/rules': [...RULES_BASE, 'settlement/policy', 'settlement/wire', 'settlement/eligibility', 'zod'],
  'settlement/eligibility': [...RULES_BASE, 'settlement/policy', 'settlement/wire', 'settlement/rules', 'zod'],
  'settlement/catalogue': [...RULES_BASE, 'settlement/policy', 'settlement/wire', 'settlement/eligibility', 'fflate', 'pinyin-pro', 'zod'],
  'settlement/catalogue/sqlite': [...RULES_BASE, 'settlement/policy', 'settlement/wire', 'settlement/catalogue', 'settlement/store/sqlite', 'better-sqlite3', 'node:fs', 'node:path', 'node:crypto'],
  'settlement/pack': [...RULES_BASE, 'settlement/policy', 'settlement/wire', 'settlement/rules', 'settlement/catalogue', 'settlement/visit', 'fflate', 'zod', 'node:crypto'],
  // Asks everything that a counter asks: the calculation, the judge.
  'settlement/region-check': [...RULES_BASE, 'settlement/calculation', 'settlement/policy', 'settlement/wire', 'settlement/rules', 'settlement/eligibility', 'settlement/pack/period.ts'],
  'settlement/visit': [...RULES_BASE, 'settlement/calculation', 'settlement/policy', 'settlement/wire', 'settlement/catalogue', 'zod'],
  'settlement/ledger': [...RULES_BASE, 'settlement/payment', 'settlement/calculation', 'node:crypto'],
  'settlement/store': [...RULES_BASE, 'settlement/payment', 'settlement/calculation', 'settlement/ledger', 'settlement/sync', 'settlement/batch', 'settlement/close'],
  'settlement/store/sqlite': [
    ...RULES_BASE,
    'settlement/payment',
    'settlement/calculation',
    'settlement/ledger',
    'settlement/sync',
    'settlement/close',
    'better-sqlite3',
    // The store is the driver that owns the file: it looks at the header before SQLite may touch anything.
    'node:fs',
    'node:path',
    'node:crypto'
  ],
  'settlement/sync': [...RULES_BASE, 'settlement/batch', 'settlement/ledger', 'settlement/calculation', 'settlement/policy'],
  'settlement/batch': [
    ...RULES_BASE,
    'settlement/payment',
    'settlement/calculation',
    'settlement/ledger',
    'settlement/wire',
    'node:buffer',
    'node:crypto'
  ],
  'settlement/close': [
    ...RULES_BASE,
    'settlement/payment',
    'settlement/calculation',
    'settlement/ledger',
    'settlement/wire/clearing.ts',
    'zod'
  ],
  'settlement/centre/intake': [
    ...RULES_BASE,
    'settlement/payment',
    'settlement/policy',
    'settlement/calculation',
    'settlement/wire',
    'settlement/ledger',
    'settlement/batch',
    'settlement/case/debit-amounts.ts',
    'settlement/centre/ports.ts',
    'settlement/centre/store',
    'settlement/centre/record',
    'settlement/centre/enrol',
    'settlement/centre/serve',
    'settlement/centre/load',
    'kysely',
    'fastify',
    'zod'
  ],
  'settlement/verifier': [...RULES_BASE, 'better-sqlite3', 'node:fs', 'node:path', 'node:os', 'node:crypto'],
  'settlement/case': ['base', 'settlement'],
  'settlement/centre': ['base', 'settlement', 'kysely', 'fastify', 'zod', 'node:buffer', 'node:crypto', 'node:zlib'],
  // Everything of settlement/ but the drivers: the interface speaks of all of it. fflate packs the files of 9101 and 9102.
  'settlement/centre/national': ['base', 'settlement', 'kysely', 'fastify', 'zod', 'fflate', 'node:crypto'],
  'settlement/centre/store': [
    'base',
    'kysely',
    'pg',
    'better-sqlite3',
    'settlement/ledger/refusal.ts',
    // The header of a file is looked at before SQLite may touch anything, as a ledger's.
    'settlement/store/sqlite',
    'node:fs',
    'node:path',
    'node:net'
  ],
  // The reader process and its client: bytes of cards, no money.
  'electron/reader': ['base', 'card', 'electron/supervisor/timer.ts', 'electron/reader/relay-messages.ts', 'node:'],
  'electron/host': ['base', 'card', 'settlement', 'electron/contract', 'electron/supervisor/timer.ts', 'electron/reader', 'electron/host/driver-api', 'pinyin-pro', 'zod', 'node:'],
  // Another program's debits are written down in a file of their own, and asked for over HTTP.
  'electron/host/driver-api': ['base', 'card', 'settlement', 'electron/contract', 'electron/host', 'better-sqlite3', 'fastify', 'zod', 'node:'],
  'electron/centre': ['base', 'card', 'settlement', 'electron/host', 'fastify', 'pino', 'zod', 'node:'],
  'electron/cli': ['base', 'card', 'settlement', 'electron/host', 'electron/centre', 'electron/contract/reader-view.ts', 'zod', 'node:'],
  'electron/contract': ['base', 'zod'],
  'electron/contract/fake': ['base', 'electron/contract'],
  'electron/supervisor': ['base', 'electron/contract', 'electron/supervisor/host-away.ts', 'node:'],
  // The browser and the preload say it too, so it knows nothing.
  'electron/supervisor/host-away.ts': ['electron/contract'],
  'electron/page': ['base', 'node:'],
  // The shell passes on what host and reader process say to each other.
  'electron/reader/relay-messages.ts': ['electron/reader'],
  'electron/main': ['base', 'electron/reader/relay-messages.ts', 'electron/contract', 'electron/supervisor', 'electron/page', 'electron/preload/channels.ts', 'electron', 'node:'],
  'electron/preload': ['base', 'electron/contract', 'electron/supervisor/host-away.ts', 'electron'],
  'electron/door': ['base', 'electron/contract', 'electron/supervisor', 'electron/page', 'fastify', 'node:'],
  'electron/door/client.ts': ['base', 'electron/contract', 'electron/supervisor/host-away.ts'],
  'electron/build': ['base', 'electron/page', 'vite', '@vitejs/plugin-react', 'electron-builder', 'node:'],
  'electron/start': ['base', 'electron/contract/reader-choice.ts', 'electron/host/till-file.ts', 'electron/build', 'electron/door', 'electron/page', 'electron/supervisor', 'vite', 'node:'],
  renderer: ['base/result.ts', 'base/invariant.ts', 'electron/contract', ...PAGE],
  'renderer/screens/close': ['base/result.ts', 'base/invariant.ts', 'electron/contract', 'echarts', ...PAGE],
  // The one place that knows where a terminal is to be had from.
  'renderer/terminal': ['base', 'electron/contract', 'electron/door/client.ts', 'renderer/stores', 'react', 'zustand'],
  // Nothing of what he judges: what the auditor knows of cards, ledgers and centres he knows from their documentation.
  'test/simulation/auditor': ['better-sqlite3', 'node:crypto', 'node:fs', 'node:path', 'node:zlib']
}

/** Arrows that hold in tests too: a test may look across its own half of the house, not across the wall. */
const WALLS: readonly (readonly [string, string])[] = [
  ['card', 'settlement'],
  ['card', 'electron'],
  ['settlement', 'card'],
  ['settlement', 'electron']
]

const within = (target: string, folder: string): boolean =>
  target === folder || target.startsWith(`${folder}/`) || (folder.endsWith(':') && target.startsWith(folder))

const folderOf = (path: string): string | undefined =>
  Object.keys(RULES)
    .filter((folder) => within(path, folder))
    .toSorted((left, right) => right.length - left.length)[0]

/** One sentence for each import that the table does not allow. */
export function importFaults(file: SourceFile): string[] {
  const targets = importsOf(file)
  const folder = folderOf(file.path)
  if (isTest(file.path) && folder?.startsWith('test/') !== true) {
    return WALLS.filter(([from]) => within(file.path, from)).flatMap(([from, to]) =>
      targets
        .filter((target) => within(target, to))
        .map((target) => `${file.path} imports ${target}: ${from} may not know ${to}`)
    )
  }
  if (folder === undefined) return [`${file.path} lies in no folder of the import table`]
  const allowed = RULES[folder] ?? []
  return targets
    .filter((target) => !within(target, folder) || (folderOf(target) ?? folder) !== folder)
    .filter((target) => !allowed.some((entry) => allows(entry, target)))
    .map((target) => `${file.path} imports ${target}: ${folder} may not know it`)
}

/** A row that names a folder opens it without the folders inside it that have a row of their own and are drivers. */
function allows(entry: string, target: string): boolean {
  // The package of that name, not the folder: the shell does not know the host.
  if (entry === 'electron') return target === 'electron'
  if (!within(target, entry)) return false
  const narrower = folderOf(target)
  const hidden = ['card/psam/chip', 'card/chip', 'settlement/store/sqlite', 'electron/contract/fake']
  return narrower === undefined || !hidden.includes(narrower) || entry === narrower || ['card', 'settlement'].includes(entry)
}
