import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { sale } from '../../test/contract/ledger-fixture.ts'
import { anyFact } from '../../test/support/any-fact.ts'
import { contentBatch, framesBatch, readableBatch, readableEntry } from '../../test/support/readable-batch.ts'
import { extend, GENESIS, type Head } from '../ledger/chain.ts'
import { decodeFact } from '../ledger/fact-decoding.ts'
import { encodeFact, encodeFactInEncoding1 } from '../ledger/fact-encoding.ts'
import type { Fact, FactOf } from '../ledger/fact.ts'
import { BATCH_BYTES_MAX, BATCH_FACTS_MAX, NO_BATCH, type BatchHead, type ChainLink } from './batch.ts'
import { describeBatchProblem } from './batch-problem.ts'
import { decodeBatch, hashesOf } from './decode-batch.ts'
import { encodeBatch } from '../../test/support/encode-batch.ts'
import { BatchRoom, batchHash } from './encode-batch.ts'
import { DEPTH_MAX } from './read-content.ts'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const lines = (batch: Uint8Array): string[] => new TextDecoder().decode(batch).trimEnd().split('\n')

function chained(contents: readonly Uint8Array[]): ChainLink[] {
  let head: Head = GENESIS
  return contents.map((content) => {
    head = extend(head, content)
    return { sequence: head.sequence, hash: hex(head.hash), content }
  })
}

const headOf = (links: readonly ChainLink[]): BatchHead => ({
  version: 1,
  terminal: 'H99999900001-01',
  number: 1,
  previous: NO_BATCH,
  first: 1,
  count: links.length,
  madeAt: '20260315101500'
})

const CLAIM = {
  psn_type: '11',
  begntime: '2026-03-15',
  lines: [
    { feedetl_sn: '1', med_list_codg: 'XA01BCD0000001', name: '测试药品甲', chrgitm_lv: '01', pric: '400.00', cnt: '1' },
    { feedetl_sn: '2', med_list_codg: 'XA01BCD0000002', name: '测试药品丙', chrgitm_lv: '03', pric: '20.00', cnt: '1' }
  ]
}
const HOLD: Fact = { kind: 'hold', ...sale(1, { claim: bytes(JSON.stringify(CLAIM)), medType: '41', personType: '11' }) }
const POSTING: FactOf<'posting'> = {
  kind: 'posting',
  settlementId: 'P99999900001000001',
  hold: 1,
  evidence: { source: 'debit-answer', tac: 'a1b2c3d4', mac2: '01020304', serialAfter: 42, balanceAfter: undefined },
  postedAt: '20230915093000'
}
const LINKS = chained([encodeFact(HOLD), encodeFact(POSTING)])
const BATCH = readableBatch(headOf(LINKS), LINKS)
const FRAMES = framesBatch(headOf(LINKS), LINKS)
const POSTED = LINKS[1]?.content ?? new Uint8Array()

/** The frames with their head changed by hand. */
function framesOf(from: string, to: string): Uint8Array {
  const end = FRAMES.indexOf(0x0a)
  const head = new TextDecoder().decode(FRAMES.subarray(0, end))
  expect(head.replace(from, to)).not.toBe(head)
  return Buffer.concat([bytes(head.replace(from, to)), FRAMES.subarray(end)])
}

/** The batch with one line changed by hand. */
function changed(line: number, from: string | RegExp, to: string): Uint8Array {
  const all = lines(BATCH)
  const before = all[line - 1] ?? ''
  all[line - 1] = before.replace(from, to)
  expect(all[line - 1]).not.toBe(before)
  return bytes(`${all.join('\n')}\n`)
}

/** The posting as its content, with something else in it. */
const contentOf = (change: Partial<FactOf<'posting'>>): Uint8Array =>
  changed(3, /"kind".*$/, `"content":"${Buffer.from(encodeFact({ ...POSTING, ...change })).toString('base64')}"}`)

function problem(batch: Uint8Array): string {
  const decoded = decodeBatch(batch)
  return decoded.ok ? 'nothing' : describeBatchProblem(decoded.error)
}

describe('a batch on the wire', () => {
  it('reads like what it says', () => {
    expect(lines(BATCH)[0]).toBe(
      `{"version":1,"terminal":"H99999900001-01","number":1,"previous":"${NO_BATCH}","first":1,"count":2,"madeAt":"20260315101500"}`
    )
    expect(JSON.parse(lines(BATCH)[1] ?? '')).toEqual({
      sequence: 1,
      hash: LINKS[0]?.hash,
      kind: 'hold',
      settlementId: 'P99999900001000001',
      institution: 'P99999900001',
      visitNo: 'V000001',
      personNo: '999999000001',
      insuranceType: '310',
      policyYear: 2023,
      medType: '41',
      personType: '11',
      policy: 'luzhou-employee',
      policyVersion: '2023-09',
      amounts: {
        total: '420.00',
        ownPay: '20.00',
        inScope: '400.00',
        deductible: '150.00',
        hifp_pay: '175.00',
        fundPaid: '175.00',
        personal: '245.00',
        account: '200.00',
        cash: '45.00'
      },
      counters: { act_pay_dedc: '150.00', hifp_pay: '175.00' },
      intent: {
        cardId: '9999990000000001',
        serialBefore: 41,
        balanceBefore: '500.00',
        terminalNo: '999999000001',
        terminalSerial: 1,
        time: '20230915093000',
        account: '200.00',
        own: '245.00',
        pooled: '175.00'
      },
      resultHash: '30a2a381d3406c51ae634d25e52352174c388a43021e03b15e8ac288c36473fd',
      heldAt: '20230915093000',
      lines: [
        ['400.00', '0.00', '0.00', '0.00', '400.00'],
        ['20.00', '20.00', '0.00', '0.00', '0.00']
      ],
      claim: CLAIM
    })
  })

  it('names a line of the bill that the claim names otherwise', () => {
    const other = { ...HOLD, claim: bytes(JSON.stringify({ ...CLAIM, lines: CLAIM.lines.toReversed() })) }
    const [link] = chained([encodeFact(other)])
    const written: unknown = JSON.parse(readableEntry(link ?? { sequence: 0, hash: '', content: new Uint8Array() }))
    expect(written).toHaveProperty('lines', [
      ['1', 'XA01BCD0000001', '测试药品甲', '400.00', '0.00', '0.00', '0.00', '400.00'],
      ['2', 'XA01BCD0000002', '测试药品丙', '20.00', '20.00', '0.00', '0.00', '0.00']
    ])
  })

  it('says the same with a fact as its content', () => {
    const [hold] = LINKS
    expect(lines(contentBatch(headOf(LINKS), LINKS))[1]).toBe(
      `{"sequence":1,"hash":"${hold?.hash}","content":"${Buffer.from(hold?.content ?? []).toString('base64')}"}`
    )
    expect(decodeBatch(contentBatch(headOf(LINKS), LINKS))).toEqual(decodeBatch(BATCH))
  })

  it('a terminal of ours sends what its ledger keeps: a head line, and each content behind its length', () => {
    const [hold, posting] = LINKS
    const [one, two] = [hold?.content ?? new Uint8Array(), posting?.content ?? new Uint8Array()]
    const head = `{"version":2,"terminal":"H99999900001-01","number":1,"previous":"${NO_BATCH}","first":1,"count":2,"madeAt":"20260315101500","chain":["${NO_BATCH}","${posting?.hash}"]}\n`
    expect([two.length, one.length]).toEqual([95, 749])
    expect(hex(framesBatch(headOf(LINKS), LINKS))).toBe(`${hex(bytes(head))}000002ed${hex(one)}0000005f${hex(two)}`)
    const [frames, readable] = [decodeBatch(framesBatch(headOf(LINKS), LINKS)), decodeBatch(BATCH)]
    expect(frames.ok && readable.ok && frames.value.entries).toEqual(readable.ok && readable.value.entries)
  })

  it('frames whose hashes were computed before are read by these, which must come to the end that is stated', () => {
    const hashes = hashesOf(FRAMES) ?? ''
    expect(hashes).toBe(`${LINKS[0]?.hash}${LINKS[1]?.hash}`)
    expect(decodeBatch(FRAMES, hashes)).toEqual(decodeBatch(FRAMES))
    const other = decodeBatch(FRAMES, `${LINKS[0]?.hash}${NO_BATCH}`)
    expect(!other.ok && describeBatchProblem(other.error)).toBe('line 3, chain: must be the hash that the facts come to')
    const fewer = decodeBatch(FRAMES, LINKS[0]?.hash ?? '')
    expect(!fewer.ok && describeBatchProblem(fewer.error)).toBe('line 3, chain: must be the hash that the facts come to')
  })

  it.each([
    ['lines, which state theirs', BATCH],
    ['frames that are cut short', FRAMES.subarray(0, -1)],
    ['frames that end elsewhere than they say', framesOf(`"${LINKS[1]?.hash}"]`, `"${NO_BATCH}"]`)],
    ['more than a batch may have', new Uint8Array([...FRAMES.subarray(0, 20), ...new Uint8Array(BATCH_BYTES_MAX)])],
    ['nothing', new Uint8Array(0)]
  ])('there are no hashes to be computed of %s', (_, batch) => {
    expect(hashesOf(batch)).toBeUndefined()
  })

  it.each([['as its content', contentBatch], ['in frames', framesBatch], ['readable', readableBatch]])('any fact comes back as the same content, sent %s', (_, encode) => {
    fc.assert(
      fc.property(fc.array(anyFact, { minLength: 1, maxLength: 5 }), (facts) => {
        const links = chained(facts.map((fact) => encodeFact(fact)))
        const decoded = decodeBatch(encode(headOf(links), links))
        if (!decoded.ok) throw new Error(describeBatchProblem(decoded.error))
        const { version: _version, ...place } = headOf(links)
        expect(decoded.value.head).toMatchObject(place)
        for (const [index, { sequence, hash, content, fact }] of decoded.value.entries.entries()) {
          expect({ sequence, hash, content: hex(content) }).toEqual({
            sequence: index + 1,
            hash: links[index]?.hash,
            content: hex(links[index]?.content ?? new Uint8Array())
          })
          expect(fact).toEqual(decodeFact(content))
        }
        expect(chained(decoded.value.entries.map(({ content }) => content)).map(({ hash }) => hash)).toEqual(
          links.map(({ hash }) => hash)
        )
      }),
      { numRuns: 300 }
    )
  })

  it('facts of an older ledger come back in their own encoding', () => {
    const old = chained([encodeFactInEncoding1(HOLD), encodeFactInEncoding1(POSTING)])
    const decoded = decodeBatch(framesBatch(headOf(old), old))
    expect(decoded.ok && decoded.value.entries.map(({ content }) => hex(content))).toEqual(old.map(({ content }) => hex(content)))
  })

  it('its hash is that of its bytes', () => {
    expect(batchHash(bytes('abc'))).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
  })
})

describe('bytes that are no batch', () => {
  it.each<[string, () => Uint8Array, string]>([
    ['nothing at all', () => bytes(''), 'line 1: must be a JSON object'],
    ['no text', () => Uint8Array.of(0x7b, 0xff, 0x0a), 'the batch is not UTF-8 text'],
    ['cut short', () => BATCH.subarray(0, -1), 'line 1: the last line does not end: the batch is cut short'],
    ['a line too few', () => bytes(`${lines(BATCH).slice(0, 2).join('\n')}\n`), 'line 1, count: 2 is refused: must be the number of facts that follow, 1'],
    ['a line too many', () => bytes(`${lines(BATCH).join('\n')}\n\n`), 'line 1, count: 2 is refused: must be the number of facts that follow, 3'],
    ['no JSON', () => changed(3, '"kind"', 'kind'), 'line 3: must be a JSON object'],
    ['a list', () => bytes('[1]\n'), 'line 1: [1] is refused: must be a JSON object'],
    ['a newer version', () => changed(1, '"version":1', '"version":3,"compression":"best"'), 'the batch is of version 3, known here is 2'],
    ['an older version', () => changed(1, '"version":1', '"version":0'), 'line 1, version: 0 is refused: must be a whole number from 1'],
    ['an unknown field of the head', () => changed(1, '"version":1', '"version":1,"extra":true'), 'line 1, extra: unknown field'],
    ['a number of the batch that is none', () => changed(1, '"number":1', '"number":"1"'), 'line 1, number: "1" is refused: must be a whole number from 1'],
    ['a first fact beyond all numbers', () => changed(1, '"first":1', '"first":9007199254740991'), 'line 1, first: 9007199254740991 is refused: must leave numbers for the facts'],
    ['a count of none', () => bytes(`${(lines(BATCH)[0] ?? '').replace('"count":2', '"count":0')}\n`), 'line 1, count: 0 is refused: must be a whole number from 1'],
    ['a hash that is none', () => changed(1, /"previous":"0/, '"previous":"g'), `line 1, previous: "g${'0'.repeat(58)}... is refused: must be a SHA-256 of 64 hex digits`],
    ['a hole in the numbers', () => changed(3, '"sequence":2', '"sequence":3'), 'line 3, sequence: 3 is refused: must be 2, the number after the one before'],
    ['a fact twice', () => changed(3, '"sequence":2', '"sequence":1'), 'line 3, sequence: 1 is refused: must be 2, the number after the one before'],
    ['an unknown kind of fact', () => changed(3, '"posting"', '"gift"'), 'line 3, kind: "gift" is refused: must be a kind of fact'],
    ['a kind that every object has', () => changed(3, '"posting"', '"constructor"'), 'line 3, kind: "constructor" is refused: must be a kind of fact'],
    ['a field of another kind', () => changed(3, '"hold":1', '"hold":1,"proof":"x"'), 'line 3, proof: unknown field'],
    ['another prototype', () => changed(3, '"hold":1', '"hold":1,"__proto__":{"settlementId":"x"}'), 'line 3, __proto__: unknown field'],
    ['a missing field', () => changed(3, ',"postedAt":"20230915093000"', ''), 'line 3, postedAt: is missing: must be a time of 14 digits YYYYMMDDhhmmss'],
    ['a field that is null', () => changed(3, '"tac":"a1b2c3d4"', '"tac":null'), 'line 3, evidence.tac: null is refused: must be text in quotes'],
    ['a time that is none', () => changed(3, '20230915093000', '2023-09-15'), 'line 3, postedAt: "2023-09-15" is refused: must be a time of 14 digits YYYYMMDDhhmmss'],
    ['a source of evidence that is none', () => changed(3, 'debit-answer', 'hearsay'), 'line 3, evidence.source: "hearsay" is refused: must be one of "debit-answer", "transaction-prove", "transaction-log"'],
    ['an amount as a number', () => changed(2, '"total":"420.00"', '"total":420.00'), 'line 2, amounts.total: 420 is refused: must be an amount in yuan as a decimal string, such as "12.50", not below zero'],
    ['a negative amount', () => changed(2, '"total":"420.00"', '"total":"-420.00"'), 'line 2, amounts.total: "-420.00" is refused: must be an amount in yuan as a decimal string, such as "12.50", not below zero'],
    ['a third of a fen', () => changed(2, '"total":"420.00"', '"total":"420.003"'), 'line 2, amounts.total: "420.003" is refused: must be an amount in yuan as a decimal string, such as "12.50", not below zero'],
    ['more than there is', () => changed(2, '"pooled":"175.00"', '"pooled":"9007199254.75"'), 'line 2, intent.pooled: "9007199254.75" is refused: must be an amount in yuan as a decimal string, such as "12.50", not below zero'],
    ['a fund that does not exist', () => changed(2, '"hifp_pay":"175.00"}', '"hifp_pay":"175.00","slush_fund":"175.00"}'), 'line 2, amounts.slush_fund: unknown field'],
    ['a counter by an impossible name', () => changed(2, '"act_pay_dedc"', '"__proto__"'), 'line 2, counters: holds a name that no counter has'],
    ['a half character', () => changed(2, '"V000001"', '"V\\ud800"'), 'line 2, visitNo: must not hold half a character'],
    ['an identifier without end', () => changed(2, '"V000001"', `"${'V'.repeat(65)}"`), `line 2, visitNo: "${'V'.repeat(59)}... is refused: must have 1 to 64 characters, has 65`],
    ['lines of the bill that are no lists', () => changed(2, '["20.00"', '"x",["20.00"'), 'line 2, lines[1]: "x" is refused: must be a list'],
    ['a line of the bill with six items', () => changed(2, '["20.00"', '["20.00","20.00"'), 'line 2, lines[1]: must be 5 amounts, or number, code, name and 5 amounts'],
    ['more lines than the claim has', () => changed(2, '["20.00"', '["1.00","0.00","0.00","0.00","1.00"],["20.00"'), 'line 2, lines[2]: has no name of its own and none in the claim'],
    ['a claim beside another fact', () => changed(3, '"kind":"posting"', '"kind":"posting","claim":{}'), 'line 3, claim: unknown field'],
    ['a claim at the end of another fact', () => changed(3, '"postedAt":"20230915093000"', '"postedAt":"20230915093000","claim":{}'), 'line 3, claim: unknown field'],
    ['a hold without its claim', () => changed(2, /,"claim":.*}$/, '}'), 'line 2, claim: is missing'],
    ['a claim that is no JSON', () => changed(2, /,"claim":.*}$/, ',"claim":{]}'), 'line 2: must be a JSON object'],
    ['two claims', () => changed(2, ',"claim":', ',"claim":{},"claim":'), 'line 2: must be a JSON object'],
    ['content that is no fact', () => changed(3, /"kind".*$/, '"content":"AQEC"}'), 'line 3, content: no value of type 2 at byte 3'],
    [
      'content with a character that no database takes',
      () => contentOf({ settlementId: 'P\u00009' }),
      'line 3, settlementId: must not hold the character U+0000'
    ],
    ['content with an identifier without end', () => contentOf({ settlementId: 'P'.repeat(65) }), `line 3, settlementId: "${'P'.repeat(59)}... is refused: must have 1 to 64 characters, has 65`],
    ['content with a time that is none', () => contentOf({ postedAt: 'today' }), 'line 3, postedAt: "today" is refused: must be a time of 14 digits YYYYMMDDhhmmss'],
    ['content with a serial below zero', () => contentOf({ evidence: { ...POSTING.evidence, serialAfter: -1 } }), 'line 3, evidence.serialAfter: -1 is refused: must be a whole number from 0'],
    ['content that is cut short', () => changed(3, /"kind".*$/, '"content":"AQECA"}'), 'line 3, content: "AQECA" is refused: must be base64'],
    ['content that is no base64', () => changed(3, /"kind".*$/, '"content":"!!"}'), 'line 3, content: "!!" is refused: must be base64']
  ])('%s', (_, batch, said) => {
    expect(problem(batch())).toBe(said)
  })

  it('a person and a card are named by their fields only', () => {
    expect(problem(changed(2, '"personNo":"999999000001"', '"personNo":999999000001'))).toBe('line 2, personNo: must be text in quotes')
    expect(problem(changed(2, '"cardId":"9999990000000001"', '"cardId":["9999990000000001"]'))).toBe('line 2, intent.cardId: must be text in quotes')
  })

  it('more bytes or facts than a batch may have', () => {
    expect(problem(new Uint8Array(BATCH_BYTES_MAX + 1))).toBe(`the batch has ${BATCH_BYTES_MAX + 1} bytes, allowed are ${BATCH_BYTES_MAX}`)
    expect(problem(bytes('\n'.repeat(BATCH_BYTES_MAX)))).toBe(`line 1, count: must be at most ${BATCH_FACTS_MAX}`)
    expect(problem(changed(1, '"count":2', '"count":2001'))).toBe('line 1, count: 2001 is refused: must be at most 2000')
  })

  it('a line that nests without end is refused before it is parsed', () => {
    const deep = '['.repeat(BATCH_BYTES_MAX / 2)
    expect(problem(bytes(`${deep}\n`))).toBe(`line 1: must not nest deeper than ${DEPTH_MAX} levels`)
    expect(problem(changed(2, '"claim":{', `"claim":{"a":${'{"b":'.repeat(100_000)}`))).toBe(`line 2: must not nest deeper than ${DEPTH_MAX} levels`)
  })

  it.each([['lines', BATCH], ['frames', FRAMES]])('any bytes are refused with a reason or are a batch, and never throw: %s', (_, batch) => {
    fc.assert(
      fc.property(fc.nat({ max: batch.length - 1 }), fc.integer({ min: 0, max: 255 }), (at, byte) => {
        const torn = batch.slice()
        torn[at] = byte
        expect(() => decodeBatch(torn)).not.toThrow()
      }),
      { numRuns: 3_000 }
    )
  })

  it.each([
    ['cut short in a fact', () => FRAMES.slice(0, -1), 'line 3: the batch is cut short'],
    ['cut short in a length', () => FRAMES.slice(0, -POSTED.length - 2), 'line 3: the batch is cut short'],
    ['a fact more than the head says', () => Buffer.concat([FRAMES, Uint8Array.of(0, 0, 0, 0)]), 'line 3, count: 2 is refused: must be the number of facts that follow'],
    ['a fact changed by one byte', () => FRAMES.with(FRAMES.length - 1, 0x31), 'line 3, chain: must be the hash that the facts come to'],
    ['another end of the chain', () => framesOf(`"${LINKS[1]?.hash}"]`, `"${NO_BATCH}"]`), 'line 3, chain: must be the hash that the facts come to'],
    ['a chain with one end', () => framesOf(`"${NO_BATCH}","${LINKS[1]?.hash}"`, `"${NO_BATCH}"`), 'line 1, chain: is missing: must be a SHA-256 of 64 hex digits'],
    ['a head without end', () => bytes(`{"version":2,${' '.repeat(5_000)}`), 'line 1: the head line does not end'],
    ['a head with an unknown field', () => framesOf('"first":1', '"first":1,"zip":1'), 'line 1, zip: unknown field'],
    ['a length beyond everything', () => FRAMES.with(FRAMES.indexOf(0x0a) + 1, 0xff), 'line 2: the batch is cut short']
  ])('frames: %s', (_, batch, said) => {
    expect(problem(batch())).toBe(said)
  })
})

describe('a batch that grows where the one before it lay', () => {
  const head = (contents: readonly Uint8Array[], number: number) => ({ ...headOf(chained(contents)), version: 2, number, chain: [NO_BATCH, NO_BATCH] }) as const
  const LARGE = [new Uint8Array(100_000).fill(7), new Uint8Array(200_000).fill(8)]
  const SMALL = [new Uint8Array(3).fill(9)]

  it('has its own bytes and none of the other, whichever of them is larger', () => {
    const room = new BatchRoom()
    for (const contents of [SMALL, LARGE, SMALL, LARGE]) {
      for (const content of contents) room.add(content)
      expect(hex(room.batch(head(contents, 3)))).toBe(hex(encodeBatch(head(contents, 3), contents)))
      room.clear()
    }
  })

  it('may be read more than once, under another head too, until the next one begins', () => {
    const room = new BatchRoom()
    for (const content of LARGE) room.add(content)
    const hash = batchHash(room.batch(head(LARGE, 1)))
    room.batch(head(LARGE, 1_000_000))
    expect(batchHash(room.batch(head(LARGE, 1)))).toBe(hash)
    expect(hash).toBe(batchHash(encodeBatch(head(LARGE, 1), LARGE)))
  })
})
