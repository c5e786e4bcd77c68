/**
 * A till that is enrolled like any other, and whose program is somebody else's: it signs what it asks, and asks for what is not its
 * own. Settlements of others taken back, loads of others voided or signed, codes used twice, facts that it never sent. Nothing of
 * it may be granted.
 */

import { createHash, createPrivateKey, createPublicKey, sign, type KeyObject } from 'node:crypto'
import { zstdDecompressSync } from 'node:zlib'
import type { Centre } from './centre.ts'
import type { Coverage } from './coverage.ts'
import type { BackOffice } from './faces.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'

export interface RoguePorts {
  readonly centre: Centre
  readonly office: Pick<BackOffice, 'enrolmentCode'>
  readonly institution: string
  readonly random: Random
  readonly scheduler: Scheduler
  readonly coverage: Coverage
  /** Something was granted that must not be. */
  readonly granted: (what: string) => void
}

/** Ed25519, PKCS8: what stands before the 32 bytes of a private key. */
const PKCS8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const REFUSED = 400
const CODE_GOOD_MS = 25 * 3_600_000

interface Ask {
  readonly path: string
  readonly body: object | Uint8Array
}

export class Rogue {
  readonly #ports: RoguePorts
  readonly #key: KeyObject
  #terminal: string | undefined
  #code = ''
  #unused: { readonly code: string; readonly since: number } | undefined

  constructor(ports: RoguePorts) {
    this.#ports = ports
    this.#key = keyOf(ports.random.bytes(32))
  }

  /** One thing at a time; undefined answers mean that the centre is away. */
  async asks(): Promise<void> {
    const { centre, random } = this.#ports
    if (!centre.alive) return
    this.#terminal ??= await this.#enrol()
    const ask = await random.pick([this.#reverses, this.#retries, this.#loads, this.#voids, this.#sends, this.#enrolsAgain])()
    if (ask === undefined) return
    const answer = await this.#ask(ask)
    if (answer !== undefined && answer < REFUSED) this.#ports.granted(`${ask.path} was answered ${answer}: ${JSON.stringify(ask.body).slice(0, 200)}`)
  }

  async #enrol(): Promise<string | undefined> {
    const { office, centre, institution, scheduler } = this.#ports
    const code = await office.enrolmentCode(institution)
    const unused = await office.enrolmentCode(institution)
    if (code === undefined || unused === undefined) return undefined
    this.#code = code
    this.#unused = { code: unused, since: scheduler.now }
    const answer = await centre.ask(question('/v1/enrol', {}, bytesOf(enrolment(code, publicKeyOf(this.#key)))))
    if (typeof answer === 'string' || answer.status >= REFUSED) return undefined
    return (JSON.parse(Buffer.from(answer.body).toString('utf8')) as { readonly terminal: string }).terminal
  }

  /** Its own code with another key, its own key with another code, a code that is too old, one that nobody was given. */
  readonly #enrolsAgain = (): Promise<Ask | undefined> => {
    const { random, scheduler } = this.#ports
    const other = publicKeyOf(keyOf(random.bytes(32)))
    const isOld = this.#unused !== undefined && scheduler.now - this.#unused.since > CODE_GOOD_MS
    const drawn = random.pick(isOld ? (['used', 'old', 'old', 'unknown'] as const) : (['used', 'known', 'unknown'] as const))
    const fresh = this.#unused?.code ?? ''
    const [code, key] = { used: [this.#code, other], known: [fresh, publicKeyOf(this.#key)], old: [fresh, other], unknown: ['0000-1111-2222-3333', other] }[drawn] as [string, string]
    return Promise.resolve({ path: '/v1/enrol', body: enrolment(code, key) })
  }

  readonly #reverses = async (): Promise<Ask | undefined> => {
    const id = this.#ports.random.below(4) === 0 ? 'M999999000000' : await this.#anyOf('settlement', 'medins_setl_id')
    return id === undefined ? undefined : { path: '/v1/reversals', body: { medinsSetlId: id, reason: '不是本机的' } }
  }

  readonly #voids = async (): Promise<Ask | undefined> => {
    const id = await this.#anyOf('load', 'load_id')
    return id === undefined ? undefined : { path: '/v1/loads/void', body: { loadId: id } }
  }

  /** With a card of somebody, and without that card. */
  readonly #loads = async (): Promise<Ask | undefined> => {
    const { random } = this.#ports
    const [cardId, creditId] = [await this.#anyOf('card', 'card_id'), await this.#anyOf('credit', 'credit_id')]
    if (creditId === undefined) return undefined
    const offer = {
      cardId: random.below(5) === 0 ? 'F'.repeat(32) : cardId,
      balance: '1.00',
      amount: '10.00',
      loadSerial: random.below(40),
      keyVersion: 1,
      random: Buffer.from(random.bytes(4)).toString('hex').toUpperCase(),
      mac1: Buffer.from(random.bytes(4)).toString('hex').toUpperCase(),
      terminalNo: '999999999999'
    }
    return { path: '/v1/loads', body: { loadId: `R${random.uint32()}`, purpose: { kind: 'credit', creditId }, offer } }
  }

  readonly #retries = (): Promise<Ask> => Promise.resolve({ path: '/v1/facts/retry', body: { sequence: 1 + this.#ports.random.below(50) } })

  /** A batch of another till, to the byte. */
  readonly #sends = async (): Promise<Ask | undefined> => {
    const { centre, random } = this.#ports
    const rows = await centre.office(({ database }) => database.db.selectFrom('batch').select('body').execute())
    return rows === undefined || rows.length === 0 ? undefined : { path: '/v1/batches', body: new Uint8Array(random.pick(rows).body) }
  }

  async #anyOf(table: 'settlement' | 'load' | 'card' | 'credit', column: string): Promise<string | undefined> {
    const { centre, random } = this.#ports
    const rows = await centre.office(({ database }) => database.db.selectFrom(table).select(column as never).where(table === 'settlement' ? ('terminal' as never) : (column as never), 'is not', null).execute())
    const values = (rows ?? []).map((row) => String((row as Readonly<Record<string, unknown>>)[column])).toSorted()
    return values.length === 0 ? undefined : random.pick(values)
  }

  /** Its status; undefined: nobody answered. */
  async #ask({ path, body }: Ask): Promise<number | undefined> {
    const { centre, scheduler } = this.#ports
    const isBatch = body instanceof Uint8Array
    const bytes = isBatch ? body : bytesOf(body)
    const signed = path === '/v1/enrol' ? {} : this.#signed(path, isBatch ? unpacked(bytes) : bytes, scheduler.moment.cardTime)
    const type = isBatch ? { 'content-type': 'application/vnd.caresettle.batch', ...(isPacked(bytes) ? { 'content-encoding': 'zstd' } : {}) } : {}
    const answer = await centre.ask(question(path, { ...signed, ...type }, bytes))
    if (typeof answer === 'string') return undefined
    this.#ports.coverage.hit(`centre-refusal:${refusalIn(answer.body)}`)
    return answer.status
  }

  #signed(path: string, body: Uint8Array, time: string): Readonly<Record<string, string>> {
    const terminal = this.#terminal ?? 'H99999900001-99'
    const digest = createHash('sha256').update(body).digest('hex')
    const text = ['caresettle-1', 'POST', path, terminal, time, digest].join('\n')
    const signature = sign(null, Buffer.from(text), this.#key).toString('base64')
    return { authorization: `CareSettle terminal="${terminal}", time="${time}", signature="${signature}"` }
  }
}

const ZSTD_MAGIC = [0x28, 0xb5, 0x2f, 0xfd]
const isPacked = (bytes: Uint8Array): boolean => ZSTD_MAGIC.every((byte, at) => bytes[at] === byte)

const unpacked = (bytes: Uint8Array): Uint8Array => (isPacked(bytes) ? new Uint8Array(zstdDecompressSync(bytes)) : bytes)

function refusalIn(body: Uint8Array): string {
  try {
    const { error } = JSON.parse(Buffer.from(body).toString('utf8')) as { readonly error?: { readonly kind?: string } }
    return error?.kind ?? 'none'
  } catch (cause) {
    if (cause instanceof SyntaxError) return 'none'
    throw cause
  }
}

const keyOf = (seed: Uint8Array): KeyObject => createPrivateKey({ key: Buffer.concat([PKCS8, seed]), format: 'der', type: 'pkcs8' })

const publicKeyOf = (key: KeyObject): string => createPublicKey(key).export({ format: 'der', type: 'spki' }).toString('base64')

const enrolment = (code: string, publicKey: string): object => ({ code, publicKey, terminalName: '别人的窗口', terminalNumbers: ['999999999999'] })

const bytesOf = (json: object): Uint8Array => new TextEncoder().encode(JSON.stringify(json))

const question = (path: string, headers: Readonly<Record<string, string>>, body: Uint8Array) =>
  ({ method: 'POST', path, headers: { 'content-type': 'application/json', ...headers }, body }) as const
