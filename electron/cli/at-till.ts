/**
 * A till put together from files: the card in the reader, the PSAM beside the ledger. Whatever was opened is closed again, and a ledger is only begun when there is a card to settle with.
 */

import { ok, refuse, type Result } from '../../base/result.ts'
import type { Entropy } from '../../card/ports.ts'
import type { CardReader } from '../../card/reader/card-reader.ts'
import type { CardSession } from '../../card/session/card-session.ts'
import { detectCard, openCardSession } from '../../card/session/open-card-session.ts'
import type { CardIdentity } from '../../card/session/identity.ts'
import type { SqliteLedger } from '../../settlement/store/sqlite/open-ledger.ts'
import { killAt } from '../host/fault-point.ts'
import { readCardRegister } from '../host/issue-card.ts'
import type { Rules, Till } from '../host/patient.ts'
import { installLedgerPsam, psamAlgorithmOf } from '../host/ledger-psam.ts'
import { insertCardFile, installPsamImage, openPsamIn, type InstalledPsam } from '../host/terminal-hardware.ts'
import { asBadInput } from './document.ts'
import type { Failure } from './failure.ts'
import { makePsam, readCatalogue, readPolicies } from './fixtures.ts'
import { chipFailure, counterFailure, psamFailure } from './refusal-failure.ts'
import type { Terminal } from './terminal.ts'
import { openWritableLedger } from './writable-ledger.ts'

export interface TillFiles {
  readonly card: string
  readonly ledger: string
  /** Default: beside the ledger, made at first use. */
  readonly psam?: string | undefined
  /** Division of the institution, 6 digits: where a PSAM made here is installed. */
  readonly region?: string | undefined
  /** Whether a ledger that is not there is begun: by what settles. Elsewhere a slip in its path would look as if nothing were open. */
  readonly create: boolean
}

export interface RuleFiles {
  readonly card: string
  readonly catalogue?: string | undefined
  /** Region files to use instead of those delivered. */
  readonly policies?: readonly string[]
}

export function readRules(files: RuleFiles, terminal: Terminal): Result<Rules, Failure> {
  const policies = readPolicies(terminal, files.policies)
  if (!policies.ok) return policies
  const catalogue = readCatalogue(terminal, files.catalogue)
  if (!catalogue.ok) return catalogue
  const register = asBadInput(readCardRegister(files.card))
  if (!register.ok) return register
  return ok({ policies: policies.value, catalogue: catalogue.value, register: register.value })
}

export type FileTill = Till & { readonly ledger: SqliteLedger }

export function atTill<Value>(
  files: TillFiles,
  terminal: Terminal,
  work: (till: FileTill) => Promise<Result<Value, Failure>>
): Promise<Result<Value, Failure>> {
  return withCard(files.card, terminal, async ({ reader }, identity) => {
    const ledger = openWritableLedger(files.ledger, files)
    if (!ledger.ok) return ledger
    try {
      return await withLedgerPsam(files, terminal, identity, (psam) =>
        work({
          reader,
          psam: psam.session,
          ledger: ledger.value,
          clock: terminal.clock,
          entropy: sessionEntropy(terminal),
          faultPoint: faultPointOf(terminal)
        })
      )
    } finally {
      ledger.value.close()
    }
  })
}

const faultPointOf = ({ environment }: Terminal): ReturnType<typeof killAt> => killAt(environment['CARESETTLE_KILL_AT'])

/** The terminal's own bytes. What the simulated chips draw is theirs, and stands in no recording. */
const sessionEntropy = ({ wire, entropy }: Terminal): Entropy => wire?.entropy(entropy) ?? entropy

const onWire = ({ wire }: Terminal, slot: 'card' | 'psam', reader: CardReader): CardReader => wire?.reader(slot, reader) ?? reader

/** Where a recording is played. */
const NO_READER: CardReader = { name: 'none', connect: () => Promise.resolve(refuse({ kind: 'no-card' })) }

export interface CardInReader {
  readonly reader: CardReader
}

/** Inserts the card and finds out what it is, without any key; refuses what is no social security card. */
export async function withCard<Value>(
  path: string,
  terminal: Terminal,
  work: (card: CardInReader, identity: CardIdentity) => Promise<Result<Value, Failure>>
): Promise<Result<Value, Failure>> {
  const card = terminal.wire?.isReplay === true ? ok({ reader: NO_READER, remove: () => {} }) : insertCardFile(path, terminal.entropy, faultPointOf(terminal))
  if (!card.ok) return chipFailure('card', card.error)
  try {
    const reader = onWire(terminal, 'card', card.value.reader)
    const identity = await detectCard({ reader, entropy: sessionEntropy(terminal), today: terminal.clock().today })
    if (!identity.ok) return counterFailure({ kind: 'card-not-opened', refusal: identity.error })
    return await work({ reader }, identity.value)
  } finally {
    card.value.remove()
  }
}

/** A card and a terminal alone, without a ledger: reading it, changing or freeing its PIN. */
export function withCardSession<Value>(
  path: string,
  terminal: Terminal,
  work: (session: CardSession) => Promise<Result<Value, Failure>>
): Promise<Result<Value, Failure>> {
  return withCard(path, terminal, ({ reader }, identity) =>
    withPassingPsam(terminal, identity, async (psam) => {
      const entropy = sessionEntropy(terminal)
      const session = await openCardSession({ reader, psam: psam.session, entropy, today: terminal.clock().today })
      if (!session.ok) return counterFailure({ kind: 'card-not-opened', refusal: session.error })
      try {
        return await work(session.value)
      } finally {
        await session.value.close()
      }
    })
  )
}

/** A PSAM that forgets, for reading a card or freeing its PIN. */
async function withPassingPsam<Value>(
  terminal: Terminal,
  identity: CardIdentity,
  work: (psam: InstalledPsam) => Promise<Result<Value, Failure>>
): Promise<Result<Value, Failure>> {
  const image = makePsam(terminal, identity.region, psamAlgorithmOf(identity))
  if (!image.ok) return image
  const wrap = (reader: CardReader): CardReader => onWire(terminal, 'psam', reader)
  const psam = terminal.wire?.isReplay === true ? await openPsamIn(wrap(NO_READER)) : await installPsamImage(image.value, terminal.entropy, wrap)
  if (!psam.ok) return psamFailure(psam.error)
  try {
    return await work(psam.value)
  } finally {
    psam.value.remove()
  }
}

async function withLedgerPsam<Value>(
  { ledger, psam: asked, region }: TillFiles,
  terminal: Terminal,
  identity: CardIdentity,
  work: (psam: InstalledPsam) => Promise<Result<Value, Failure>>
): Promise<Result<Value, Failure>> {
  const { fixtures, entropy } = terminal
  const algorithm = psamAlgorithmOf(identity)
  const faultPoint = faultPointOf(terminal)
  const wrap = (reader: CardReader): CardReader => onWire(terminal, 'psam', reader)
  if (terminal.wire?.isReplay === true) {
    const played = await openPsamIn(wrap(NO_READER))
    return played.ok ? work(played.value) : psamFailure(played.error)
  }
  const psam = await installLedgerPsam({ fixtures, ledger, asked, region: region ?? identity.region, algorithm, entropy, faultPoint, wrap })
  if (!psam.ok) return psam.error.kind === 'file' ? asBadInput(refuse(psam.error.problem)) : psamFailure(psam.error.refusal)
  try {
    return await work(psam.value)
  } finally {
    psam.value.remove()
  }
}
