/**
 * A centre that answers the national interface over real HTTP, and a hospital's software that calls it: envelopes, signatures
 * and files as a vendor writes them, from the field list alone.
 */

import { createHmac } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { date } from '../../settlement/calendar/business-date.ts'
import type { CentreMoment, CentrePorts } from '../../settlement/centre/ports.ts'
import { makeNationalKey, type NationalKey } from '../../settlement/centre/national/gateway/keys.ts'
import { parseProfiles, type Profile } from '../../settlement/centre/national/profile/profile.ts'
import { registerNational } from '../../settlement/centre/national/routes.ts'
import { centreApp } from '../../settlement/centre/serve/centre-app.ts'
import type { CentreDatabase } from '../../settlement/centre/store/centre-database.ts'
import { registerCards } from '../../settlement/centre/record/cards.ts'
import { insertRows } from '../../settlement/centre/store/insert-rows.ts'
import { openCentre } from '../../settlement/centre/store/open-centre.ts'
import type { CardRow, CentreSchema, InsuranceRow } from '../../settlement/centre/store/schema.ts'
import { fakeAuthority } from './fake-authority.ts'

const fixture = (path: string): string => readFileSync(new URL(`../../fixtures/${path}`, import.meta.url), 'utf8')

export const HOSPITAL = { code: 'H99999900001', name: '测试第一医院', region: '999999' }
export const PHARMACY = { code: 'P99999900002', name: '测试药店', region: '999999' }
/** In a place that follows another profile. */
export const ELSEWHERE = { code: 'H50010000001', name: '测试区外医院', region: '500100' }

/** In service, account 2760.00; resident without account; in service, suspended since 2026-02-01, account 100.00; insured in Yangzhou. */
export const EMPLOYEE = { psn_no: 'P0001', certno: '000000199001010018', card_sn: 'AA'.repeat(16) }
export const RESIDENT = { psn_no: 'P0002', certno: '00000019820730034X', card_sn: 'BB'.repeat(16) }
export const SUSPENDED = { psn_no: 'P0003', certno: '000000198303031362', card_sn: 'CC'.repeat(16) }
export const OFF_SITE = { psn_no: 'P0004', certno: '000000195503120227', card_sn: 'DD'.repeat(16) }

export const profiles = (): readonly Profile[] => {
  const folder = new URL('../../fixtures/national/', import.meta.url)
  const parsed = parseProfiles(readdirSync(folder).toSorted().map((name): unknown => JSON.parse(fixture(`national/${name}`))))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

/** Moves when it is told to, and a second with every look that asks for a new msgid. */
export class TestClock {
  #epochMs = Date.UTC(2026, 2, 15, 1, 0, 0)

  readonly now = (): CentreMoment => {
    const time = new Date(this.#epochMs + 8 * 3_600_000).toISOString().replaceAll(/\D/g, '').slice(0, 14)
    return { time, today: date(`${time.slice(0, 4)}-${time.slice(4, 6)}-${time.slice(6, 8)}`), epochMs: this.#epochMs }
  }

  forward(seconds: number): void {
    this.#epochMs += seconds * 1000
  }
}

export interface NationalCentre {
  readonly database: CentreDatabase
  readonly address: string
  readonly clock: TestClock
  readonly adminToken: string
  readonly keys: ReadonlyMap<string, NationalKey>
  stop(): Promise<void>
}

export interface NationalCentreOptions {
  /** Default: SQLite in a new file. */
  readonly url?: string
  readonly unsigned?: boolean
  readonly institutions?: readonly (typeof HOSPITAL)[]
}

export async function startNationalCentre({ url, unsigned = false }: NationalCentreOptions = {}): Promise<NationalCentre> {
  const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'national-'))
  const opened = await openCentre(url ?? `sqlite:${join(folder, 'centre.db')}`)
  if (!opened.ok) throw new Error(JSON.stringify(opened.error))
  const database = opened.value
  await seed(database)
  const clock = new TestClock()
  let drawn = 0
  const entropy = { bytes: (length: number) => Uint8Array.from({ length }, () => (drawn = (drawn * 131 + 89) % 251)) }
  const ports: CentrePorts = { database, authority: fakeAuthority, clock: clock.now, entropy, log: SILENT }
  const adminToken = 'token of the test'
  const app = centreApp(ports, {
    areas: [(scope) => registerNational(scope, { ...ports, profiles: profiles(), wait, unsigned, adminToken })],
    version: 'test'
  })
  const keys = new Map<string, NationalKey>()
  for (const { code } of [HOSPITAL, PHARMACY, ELSEWHERE]) {
    const key = await makeNationalKey(database.db, code, entropy, clock.now())
    if (key.ok) keys.set(code, key.value)
  }
  const address = await app.listen({ host: '127.0.0.1', port: 0 })
  return {
    database,
    address,
    clock,
    adminToken,
    keys,
    stop: async () => {
      const closed = app.close()
      // A client that hung up has begun a connection that it will not use.
      app.server.closeAllConnections()
      await closed
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    }
  }
}

const wait = (milliseconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, milliseconds))

const SILENT = { info: () => undefined, warn: () => undefined, error: () => undefined }

const region = (name: string, code: string) => ({ region: code, version: '1', document: fixture(`regions/${name}`) })

async function seed(database: CentreDatabase): Promise<void> {
  await database.write(async (db) => {
    await insertRows(db, 'institution', [
      { fixmedins_code: HOSPITAL.code, fixmedins_name: HOSPITAL.name, kind: 'hospital', level: 2, region: HOSPITAL.region },
      { fixmedins_code: PHARMACY.code, fixmedins_name: PHARMACY.name, kind: 'pharmacy', level: null, region: PHARMACY.region },
      { fixmedins_code: ELSEWHERE.code, fixmedins_name: ELSEWHERE.name, kind: 'hospital', level: 2, region: ELSEWHERE.region }
    ])
    await insertRows(db, 'policy', [region('999999-test.json', '999999'), region('321000-yangzhou-2023.json', '321000')])
    await insertRows(db, 'catalogue', [{ version: '1', document: fixture('catalogue/demo.json') }])
    await insertRows(db, 'person', [
      person(EMPLOYEE, '测试一', '1', '1990-01-01'),
      person(RESIDENT, '测试三', '2', '1982-07-30'),
      person(SUSPENDED, '测试四', '2', '1983-03-03'),
      person(OFF_SITE, '测试二', '2', '1955-03-12')
    ])
    await insertRows(db, 'insurance', [
      insurance(EMPLOYEE, { balc: 276_000 }),
      insurance(RESIDENT, { insutype: '390', psn_type: '15' }),
      insurance(SUSPENDED, { psn_insu_stas: '2', paus_insu_date: '2026-02-01', balc: 10_000 }),
      insurance(OFF_SITE, { psn_type: '12', insuplc_admdvs: '321000', balc: 300_000 })
    ])
    await registerCards(db, [EMPLOYEE, RESIDENT, SUSPENDED, OFF_SITE].map(card))
    await insertRows(db, 'filing', [
      { psn_no: EMPLOYEE.psn_no, kind: 'chronic-disease', code: 'M03900', name: '高血压(测试)', begndate: '2025-01-01', enddate: null, fixmedins_code: null }
    ])
  })
}

const person = ({ psn_no, certno }: typeof EMPLOYEE, psn_name: string, gend: string, brdy: string): CentreSchema['person'] => ({
  psn_no,
  certno,
  psn_cert_type: '01',
  psn_name,
  gend,
  naty: '01',
  brdy
})

const insurance = ({ psn_no }: typeof EMPLOYEE, changes: Partial<InsuranceRow>): InsuranceRow => ({
  psn_no,
  insutype: '310',
  insuplc_admdvs: '999999',
  psn_type: '11',
  psn_insu_stas: '1',
  psn_insu_date: '2015-01-01',
  paus_insu_date: null,
  cvlserv_flag: '0',
  emp_name: '测试单位',
  balc: 0,
  ...changes
})

const card = ({ psn_no, card_sn }: typeof EMPLOYEE): CardRow => ({
  card_id: card_sn,
  psn_no,
  region: '999999',
  card_factor: '0'.repeat(16),
  algorithm: 'SM4',
  purse: 'SSC-LB002',
  issued_balance: 0,
  issued_serial: 0,
  activated: 1,
  lost: null,
  lost_since: null,
  balance: 0,
  load_serial: 0
})

/** Fields of a node: all of them texts. */
export type Row = Readonly<Record<string, string>>

type Setlinfo = Row & Readonly<Record<'setl_id' | 'mdtrt_id' | 'medfee_sumamt' | 'fund_pay_sumamt' | 'acct_pay' | 'medins_setl_id', string>>

/** What the transactions answer with; each gives its own part of it. */
export interface Answered {
  readonly mdtrt_id: string
  readonly file_qury_no: string
  readonly filename: string
  readonly data_cnt: string
  readonly recordCounts: string
  readonly pages: string
  readonly lastPage: boolean
  readonly stmt_rslt: string
  readonly stmt_rslt_dscr: string
  readonly in: string
  readonly signinoutb: Row & Readonly<Record<'sign_no', string>>
  readonly stmtinfo: Row
  readonly baseinfo: Row
  readonly setlinfo: Setlinfo
  readonly insuinfo: readonly Row[]
  readonly trtinfo: readonly Row[]
  readonly mdtrtinfo: readonly Row[]
  readonly result: readonly Row[]
  readonly setldetail: readonly Row[]
  readonly detlcutinfo: readonly Row[]
  readonly data: readonly Row[]
  readonly cuminfo: readonly Row[]
  readonly feedetail: readonly Row[]
}

export interface Answer {
  readonly infcode: number
  readonly err_msg: string
  readonly warn_msg: string
  readonly inf_refmsgid: string
  readonly refmsg_time: string
  readonly respond_time: string
  readonly output: Answered
}

export interface CallOptions {
  readonly msgid?: string
  readonly fault?: string
  readonly insuplc?: string
  readonly envelope?: Readonly<Record<string, unknown>>
  readonly headers?: Readonly<Record<string, string>>
  readonly path?: string
}

/** One institution's software. */
export class Vendor {
  readonly #centre: NationalCentre
  readonly #place: typeof HOSPITAL
  #serial = 0
  signNo = ''

  constructor(centre: NationalCentre, place = HOSPITAL) {
    this.#centre = centre
    this.#place = place
  }

  nextMsgid(): string {
    this.#serial += 1
    return `${this.#place.code}${this.#centre.clock.now().time}${String(this.#serial).padStart(4, '0')}`
  }

  envelope(infno: string, input: unknown, { msgid = this.nextMsgid(), insuplc = '', envelope = {} }: CallOptions = {}): Record<string, unknown> {
    const { time } = this.#centre.clock.now()
    return {
      infno,
      msgid,
      mdtrtarea_admvs: this.#place.region,
      insuplc_admdvs: insuplc,
      recer_sys_code: 'CARESETTLE',
      dev_no: '',
      dev_safe_info: '',
      cainfo: '',
      signtype: '',
      infver: 'V1.0',
      opter_type: '1',
      opter: '0001',
      opter_name: '测试员',
      inf_time: `${time.slice(0, 4)}-${time.slice(4, 6)}-${time.slice(6, 8)} ${time.slice(8, 10)}:${time.slice(10, 12)}:${time.slice(12, 14)}`,
      fixmedins_code: this.#place.code,
      fixmedins_name: this.#place.name,
      sign_no: this.signNo,
      input,
      ...envelope
    }
  }

  headers(name: string): Record<string, string> {
    const key = this.#centre.keys.get(this.#place.code)
    const signed: Record<string, string> = {
      _api_name: name,
      _api_version: '1.0.0',
      _api_timestamp: String(this.#centre.clock.now().epochMs),
      _api_access_key: key?.accessKey ?? ''
    }
    const text = Object.keys(signed).toSorted().map((header) => `${header}=${signed[header]}`).join('&')
    return { ...signed, _api_signature: createHmac('sha1', key?.secret ?? '').update(text).digest('base64'), 'content-type': 'application/json' }
  }

  send(infno: string, input: unknown, options: CallOptions = {}): Promise<Response> {
    const { fault, headers = {}, path = '/national' } = options
    return fetch(`${this.#centre.address}${path}`, {
      method: 'POST',
      headers: { ...this.headers(infno), ...(fault === undefined ? {} : { 'x-caresettle-fault': fault }), ...headers },
      body: JSON.stringify(this.envelope(infno, input, options))
    })
  }

  async call(infno: string, input: unknown, options: CallOptions = {}): Promise<Answer> {
    const response = await this.send(infno, input, options)
    return (await response.json()) as Answer
  }

  /** The same, which must be accepted: its output. */
  async done(infno: string, input: unknown, options: CallOptions = {}): Promise<Answered> {
    const answer = await this.call(infno, input, options)
    if (answer.infcode !== 0) throw new Error(`${infno}: ${answer.err_msg}`)
    return answer.output
  }

  async signIn(): Promise<void> {
    const output = await this.done('9001', { signIn: { opter_no: '0001', mac: '00-00-00-00-00-00', ip: '127.0.0.1' } })
    this.signNo = output.signinoutb.sign_no
  }
}
