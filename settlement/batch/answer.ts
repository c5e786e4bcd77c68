/**
 * What a centre answers, as JSON and back: `writeBatchAnswer` gives what JSON.stringify makes the text of, with amounts in
 * yuan; `readBatchAnswer` trusts nothing of what it finds. A field that is not known is left aside, so that a newer centre can
 * say more; a verdict or a reason that is not known is none that this terminal could act on.
 */

import { never } from '../../base/invariant.ts'
import { ok, refuse, type Result } from '../../base/result.ts'
import {
  BATCH_FACTS_MAX,
  BATCH_VERSION,
  UNBOOKED_FACTS_MAX,
  type BatchAnswer,
  type BatchCopy,
  type EntryConflict,
  type EntryRefusal,
  type EntryVerdict,
  type HeldSerial,
  type KeptBatch,
  type OfRecordAmounts,
  type Standing,
  type UnbookedFacts,
  type Verdict
} from './batch.ts'
import { HASH, HASH_RULE, readFramesHead, readHead } from './batch-head.ts'
import { readAmounts, readCounters, writeAmounts, writeCounters } from './money-fields.ts'
import { identifier, integer, list, Malformed, matching, oneOf, text, time, words, type Fields } from './read-fields.ts'
import { isShort, readShortVerdicts, writeShortAnswer } from './short-answer.ts'

/** One sentence: which field, and the rule that it breaks. */
export type AnswerProblem = string

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/
const BASE64_RULE = 'must be base64'
const REASONS = ['not-entitled', 'person-differs', 'counters-differ'] as const
const AMOUNT_TEXT = { min: 0, max: 200 } as const

export const writeBatchAnswer = ({ number, hash, verdicts }: BatchAnswer): object => ({
  number,
  hash,
  verdicts: verdicts.map(writeEntryVerdict)
})

/** To a batch of frames. */
export const writeFramesAnswer = (answer: BatchAnswer): object => writeShortAnswer(answer, writeEntryVerdict)

export const writeEntryVerdict = ({ sequence, verdict }: EntryVerdict): object => ({ sequence, verdict: writeVerdict(verdict) })

/** In either form. */
export const readBatchAnswer = (json: unknown): Result<BatchAnswer, AnswerProblem> =>
  reading(() => {
    const fields = objectOf(json, '')
    return {
      number: integer(fields, 'number', '', 1),
      hash: matching(fields, 'hash', '', HASH, HASH_RULE),
      verdicts: isShort(fields) ? readShortVerdicts(fields, entryVerdict) : verdictsOf(fields)
    }
  })

const verdictsOf = (fields: Fields): EntryVerdict[] =>
  list(fields['verdicts'], 'verdicts', BATCH_FACTS_MAX).map((verdict, index) => entryVerdict(verdict, `verdicts[${index}].`))

export const readEntryVerdict = (json: unknown): Result<EntryVerdict, AnswerProblem> => reading(() => entryVerdict(json, ''))

export const readStanding = (json: unknown): Result<Standing, AnswerProblem> =>
  reading(() => {
    const fields = objectOf(json, '')
    return {
      terminal: identifier(fields, 'terminal', ''),
      batch: integer(fields, 'batch', ''),
      batchHash: matching(fields, 'batchHash', '', HASH, HASH_RULE),
      sequence: integer(fields, 'sequence', ''),
      chainHash: matching(fields, 'chainHash', '', HASH, HASH_RULE)
    }
  })

export const readKeptBatch = (json: unknown): Result<KeptBatch, AnswerProblem> =>
  reading(() => {
    const fields = objectOf(json, '')
    const head = objectOf(fields['head'], 'head')
    return {
      hash: matching(fields, 'hash', '', HASH, HASH_RULE),
      head: head['version'] === BATCH_VERSION ? readHead(head) : readFramesHead(head)
    }
  })

export const writeBatchCopy = ({ body, ...copy }: BatchCopy): object => ({ ...copy, body: Buffer.from(body).toString('base64') })

export const readBatchCopy = (json: unknown): Result<BatchCopy, AnswerProblem> =>
  reading(() => {
    const fields = objectOf(json, '')
    return {
      hash: matching(fields, 'hash', '', HASH, HASH_RULE),
      signature: matching(fields, 'signature', '', BASE64, BASE64_RULE),
      time: time(fields, 'time', ''),
      body: new Uint8Array(Buffer.from(matching(fields, 'body', '', BASE64, BASE64_RULE), 'base64'))
    }
  })

export const writeHeldSerial = ({ sequence, usedAt }: HeldSerial): object => ({ sequence, usedAt: usedAt ?? null })

export const readHeldSerial = (json: unknown): Result<HeldSerial, AnswerProblem> =>
  reading(() => {
    const fields = objectOf(json, '')
    const usedAt = fields['usedAt'] === null ? undefined : time(fields, 'usedAt', '')
    return { sequence: integer(fields, 'sequence', '', 1), usedAt }
  })

export const writeUnbookedFacts = ({ facts, next }: UnbookedFacts): object => ({ facts, next: next ?? null })

export const readUnbookedFacts = (json: unknown): Result<UnbookedFacts, AnswerProblem> =>
  reading(() => {
    const fields = objectOf(json, '')
    const facts = list(fields['facts'], 'facts', UNBOOKED_FACTS_MAX).map((fact, index) => integer({ [index]: fact }, `${index}`, 'facts.', 1))
    return { facts, next: fields['next'] === null ? undefined : integer(fields, 'next', '', 1) }
  })

function writeVerdict(verdict: Verdict): object {
  switch (verdict.kind) {
    case 'accepted':
      return verdict.ofRecord === undefined ? verdict : { ...verdict, ofRecord: writeOfRecord(verdict.ofRecord) }
    case 'exists':
      return { kind: verdict.kind, verdict: writeVerdict(verdict.verdict) }
    case 'noted':
    case 'conflict':
    case 'refused':
      return verdict
    default:
      return never(verdict)
  }
}

const writeOfRecord = ({ amounts, counters, reason }: OfRecordAmounts): object => ({
  amounts: writeAmounts(amounts),
  counters: writeCounters(counters),
  reason
})

function reading<Value>(read: () => Value): Result<Value, AnswerProblem> {
  try {
    return ok(read())
  } catch (cause) {
    if (!(cause instanceof Malformed)) throw cause
    return refuse(`${cause.field === '' ? 'the answer' : cause.field} ${cause.rule}`)
  }
}

function objectOf(value: unknown, path: string): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Malformed(path.slice(0, -1), value, 'must be a JSON object')
  return value as Fields
}

function entryVerdict(value: unknown, path: string): EntryVerdict {
  const fields = objectOf(value, path)
  return { sequence: integer(fields, 'sequence', path, 1), verdict: readVerdict(fields['verdict'], `${path}verdict.`) }
}

function readVerdict(value: unknown, path: string): Verdict {
  const fields = objectOf(value, path)
  const kind = oneOf(fields, 'kind', path, ['accepted', 'noted', 'exists', 'conflict', 'refused'])
  return kind === 'exists' ? { kind, verdict: readFinal(fields['verdict'], `${path}verdict.`) } : finalOf(kind, fields, path)
}

type Final = Exclude<Verdict, { readonly kind: 'exists' }>

function readFinal(value: unknown, path: string): Final {
  const fields = objectOf(value, path)
  return finalOf(oneOf(fields, 'kind', path, ['accepted', 'noted', 'conflict', 'refused']), fields, path)
}

function finalOf(kind: Final['kind'], fields: Fields, path: string): Final {
  switch (kind) {
    case 'noted':
      return { kind }
    case 'accepted': {
      const booked = { kind, setlId: identifier(fields, 'setlId', path), setlTime: time(fields, 'setlTime', path) }
      const ofRecord = fields['ofRecord']
      return ofRecord === undefined ? booked : { ...booked, ofRecord: readOfRecord(ofRecord, `${path}ofRecord.`) }
    }
    case 'conflict':
      return { kind, conflict: readConflict(fields['conflict'], `${path}conflict.`) }
    case 'refused':
      return { kind, refusal: readRefusal(fields['refusal'], `${path}refusal.`) }
    default:
      return never(kind)
  }
}

function readOfRecord(value: unknown, path: string): OfRecordAmounts {
  const fields = objectOf(value, path)
  return {
    amounts: readAmounts(fields['amounts'], `${path}amounts.`),
    counters: readCounters(fields['counters'], `${path}counters.`),
    reason: oneOf(fields, 'reason', path, REASONS)
  }
}

function readConflict(value: unknown, path: string): EntryConflict {
  const fields = objectOf(value, path)
  const kind = oneOf(fields, 'kind', path, ['visit-settled', 'id-taken'])
  return kind === 'visit-settled'
    ? { kind, settlementId: identifier(fields, 'settlementId', path) }
    : { kind, id: identifier(fields, 'id', path) }
}

const REFUSALS = [
  'claim-malformed',
  'policy-unknown',
  'amounts-wrong',
  'person-unknown',
  'card-unknown',
  'card-of-another',
  'card-lost',
  'tac-wrong',
  'card-cloned',
  'time-ahead',
  'target-not-booked',
  'load-not-signed'
] as const satisfies readonly EntryRefusal['kind'][]

function readRefusal(value: unknown, path: string): EntryRefusal {
  const fields = objectOf(value, path)
  const kind = oneOf(fields, 'kind', path, REFUSALS)
  switch (kind) {
    case 'claim-malformed':
      return { kind, field: words(fields, 'field', path), rule: words(fields, 'rule', path) }
    case 'policy-unknown':
      return { kind, region: identifier(fields, 'region', path), version: identifier(fields, 'version', path) }
    case 'amounts-wrong':
      return {
        kind,
        field: words(fields, 'field', path),
        stated: text(fields, 'stated', path, AMOUNT_TEXT),
        computed: text(fields, 'computed', path, AMOUNT_TEXT)
      }
    case 'person-unknown':
    case 'card-unknown':
    case 'card-of-another':
    case 'tac-wrong':
      return { kind }
    case 'card-lost':
      return { kind, since: words(fields, 'since', path) }
    case 'card-cloned':
      return { kind, serial: integer(fields, 'serial', path), other: words(fields, 'other', path) }
    case 'time-ahead':
      return { kind, time: time(fields, 'time', path), centreTime: time(fields, 'centreTime', path) }
    case 'target-not-booked':
      return { kind, settlementId: words(fields, 'settlementId', path) }
    case 'load-not-signed':
      return { kind, loadId: identifier(fields, 'loadId', path) }
    default:
      return never(kind)
  }
}
