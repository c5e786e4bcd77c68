/**
 * A till for tests of the centre: real claims under real rules, a chain as a ledger writes it, batches as a terminal sends
 * them. Cards are purses in memory whose codes the stand-in authority below can tell from others.
 */

import { hash } from 'node:crypto'
import { invariant } from '../../base/invariant.ts'
import { batchHash } from '../../settlement/batch/encode-batch.ts'
import { NO_BATCH, type BatchHead, type ChainLink } from '../../settlement/batch/batch.ts'
import { calculate } from '../../settlement/calculation/calculate.ts'
import type { Counters } from '../../settlement/calculation/counters.ts'
import { policyYear } from '../../settlement/calendar/business-date.ts'
import { debitAmounts } from '../../settlement/case/debit-amounts.ts'
import type { CardAuthority, IssuedCard, LoadInitialised, SignedDebit } from '../../settlement/centre/ports.ts'
import { extend, GENESIS, type Head } from '../../settlement/ledger/chain.ts'
import { encodeFact } from '../../settlement/ledger/fact-encoding.ts'
import type { Fact, FactOf, Hold } from '../../settlement/ledger/fact.ts'
import { addCounters, reverse } from '../../settlement/ledger/journal.ts'
import { fen, formatFen, subtract, type Fen } from '../../settlement/money/fen.ts'
import type { CompiledPolicy } from '../../settlement/policy/compile-policy.ts'
import type { ClaimInput } from '../../settlement/wire/claim-schema.ts'
import { parseClaim } from '../../settlement/wire/parse-claim.ts'
import { readableBatch } from './readable-batch.ts'

export interface TestCard {
  readonly issued: IssuedCard
  readonly certno: string
  readonly brdy: string
  readonly psnType: string
  readonly insutype: string
  balance: Fen
  serial: number
}

/** Codes that only who knows all of it can make, as a MAC is; nothing of a real card. */
const code = (...parts: readonly unknown[]): string => hash('sha256', JSON.stringify(parts), 'hex').slice(0, 8).toUpperCase()

export const debitCode = ({ cardId }: IssuedCard, { account, own, pooled, terminalNo, terminalSerial, time }: SignedDebit): string =>
  code('debit', cardId, account, own, pooled, terminalNo, terminalSerial, time)
const loadCode = (what: string, { cardId }: IssuedCard, load: LoadInitialised, time: string): string =>
  code(what, cardId, load.balance, load.amount, load.loadSerial, load.terminalNo, time)

export const standInAuthority: CardAuthority = {
  verifyDebit: (card, debit, tac) => debitCode(card, debit) === tac,
  verifyLoadRequest: (card, load) => loadCode('mac1', card, { ...load, mac1: '' }, '') === load.mac1,
  signLoad: (card, load, time) => loadCode('mac2', card, load, time),
  verifyLoadTac: (card, load, time, tac) => loadCode('tac', card, load, time) === tac
}

export const loadTac = (card: IssuedCard, load: LoadInitialised, time: string): string => loadCode('tac', card, load, time)
export const loadMac1 = (card: IssuedCard, load: LoadInitialised): string => loadCode('mac1', card, { ...load, mac1: '' }, '')

export interface TillOptions {
  readonly terminal: string
  readonly institution: string
  readonly terminalNo: string
  readonly policy: CompiledPolicy
  /** What each card signs; default: the stand-in's code. */
  readonly tacOf?: (card: TestCard, debit: SignedDebit) => string
}

export interface Sale {
  readonly card: TestCard
  /** 14 digits. */
  readonly time: string
  readonly visitNo?: string
  readonly lines?: ClaimInput['lines']
  /** Of the claim, instead of what the till would write. */
  readonly claim?: Partial<ClaimInput>
  /** What is written down instead of what is right: the forger's hand. */
  readonly forge?: (hold: FactOf<'hold'>) => FactOf<'hold'>
  readonly forgePosting?: (posting: FactOf<'posting'>) => FactOf<'posting'>
}

export interface Sold {
  readonly hold: FactOf<'hold'>
  readonly holdSequence: number
  readonly postingSequence: number
}

export const LINES: ClaimInput['lines'] = [
  { feedetl_sn: '1', med_list_codg: 'XA02BCA099A001010199999', name: '测试药品甲', chrgitm_lv: '01', pric: '300.00', cnt: '2' },
  { feedetl_sn: '2', med_list_codg: 'XB03BCA099A001010199999', name: '测试药品乙', chrgitm_lv: '02', pric: '100.00', cnt: '1', selfpay_prop: '0.10' },
  { feedetl_sn: '3', med_list_codg: 'XC04BCA099A001010199999', name: '测试药品丙', chrgitm_lv: '03', pric: '20.00', cnt: '1' }
]

export class TestTill {
  readonly options: TillOptions
  #head: Head = GENESIS
  readonly #links: ChainLink[] = []
  readonly #counters = new Map<string, Counters>()
  #terminalSerial = 0
  #sent = 0
  #batch = { number: 0, hash: NO_BATCH }

  constructor(options: TillOptions) {
    this.options = options
  }

  get links(): readonly ChainLink[] {
    return this.#links
  }

  append(fact: Fact): number {
    const content = encodeFact(fact)
    this.#head = extend(this.#head, content)
    this.#links.push({ sequence: this.#head.sequence, hash: Buffer.from(this.#head.hash).toString('hex'), content })
    return this.#head.sequence
  }

  /** Hold and posting, the card debited. */
  settle(sale: Sale): Sold {
    const hold = this.hold(sale)
    const holdSequence = this.append(hold)
    const posting = this.#posting(sale, hold, holdSequence)
    const postingSequence = this.append(posting)
    this.#count(hold, hold.counters)
    return { hold, holdSequence, postingSequence }
  }

  hold({ card, time, visitNo = `V${this.options.terminal.slice(-2)}-${this.#head.sequence + 1}`, lines = LINES, claim: changes = {}, forge = (hold) => hold }: Sale): FactOf<'hold'> {
    const { policy, institution, terminalNo } = this.options
    const key = this.#keyOf(card, time)
    const claim: ClaimInput = {
      insutype: '310',
      psn_type: card.psnType,
      brdy: card.brdy,
      insuplc_admdvs: policy.policy.region,
      mdtrt_id: visitNo,
      fixmedins_code: institution,
      institution: { level: 2, kind: 'hospital' },
      med_type: '11',
      begntime: `${time.slice(0, 4)}-${time.slice(4, 6)}-${time.slice(6, 8)}`,
      acct_used_flag: '1',
      account: { current_year: formatFen(card.balance) },
      accumulators: Object.fromEntries(Object.entries(this.#countersOf(key)).map(([name, amount]) => [name, formatFen(amount)])),
      lines,
      ...changes
    }
    const parsed = parseClaim(claim)
    invariant(parsed.ok, parsed.ok ? '' : JSON.stringify(parsed.error))
    const calculated = calculate(policy, parsed.value)
    invariant(calculated.ok, calculated.ok ? '' : JSON.stringify(calculated.error))
    const { amounts, counters, lines: computed } = calculated.value
    this.#terminalSerial += 1
    const rest: Hold = {
      settlementId: this.#madeId(time),
      visit: { institution, visitNo },
      personNo: card.certno,
      insuranceType: parsed.value.facts.insutype,
      policyYear: policyYear(parsed.value.begins, policy.policy.policy_year_begins),
      medType: parsed.value.facts.medType,
      personType: parsed.value.facts.psnType,
      policy: { id: policy.policy.region, version: policy.policy.version },
      amounts,
      lines: computed.map(({ line, lineNo, amount, ownPay, overCeiling, prePay, inScope }) => ({
        lineNo,
        itemCode: line.medListCodg ?? '',
        itemName: line.name ?? '',
        amount,
        ownPay,
        overCeiling,
        prePay,
        inScope
      })),
      counters,
      intent: {
        cardId: card.issued.cardId,
        serialBefore: card.serial,
        balanceBefore: card.balance,
        terminalNo,
        terminalSerial: this.#terminalSerial,
        time,
        amounts: debitAmounts(amounts, 'on-card')
      },
      claim: new TextEncoder().encode(JSON.stringify(claim)),
      result: new TextEncoder().encode(`result of ${visitNo}`),
      heldAt: time
    }
    return forge({ kind: 'hold', ...rest })
  }

  correct({ hold, holdSequence }: Sold, time: string): { readonly correctionId: string; readonly sequence: number } {
    const correctionId = this.#madeId(time)
    const sequence = this.append({
      kind: 'correction',
      correctionId,
      settlementId: hold.settlementId,
      hold: holdSequence,
      reason: '测试退费',
      correctedAt: time
    })
    this.#count(hold, reverse(hold).counters)
    return { correctionId, sequence }
  }

  /** The facts that have not been sent, at most `count` of them; the next call makes the next batch. */
  batch(time: string, count = this.#links.length - this.#sent, change: (head: BatchHead) => BatchHead = (head) => head): Uint8Array {
    const links = this.#links.slice(this.#sent, this.#sent + count)
    const head = change({
      version: 1,
      terminal: this.options.terminal,
      number: this.#batch.number + 1,
      previous: this.#batch.hash,
      first: this.#sent + 1,
      count: links.length,
      madeAt: time
    })
    const bytes = readableBatch(head, links)
    this.#sent += links.length
    this.#batch = { number: head.number, hash: batchHash(bytes) }
    return bytes
  }

  #posting({ card, time, forgePosting = (posting) => posting }: Sale, hold: FactOf<'hold'>, holdSequence: number): FactOf<'posting'> {
    const { tacOf = ({ issued }, debit) => debitCode(issued, debit) } = this.options
    const { intent } = hold
    const tac = tacOf(card, { ...intent.amounts, terminalNo: intent.terminalNo, terminalSerial: intent.terminalSerial, time: intent.time })
    card.serial += 1
    card.balance = subtract(card.balance, intent.amounts.account)
    return forgePosting({
      kind: 'posting',
      settlementId: hold.settlementId,
      hold: holdSequence,
      evidence: { source: 'debit-answer', tac, mac2: '00000000', serialAfter: card.serial, balanceAfter: card.balance },
      postedAt: time
    })
  }

  /** Two windows of one institution in one second make two numbers. */
  #madeId(time: string): string {
    return `${this.options.institution}${time}${this.options.terminal.slice(-2)}${String(this.#head.sequence + 1).padStart(5, '0')}`
  }

  #keyOf({ certno, insutype }: TestCard, time: string): string {
    return `${certno} ${insutype} ${time.slice(0, 4)}`
  }

  #countersOf(key: string): Counters {
    return this.#counters.get(key) ?? {}
  }

  #count({ personNo, insuranceType, policyYear: year }: Hold, moves: Counters): void {
    const key = `${personNo} ${insuranceType} ${year}`
    const sum = addCounters(this.#countersOf(key), moves)
    invariant(sum.ok, 'counters of a test stay in range')
    this.#counters.set(key, sum.value)
  }
}

export function testCard(number: number, changes: Partial<TestCard> = {}): TestCard {
  const digits = String(number).padStart(4, '0')
  return {
    issued: {
      cardId: `999999D1560000050000${digits}E3D8${digits}`,
      region: '999999',
      cardFactor: `00000000${digits}${digits}`,
      algorithm: 'DES',
      purse: 'SSC-LB002'
    },
    certno: `99999919900101${digits}`,
    brdy: '1990-01-01',
    psnType: '11',
    insutype: '310',
    balance: fen(300_000),
    serial: 0,
    ...changes
  }
}
