import { never } from '../../../base/invariant.ts'
import { ok } from '../../../base/result.ts'
import type { SqliteLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import { recoveryLine } from '../../host/records/recovery-text.ts'
import { failureDetail, failureText, stopDetail, stopText } from '../../host/sync/link-text.ts'
import { syncPass, type SyncPass } from '../../host/sync/sync-pass.ts'
import type { ReleasedHold } from '../../../settlement/sync/doubts.ts'
import { unconfirmed } from '../../../settlement/sync/unconfirmed.ts'
import type { Command } from '../command.ts'
import { fault, refused, type Outcome } from '../failure.ts'
import { inSync } from '../in-sync.ts'
import { adjustedLines, parkedLines } from '../print/sync-lines.ts'
import { ledgerFailure } from '../refusal-failure.ts'
import { PLACE_OPTIONS } from '../sync-place.ts'

const SYNOPSIS = '--data FOLDER | --ledger DB'

export const syncCommand: Command = {
  name: 'sync',
  synopsis: SYNOPSIS,
  summary: 'send the centre what it has not confirmed, until nothing is left or the link fails; take what it gives out (同步)',
  options: PLACE_OPTIONS,
  positionals: [],
  run: (input, terminal) =>
    inSync(input, terminal, `sync ${SYNOPSIS}`, async (sync, ledger) => {
      // Somebody asks for it now: lists are fetched, however young those are that are here.
      sync.hurry()
      return outcomeOf(ledger, await syncPass(sync))
    })
}

const lineOf = ({ zh, en }: ReturnType<typeof stopText>, counts: string, detail: string | undefined): string =>
  [`${en} (${zh})`, counts, detail].filter((part) => part !== undefined).join('; ')

const releasedLine = (released: ReleasedHold): string => `已释放 released ${recoveryLine({ kind: 'released', ...released })}`

function outcomeOf(ledger: SqliteLedger, pass: SyncPass): Outcome {
  const left = unconfirmed(ledger, ledger.sync)
  if (!left.ok) return ledgerFailure(left.error)
  const { end } = pass
  const counts = `已确认 confirmed ${pass.confirmed.length}, 其中已调整 of them adjusted ${pass.adjusted.length}, 待处理 parked ${pass.parked.length}; 尚未确认 not confirmed ${left.value.count}`
  const adjusted = adjustedLines(ledger, pass.adjusted)
  const parked = parkedLines(ledger, ledger.sync, pass.parked)
  const json = {
    confirmed: pass.confirmed.length,
    noted: pass.noted,
    adjusted: adjusted.map(({ json: row }) => row),
    parked: parked.map(({ json: row }) => row),
    released: pass.released.map(({ hold, proof }) => ({ medins_setl_id: hold.settlementId, ipt_otp_no: hold.visit.visitNo, proof })),
    downloaded: pass.downloaded,
    unconfirmed: { count: left.value.count, since: left.value.since ?? null }
  }
  switch (end.kind) {
    case 'idle':
      return ok({ text: [counts, ...[...adjusted, ...parked].map(({ text }) => text), ...pass.released.map(releasedLine)].join('\n'), json })
    case 'waiting': {
      const said = end.failure === undefined ? { zh: '稍后再试', en: 'try again later' } : failureText(end.failure)
      const detail = end.failure === undefined ? undefined : failureDetail(end.failure)
      return fault(end.failure?.kind ?? 'waiting', lineOf(said, counts, detail), json)
    }
    case 'stopped': {
      const said = stopText(end.reason)
      return refused(end.reason.kind, lineOf(said, counts, stopDetail(end.reason)), json)
    }
    default:
      return never(end)
  }
}
