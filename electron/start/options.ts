/** What may stand behind `npm start --`. */

import { homedir } from 'node:os'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { ok, refuse, type Result } from '../../base/result.ts'
import { readerChoice, type ReaderChoice } from '../contract/reader-choice.ts'
import { loopbackAddress } from '../door/loopback.ts'

export interface StartOptions {
  readonly data: string
  /** The demonstration's pharmacy instead of its hospital. */
  readonly pharmacy: boolean
  /** The reader that serves from now on; undefined: the one that served last. */
  readonly reader: ReaderChoice | undefined
  /** Open in a browser though there is an Electron. */
  readonly door: boolean
  readonly address: string
  readonly port: number
  readonly openBrowser: boolean
  /** Switches for Electron itself, behind a second "--". */
  readonly electronArgs: readonly string[]
}

export interface Surroundings {
  readonly platform: NodeJS.Platform
  readonly environment: NodeJS.ProcessEnv
  readonly home: string
}

export const surroundings = (): Surroundings => ({ platform: process.platform, environment: process.env, home: homedir() })

const PORT_MAX = 65_535

const OPTIONS = {
  'data': { type: 'string' },
  'pharmacy': { type: 'boolean' },
  'reader': { type: 'string' },
  'door': { type: 'boolean' },
  'port': { type: 'string' },
  'listen': { type: 'string' },
  'no-open': { type: 'boolean' }
} as const

type Words = ReturnType<typeof parseArgs<{ options: typeof OPTIONS }>>['values']

const ALLOWED = '--data FOLDER, --pharmacy, --reader simulated|pcsc|pcsc:NAME, --door, --port N, --listen ADDRESS, --no-open'

/** A refusal is one line: option, value, rule. */
export function parseOptions(args: readonly string[], around: Surroundings): Result<StartOptions, string> {
  const end = args.indexOf('--')
  const words = wordsOf(end === -1 ? args : args.slice(0, end))
  if (!words.ok) return words
  const { data, pharmacy = false, reader, door = false, port, listen, 'no-open': noOpen = false } = words.value
  if (data === '') return refuse('--data "": must name a folder')
  const address = loopbackAddress(listen ?? '127.0.0.1')
  if (address === undefined) return refuse(`--listen "${listen}": must be a loopback address such as 127.0.0.1: the door is for this machine only`)
  if (port !== undefined && !isPort(port)) return refuse(`--port "${port}": must be a whole number from 0 to ${PORT_MAX}`)
  const choice = reader === undefined ? ok(undefined) : readerIn(reader)
  if (!choice.ok) return choice
  return ok({
    data: resolve(data ?? (around.environment['CARESETTLE_DATA'] || `${defaultData(around)}${pharmacy ? PHARMACY_SUFFIX : ''}`)),
    pharmacy,
    reader: choice.value,
    // Whoever says where the door is to stand wants the door.
    door: door || listen !== undefined || port !== undefined,
    address,
    port: Number.parseInt(port ?? '0', 10),
    openBrowser: !noOpen,
    electronArgs: end === -1 ? [] : args.slice(end + 1)
  })
}

const PCSC = 'pcsc'

/** "pcsc" is the only reader of this computer, "pcsc:ACR39" the one that has that in its name. */
function readerIn(word: string): Result<ReaderChoice, string> {
  const asked = word === PCSC ? { kind: PCSC } : word.startsWith(`${PCSC}:`) ? { kind: PCSC, card: word.slice(PCSC.length + 1) } : { kind: word }
  const choice = readerChoice.safeParse(asked)
  if (choice.success) return ok(choice.data)
  const rule = 'card' in asked ? choice.error.issues[0]?.message : "must be simulated, pcsc, or pcsc: and part of a reader's name"
  return refuse(`--reader "${word}": ${rule ?? 'is none'}`)
}

function wordsOf(args: readonly string[]): Result<Words, string> {
  try {
    return ok(parseArgs({ args: [...args], options: OPTIONS }).values)
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause
    const [sentence = ''] = cause.message.split('. ')
    return refuse(`${sentence}; allowed: ${ALLOWED}`)
  }
}

/** A till is one institution's for good: the pharmacy's data stand beside the hospital's. */
const PHARMACY_SUFFIX = '-pharmacy'

const isPort = (port: string): boolean => /^\d{1,5}$/.test(port) && Number.parseInt(port, 10) <= PORT_MAX

function defaultData({ platform, environment, home }: Surroundings): string {
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'CareSettle')
    case 'win32':
      return join(environment['APPDATA'] || join(home, 'AppData', 'Roaming'), 'CareSettle')
    default:
      return join(environment['XDG_DATA_HOME'] || join(home, '.local', 'share'), 'caresettle')
  }
}
