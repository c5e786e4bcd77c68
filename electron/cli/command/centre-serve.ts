/** Runs a centre until it is told to stop. What it says when it is ready is its one document; its log goes to standard error. */

import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { never } from '../../../base/invariant.ts'
import { ok, type Result } from '../../../base/result.ts'
import { toHex } from '../../../card/bytes/hex.ts'
import type { EnrolmentCode } from '../../../settlement/centre/enrol/enrol.ts'
import type { NationalKey } from '../../../settlement/centre/national/gateway/keys.ts'
import type { LogLevel } from '../../centre/log.ts'
import type { SeedReport } from '../../centre/seed.ts'
import type { CentreOptions, TlsFiles, WiredCentre, WireRefusal } from '../../centre/wire-centre.ts'
import { centreFailure } from '../centre-failure.ts'
import { required, type Command, type CommandInput } from '../command.ts'
import { asBadInput } from '../document.ts'
import { badInput, fault, NOTHING_MORE, type Failure, type Outcome, type Output } from '../failure.ts'
import type { Terminal } from '../terminal.ts'
import { codeOutput } from './centre-enrol-code.ts'
import { keyOutput } from './centre-gateway-key.ts'
import { seedText } from './centre-seed.ts'

const SYNOPSIS = '--db URL [--port N] [--host H] [--tls-key FILE --tls-cert FILE] [--log LEVEL] [--unsigned] [--faults] [--demo]'
const PORT = 8600
const HOST = '127.0.0.1'
const PORT_MAX = 65_535
const TOKEN_BYTES = 16
/** The institution of the till that the fixtures deliver. */
const DEMO_INSTITUTION = 'H99999900001'
const LEVELS: readonly LogLevel[] = ['info', 'warn', 'error', 'silent']

export const centreServeCommand: Command = {
  name: 'centre serve',
  synopsis: SYNOPSIS,
  summary:
    'a centre on sqlite:FILE or postgres://..., until Ctrl-C; --demo fills an empty one and shows a one-time code (医保中心)',
  options: {
    db: { type: 'string' },
    port: { type: 'string' },
    host: { type: 'string' },
    'tls-key': { type: 'string' },
    'tls-cert': { type: 'string' },
    log: { type: 'string' },
    unsigned: { type: 'boolean' },
    faults: { type: 'boolean' },
    demo: { type: 'boolean' }
  },
  positionals: [],
  run: async (input, terminal) => {
    const request = readRequest(input)
    return request.ok ? await serve(request.value, terminal) : request
  }
}

interface ServeRequest {
  readonly url: string
  readonly host: string
  readonly port: number
  readonly tls: TlsFiles | undefined
  readonly level: LogLevel
  /** Of the national interface: whether calls without a gateway signature are taken, whether faults can be ordered. */
  readonly unsigned: boolean
  readonly faults: boolean
  readonly isDemo: boolean
}

function readRequest(input: CommandInput): Result<ServeRequest, Failure> {
  const url = required(input, 'db', `centre serve ${SYNOPSIS}`)
  if (!url.ok) return url
  const port = input.text('port') ?? String(PORT)
  if (!/^\d{1,5}$/.test(port) || Number(port) > PORT_MAX) {
    return badInput('bad-port', `--port: "${port}" must be a number from 0 to ${PORT_MAX}; 0 takes any that is free`)
  }
  const [key, cert] = [input.text('tls-key'), input.text('tls-cert')]
  if ((key === undefined) !== (cert === undefined)) return badInput('tls-incomplete', '--tls-key and --tls-cert: give both or neither')
  const level = LEVELS.find((each) => each === (input.text('log') ?? 'warn'))
  if (level === undefined) return badInput('bad-log-level', `--log: must be one of ${LEVELS.join(', ')}`)
  return ok({
    url: url.value,
    host: input.text('host') ?? HOST,
    port: Number(port),
    tls: key === undefined || cert === undefined ? undefined : { key, cert },
    level,
    unsigned: input.flag('unsigned'),
    faults: input.flag('faults'),
    isDemo: input.flag('demo')
  })
}

async function serve(request: ServeRequest, terminal: Terminal): Promise<Outcome> {
  const free = await addressFree(request)
  if (!free.ok) return free
  // Read when they are needed: no other command waits for a server and its drivers.
  const { wireCentre } = await import('../../centre/wire-centre.ts')
  const { centreLog } = await import('../../centre/log.ts')
  const { unpackBeside } = await import('../../centre/unpack/beside.ts')
  const { keepBatchesYoung } = await import('../../centre/young-batches.ts')
  const { mainThreadFirst } = await import('../../host/main-thread-first.ts')
  keepBatchesYoung()
  mainThreadFirst()
  const beside = unpackBeside()
  const { url, tls, unsigned } = request
  const adminToken = request.faults ? toHex(terminal.entropy.bytes(TOKEN_BYTES)) : undefined
  const { fixtures } = terminal
  const options: CentreOptions = { url, tls, fixtures, version: programVersion(terminal), log: centreLog(request.level), national: { unsigned, adminToken }, unpack: beside.unpack, breath: () => nextTurn() }
  const wired = await wireCentre(options)
  if (!wired.ok) return wireFailure(wired.error)
  const centre = wired.value
  try {
    const demo = request.isDemo ? await demonstrate(centre, terminal) : ok(undefined)
    if (!demo.ok) return demo
    const address = await listen(centre, request)
    if (!address.ok) return address
    const stopped = terminal.untilStopped()
    terminal.announce(readyOutput(address.value, request, { demo: demo.value, adminToken }))
    await stopped
    return ok(NOTHING_MORE)
  } finally {
    await centre.close()
    await beside.close()
  }
}

interface Demo {
  readonly added: SeedReport
  readonly code: EnrolmentCode
  readonly gateway: NationalKey
}

async function demonstrate({ ports }: WiredCentre, { fixtures, entropy, clock }: Terminal): Promise<Result<Demo, Failure>> {
  const { seedCentre } = await import('../../centre/seed.ts')
  const { makeEnrolmentCode } = await import('../../../settlement/centre/enrol/enrol.ts')
  const { makeNationalKey } = await import('../../../settlement/centre/national/gateway/keys.ts')
  const added = await seedCentre(ports.database, { fixtures, entropy, today: clock().today })
  if (!added.ok) return asBadInput(added)
  const code = await makeEnrolmentCode(ports, DEMO_INSTITUTION)
  const gateway = await makeNationalKey(ports.database.db, DEMO_INSTITUTION, entropy, ports.clock())
  if (!code.ok || !gateway.ok) return badInput('institution-unknown', `the fixtures name no institution ${DEMO_INSTITUTION}`)
  return ok({ added: added.value, code: code.value, gateway: gateway.value })
}

const listen = (centre: WiredCentre, request: ServeRequest): Promise<Result<string, Failure>> => listening(request, () => centre.listen(request))

/** Tried before there is a database: a centre that cannot be reached leaves none behind. */
function addressFree(request: ServeRequest): Promise<Result<null, Failure>> {
  return listening(request, async () => {
    const door = createServer()
    door.listen(request.port, request.host)
    await once(door, 'listening')
    door.close()
    await once(door, 'close')
    return null
  })
}

async function listening<Value>({ host, port }: ServeRequest, work: () => Promise<Value>): Promise<Result<Value, Failure>> {
  try {
    return ok(await work())
  } catch (cause) {
    if (!(cause instanceof Error && 'code' in cause)) throw cause
    if (cause.code === 'EADDRINUSE') return fault('port-taken', `--port: ${port} of ${host} is taken by another program`)
    return fault('cannot-listen', `--host ${host} --port ${port}: ${cause.message}`)
  }
}

interface Ready {
  readonly demo: Demo | undefined
  readonly adminToken: string | undefined
}

function readyOutput(address: string, { tls, host, unsigned }: ServeRequest, { demo, adminToken }: Ready): Output {
  const isPlain = tls === undefined && !['127.0.0.1', '::1', 'localhost'].includes(host)
  const lines = [
    ...(demo === undefined ? [] : [seedText(demo.added)]),
    `centre 医保中心 ${address}`,
    `national interface 国家接口 POST ${address}/national`,
    ...(isPlain ? ['no TLS: only for a network whose every machine you trust; see --tls-key (未加密)'] : []),
    ...(unsigned ? ['unsigned: the national interface takes calls without a signature (未验签)'] : []),
    ...(adminToken === undefined ? [] : [`faults 故障 POST ${address}/sandbox/faults, authorization: Bearer ${adminToken}`]),
    ...(demo === undefined ? [] : [codeOutput(demo.code).text, keyOutput(demo.gateway, DEMO_INSTITUTION).text])
  ]
  const demonstrated = demo && { added: demo.added, enrolment: codeOutput(demo.code).json, gateway: keyOutput(demo.gateway, DEMO_INSTITUTION).json }
  return {
    text: lines.join('\n'),
    json: { address, national: `${address}/national`, ...(adminToken === undefined ? {} : { faults_token: adminToken }), ...demonstrated }
  }
}

function wireFailure(refusal: WireRefusal): { readonly ok: false; readonly error: Failure } {
  switch (refusal.kind) {
    case 'database':
      return centreFailure(refusal.refusal)
    case 'file':
      return badInput(refusal.problem.kind, refusal.problem.message, refusal.problem.details)
    case 'tls':
      return badInput('tls', `--tls-key, --tls-cert: ${refusal.detail}`)
    default:
      return never(refusal)
  }
}

function programVersion({ fixtures }: Terminal): string {
  const program: unknown = JSON.parse(readFileSync(join(fixtures, '..', 'package.json'), 'utf8'))
  return typeof program === 'object' && program !== null && 'version' in program ? String(program.version) : ''
}
