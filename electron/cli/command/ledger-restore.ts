import { ok } from '../../../base/result.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import type { Restored, RestoreStop } from '../../../settlement/sync/restore-ledger.ts'
import { failureDetail, failureText } from '../../host/sync/link-text.ts'
import { restoreFromCentre } from '../../host/sync/restore-from-centre.ts'
import { restoredView, restoreStopDetail, restoreStopText } from '../../host/sync/restore-text.ts'
import { readTerminalKey } from '../../host/sync/terminal-key.ts'
import type { Command } from '../command.ts'
import { fault, refused, type Failure } from '../failure.ts'
import { ledgerFailure } from '../refusal-failure.ts'
import { centreOf, PLACE_OPTIONS, placeOf, syncClockOf, syncFailure } from '../sync-place.ts'

const SYNOPSIS = '--data FOLDER | --ledger DB'

export const ledgerRestoreCommand: Command = {
  name: 'ledger restore',
  synopsis: SYNOPSIS,
  summary: 'fetch from the centre what a ledger that was put back from an older copy has lost (账簿取回)',
  options: PLACE_OPTIONS,
  positionals: [],
  run: async (input, terminal) => {
    const place = placeOf(input, `ledger restore ${SYNOPSIS}`)
    if (!place.ok) return place
    const centre = centreOf(place.value)
    if (!centre.ok) return centre
    if (centre.value.paused) return syncFailure({ kind: 'paused' })
    const key = readTerminalKey(place.value.paths.key)
    if (!key.ok) return syncFailure(key.error)
    const ledger = openLedger({ path: place.value.ledger, create: true })
    if (!ledger.ok) return ledgerFailure(ledger.error)
    try {
      const restored = await restoreFromCentre(ledger.value, { ...centre.value, key: key.value, clock: syncClockOf(terminal) })
      return restored.ok ? ok(outputOf(restored.value)) : stopped(restored.error)
    } finally {
      ledger.value.close()
    }
  }
}

function outputOf(restored: Restored): { readonly text: string; readonly json: unknown } {
  const { kinds, after } = restored
  const { settlements, refunds, loads, closes } = restoredView(restored)
  const json = { restored: kinds.length, after, posting: settlements, correction: refunds, 'load-posting': loads, close: closes }
  if (kinds.length === 0) return { text: '账簿完整，中心没有更多记录 nothing is lost: the centre has no more than this ledger', json }
  const named = [['结算 settlements', settlements], ['退费 refunds', refunds], ['圈存 loads', loads], ['结账 closed days', closes]] as const
  const parts = named.flatMap(([name, count]) => (count === 0 ? [] : [`${name} ${count}`])).join(', ')
  return {
    text:
      `已取回 restored ${kinds.length} facts, ${after + 1} to ${after + kinds.length}${parts === '' ? '' : `: ${parts}`}\n` +
      '取回的结算没有姓名和计算步骤 restored settlements have no names and no steps, which the centre does not keep\n' +
      '请再同步一次 run sync once more; 从未上传的记录无法取回 what was never sent cannot be fetched',
    json
  }
}

function stopped(stop: RestoreStop): { readonly ok: false; readonly error: Failure } {
  if (stop.kind === 'store-failure') return ledgerFailure(stop)
  const { zh, en } = stop.kind === 'link' ? failureText(stop.failure) : restoreStopText(stop)
  const detail = stop.kind === 'link' ? failureDetail(stop.failure) : restoreStopDetail(stop)
  const line = `${en} (${zh})${detail === undefined ? '' : `; ${detail}`}`
  return stop.kind === 'link' ? fault(stop.failure.kind, line) : refused(stop.kind, line)
}
