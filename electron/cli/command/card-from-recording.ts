/** Turns a recording of a card into the file that a simulated card like it is issued from. */

import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { ok, type Result } from '../../../base/result.ts'
import { toHex } from '../../../card/bytes/hex.ts'
import { parsePersonalisation } from '../../../card/chip/personalisation/parse.ts'
import { historicalBytes } from '../../../card/crypto/factors.ts'
import { fenOf, dateOf, digitsOf, joinedTextOf, textOf } from '../../../card/session/items.ts'
import { parseTransaction } from '../../../card/session/logs.ts'
import { cardInRecording, type CardInRecording } from '../../../card/trace/card-in-recording.ts'
import { parseRecording } from '../../../card/trace/recording.ts'
import { fen, formatFen } from '../../../settlement/money/fen.ts'
import type { Command } from '../command.ts'
import { badInput, type Failure, type Outcome } from '../failure.ts'

/** Not on any recording, and nobody's. */
const FIRST_PIN = '123456'
const FAKE_REGION = '999999'

export const cardFromRecordingCommand: Command = {
  name: 'card from-recording',
  synopsis: 'RECORDING.jsonl [--out FILE]',
  summary: 'the personalisation of a simulated card like the one in a recording: for "card new --from"; its PIN is 123456 (由记录制测试卡)',
  options: { out: { type: 'string' } },
  positionals: ['RECORDING'],
  run: async (input): Promise<Outcome> => {
    const [path = ''] = input.positionals
    const card = readCard(path)
    if (!card.ok) return card
    const json = personalisationOf(card.value)
    const parsed = parsePersonalisation(json)
    if (!parsed.ok) return badInput('recording-incomplete', `recording ${path}: the card in it lacks ${parsed.error.problems.map(({ path: field, rule }) => `${field} (${rule})`).join('; ')}; record "card show" with the PIN`)
    const text = `${JSON.stringify(json, undefined, 2)}\n`
    const out = input.text('out')
    if (out === undefined) return ok({ text: text.trimEnd(), json })
    if (existsSync(out)) return badInput('file-exists', `--out: ${out} is there already`)
    writeFileSync(out, text, { flag: 'wx' })
    return ok({ text: `${out}: ${card.value.items.size} items, ${card.value.log.size} log lines; PIN ${FIRST_PIN}`, json: { out, items: card.value.items.size, log: card.value.log.size, pin: FIRST_PIN } })
  }
}

function readCard(path: string): Result<CardInRecording, Failure> {
  if (!existsSync(path)) return badInput('no-such-file', `recording ${path}: is not there`)
  const recording = parseRecording(readFileSync(path, 'utf8'))
  if (!recording.ok) return badInput('recording-malformed', `recording ${path}, line ${recording.error.line}: ${recording.error.problem}`)
  const card = cardInRecording(recording.value)
  return card === undefined ? badInput('no-card-in-recording', `recording ${path}: no card answers in it`) : ok(card)
}

type Json = Record<string, unknown>

/** Region 999999 and the test issuer's keys, whatever the recording says: nothing that works outside is made. */
function personalisationOf({ atr, items, log, balance, totals, purchaseSerial }: CardInRecording): Json {
  const text = (key: string): string | undefined => textOf(items.get(key))
  const digits = (key: string): string | undefined => digitsOf(items.get(key))
  const day = (key: string): string | undefined => dateOf(items.get(key))
  const insurance = text('DF04EF05/81') ?? ''
  const version = text('SSSEEF05/03')
  const code = items.get('SSSEEF05/01')
  const offline = { amount: fenOf(items.get('DF04EF06/92')), count: text('DF04EF06/93'), allowed: text('DF04EF06/90') }
  return {
    kind: 'social-security',
    description: 'Made from a recording',
    version,
    region: FAKE_REGION,
    serial: code === undefined ? undefined : toHex(code.subarray(8, 12)),
    ...chipOf(atr),
    issue: { ...given({ cardClass: text('SSSEEF05/02'), cardNumber: text('SSSEEF05/07')?.slice(0, 8) }), issueDate: day('SSSEEF05/05'), expiryDate: day('SSSEEF05/06') },
    holder: {
      name: joinedTextOf(items.get('SSSEEF06/09'), items.get('SSSEEF06/4E')),
      socialSecurityNumber: text('SSSEEF06/08'),
      sex: text('SSSEEF06/0A'),
      ...given({ ethnicGroup: digits('SSSEEF06/0B') }),
      birthDate: day('SSSEEF06/0D')
    },
    medical: {
      insuranceType: version === '1.00' ? '310' : insurance.slice(0, 3),
      ...flagsOf(version === '1.00' ? '' : insurance),
      personClass: digits('DF04EF05/8C'),
      ...given({ accountOpened: day('DF04EF05/80'), accountNumber: text('DF04EF05/8B'), certificate: text('DF04EF05/8A'), healthRecord: version === '1.00' ? undefined : text('DF04EF05/87') })
    },
    pin: { value: FIRST_PIN },
    purse: {
      useMode: text('DF04EF05/8F') === '1' ? 'online' : 'offline',
      ...given({ balance: balance === undefined ? undefined : yuan(balance), purchaseSerial }),
      ...(totals !== undefined && { ownPaymentTotal: yuan(totals.own), pooledPaymentTotal: yuan(totals.pooled), year: totals.year })
    },
    ...(version !== '1.00' && offline.amount !== undefined && { offline: { allowed: offline.allowed === '1', amount: yuan(offline.amount), count: Number(offline.count ?? 0) } }),
    log: [...log].toSorted(([left], [right]) => right - left).flatMap(([, record]) => logLine(record))
  }
}

/** Makers of chip, operating system and card: T1 to T7 of the historical bytes. */
function chipOf(atr: Uint8Array): Json {
  const bytes = historicalBytes(atr)
  if (bytes === undefined || bytes.length < 7) return {}
  return { chip: { maker: toHex(bytes.subarray(0, 2)), system: toHex(bytes.subarray(2, 5)), cardMaker: toHex(bytes.subarray(5, 7)) } }
}

const flagsOf = (insurance: string): Json => ({
  treatmentElsewhere: insurance[3] === '1',
  outpatientPooling: insurance[4] === '1',
  chronicDisease: insurance[5] === '1',
  medicalAssistance: insurance[6] === '1',
  specialCare: insurance[7] === '1'
})

/** A line whose time was taken out cannot be put on a card. */
function logLine(record: Uint8Array): Json[] {
  const { serial, type, terminalNo, time, amounts } = parseTransaction(record)
  const [, year, month, date, hour, minute, second] = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(time) ?? []
  if (type === 'other' || year === undefined || year === '0000') return []
  return [{ serial, type, terminal: terminalNo, time: `${year}-${month}-${date} ${hour}:${minute}:${second}`, accountAmount: yuan(amounts.account), ownPayment: yuan(amounts.own), pooledPayment: yuan(amounts.pooled) }]
}

const yuan = (amount: number): string => formatFen(fen(amount))

const given = (fields: Json): Json => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined))
