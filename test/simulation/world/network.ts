/**
 * The link between one till and the centre. A request that has left arrives whether or not its sender still lives; what is lost,
 * late or doubled on the way the till hears as node:http says it (`electron/host/sync/http-request.ts`).
 */

import { ok, refuse, type Result } from '../../../base/result.ts'
import type { HttpAnswer, HttpFailure, HttpRequest } from '../../../electron/host/sync/http-request.ts'
import type { Asked, Question, Reply } from './centre.ts'
import type { FaultBook } from './faults.ts'
import type { Observer } from './observation.ts'
import type { Random } from './random.ts'
import type { Scheduler } from './scheduler.ts'
import type { FaultKind } from './swarm.ts'

export interface LinkPorts {
  readonly terminal: string
  readonly scheduler: Scheduler
  readonly random: Random
  readonly faults: FaultBook
  readonly tell: Observer
  readonly centre: (question: Question) => Promise<Asked>
  /** A number that no other exchange of this world has. */
  readonly number: () => number
}

type Heard = Result<HttpAnswer, HttpFailure>

/** ms of silence after which a till gives up, as it is shipped. */
const SILENCE_MS = 20_000
const WAY_MS = { least: 2, most: 90 }
const LATE_MS_MAX = 90_000

const FAULTS: readonly FaultKind[] = [
  'request-lost',
  'reply-lost',
  'request-twice',
  'request-twice-at-once',
  'request-late',
  'reply-late',
  'reply-malformed',
  'reply-status'
]
const PERSON = '/v1/entitlements?certno='

/** Answers that no centre gives: a portal's page, half a document, another shape, no text at all. */
const FORGED_BODIES: readonly string[] = [
  '<html><body>login</body></html>',
  '',
  '{',
  '[]',
  'null',
  '{"terminal":7,"batch":{"number":"1"}}',
  '{"answers":[{"sequence":-1}],"highest":1e99}',
  '{"error":{"kind":"refused","message":"no"}}',
  `{"version":"1","cards":[${'{"card_id":"00"},'.repeat(5)}null]}`,
  '"\ud800"'
]
const FORGED_STATUS: readonly number[] = [204, 302, 404, 409, 500, 502, 503]
const NO_WAY: readonly string[] = ['ENETUNREACH', 'EHOSTUNREACH', 'ENOTFOUND', 'ETIMEDOUT']

export class Link {
  readonly #ports: LinkPorts
  readonly #people: Random
  #isDown = false

  constructor(ports: LinkPorts) {
    this.#ports = ports
    this.#people = ports.random.fork('people')
  }

  get isDown(): boolean {
    return this.#isDown
  }

  cut(isDown: boolean): void {
    this.#isDown = isDown
  }

  async send(request: HttpRequest): Promise<Heard> {
    const { terminal, tell, number } = this.#ports
    const { method, url, headers, body } = request
    const exchange = number()
    const question = { method, path: `${url.pathname}${url.search}`, headers, body }
    tell({ kind: 'http-request', exchange, terminal, ...question })
    const heard = await this.#heard(request, question, exchange)
    const broken: Heard = request.signal?.aborted === true ? refuse({ reached: false, cause: 'ABORT_ERR' }) : heard.answer
    tell({ kind: 'http-heard', exchange, terminal, status: broken.ok ? broken.value.status : undefined, isForged: heard.isForged })
    return broken
  }

  async #heard(request: HttpRequest, question: Question, exchange: number): Promise<{ readonly answer: Heard; readonly isForged: boolean }> {
    const { scheduler, random, faults, terminal } = this.#ports
    await this.#way()
    if (this.#isDown) {
      await scheduler.sleep(random.between(1, 3_000), `${terminal} finds no way`)
      return { answer: refuse({ reached: false, cause: random.pick(NO_WAY) }), isForged: false }
    }
    request.sent?.()
    const fault = (question.path.startsWith(PERSON) ? faults.draw(this.#people, ['person-unheard'] as const) : undefined) ?? faults.draw(random, FAULTS)
    if (fault === undefined) return { answer: await this.#answered(question, exchange), isForged: false }
    faults.strike(fault, { terminal })
    return this.#struck(fault, question, exchange)
  }

  async #struck(fault: FaultKind, question: Question, exchange: number): Promise<{ readonly answer: Heard; readonly isForged: boolean }> {
    const { scheduler, random, terminal } = this.#ports
    const own = (answer: Heard): { readonly answer: Heard; readonly isForged: boolean } => ({ answer, isForged: false })
    switch (fault) {
      case 'request-lost':
        return own(await this.#silence())
      case 'reply-lost': {
        await this.#asked(question, exchange)
        return own(random.below(2) === 0 ? refuse({ reached: false, cause: 'ECONNRESET' }) : await this.#silence())
      }
      case 'request-twice': {
        const first = await this.#answered(question, exchange)
        const second = await this.#answered(question, exchange)
        return own(random.below(2) === 0 ? first : second)
      }
      case 'request-twice-at-once': {
        const [first, second] = await Promise.all([this.#asked(question, exchange), this.#asked(question, exchange)])
        await this.#way()
        return own(this.#said(random.below(2) === 0 ? first : second))
      }
      case 'request-late': {
        const late = random.between(SILENCE_MS, LATE_MS_MAX)
        scheduler.after(late, `${terminal} is heard late`, () => void this.#asked(question, exchange))
        return own(await this.#silence())
      }
      case 'person-unheard':
      case 'reply-late': {
        await this.#asked(question, exchange)
        return own(await this.#silence())
      }
      case 'reply-malformed':
        return { answer: await this.#malformed(question, exchange), isForged: true }
      case 'reply-status': {
        if (random.below(2) === 0) await this.#asked(question, exchange)
        await this.#way()
        return { answer: ok({ status: random.pick(FORGED_STATUS), headers: {}, body: bytesOf(random.pick(FORGED_BODIES)) }), isForged: true }
      }
      default:
        throw new Error(`${fault} is nothing that happens to a request`)
    }
  }

  /** Somebody else's answer, or the first bytes of the centre's. */
  async #malformed(question: Question, exchange: number): Promise<Heard> {
    const { random } = this.#ports
    const said = random.below(2) === 0 ? await this.#asked(question, exchange) : undefined
    await this.#way()
    if (said === undefined || typeof said === 'string') return ok({ status: 200, headers: { etag: '"x"' }, body: bytesOf(random.pick(FORGED_BODIES)) })
    return ok({ ...said, body: said.body.subarray(0, random.below(said.body.length + 1)) })
  }

  async #answered(question: Question, exchange: number): Promise<Heard> {
    const asked = await this.#asked(question, exchange)
    await this.#way()
    // A link that went down meanwhile brings nothing back.
    return this.#isDown ? this.#silence() : this.#said(asked)
  }

  async #asked(question: Question, exchange: number): Promise<Asked> {
    const asked = await this.#ports.centre(question)
    if (typeof asked !== 'string') this.#ports.tell({ kind: 'http-answered', exchange, terminal: this.#ports.terminal, status: asked.status, body: asked.body })
    return asked
  }

  #said(asked: Asked): Heard {
    if (asked === 'down') return refuse({ reached: true, cause: 'ECONNREFUSED' })
    if (asked === 'died') return refuse({ reached: false, cause: 'ECONNRESET' })
    return ok(copied(asked))
  }

  async #silence(): Promise<Heard> {
    await this.#ports.scheduler.sleep(SILENCE_MS, `${this.#ports.terminal} waited long enough`)
    return refuse({ reached: false, cause: 'timeout' })
  }

  #way(): Promise<void> {
    const { scheduler, random, terminal } = this.#ports
    return scheduler.sleep(random.between(WAY_MS.least, WAY_MS.most), `${terminal} on the wire`)
  }
}

const copied = ({ status, headers, body }: Reply): HttpAnswer => ({ status, headers, body: body.slice() })

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)
