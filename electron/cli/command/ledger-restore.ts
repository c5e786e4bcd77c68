import { never } from '../../../base/invariant.ts'
import { ok } from '../../../base/result.ts'
import type { Fact } from '../../../settlement/ledger/fact.ts'
import { openLedger } from '../../../settlement/store/sqlite/open-ledger.ts'
import type { Restored, RestoreStop } from '../../../settlement/sync/restore-ledger.ts'
import { failureText } from '../../host/sync/link-text.ts'
import { restoreFromCentre } from '../../host/sync/restore-from-centre.ts'
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

/** What a person counts: 结算, 退费, 圈存, 结账. */
const COUNTED = [
  ['posting', '结算 settlements'],
  ['correction', '退费 refunds'],
  ['load-posting', '圈存 loads'],
  ['close', '结账 closed days']
] as const satisfies readonly (readonly [Fact['kind'], string])[]

function outputOf({ kinds, after }: Restored): { readonly text: string; readonly json: unknown } {
  const counts = COUNTED.map(([kind, name]) => ({ kind, name, count: kinds.filter((each) => each === kind).length }))
  const json = { restored: kinds.length, after, ...Object.fromEntries(counts.map(({ kind, count }) => [kind, count])) }
  if (kinds.length === 0) return { text: '账簿完整，中心没有更多记录 nothing is lost: the centre has no more than this ledger', json }
  const parts = counts.flatMap(({ name, count }) => (count === 0 ? [] : [`${name} ${count}`])).join(', ')
  return {
    text:
      `已取回 restored ${kinds.length} facts, ${after + 1} to ${after + kinds.length}${parts === '' ? '' : `: ${parts}`}\n` +
      '取回的结算没有姓名和计算步骤 restored settlements have no names and no steps, which the centre does not keep\n' +
      '请再同步一次 run sync once more; 从未上传的记录无法取回 what was never sent cannot be fetched',
    json
  }
}

function stopped(stop: RestoreStop): { readonly ok: false; readonly error: Failure } {
  switch (stop.kind) {
    case 'link': {
      const { zh, en } = failureText(stop.failure)
      return fault(stop.failure.kind, `${en} (${zh})`)
    }
    case 'histories-differ':
      return refused(
        stop.kind,
        `the ledger has gone on since it was put back, or is another one: batch ${stop.batch} of the centre does not follow it, and none of it was written (账簿恢复后又有新记录，与中心第${stop.batch}批接不上)`
      )
    case 'batch-not-ours':
      return refused(stop.kind, `batch ${stop.batch} of the centre is none of this terminal's: ${stop.wrong} (第${stop.batch}批不是本机所发)`)
    case 'does-not-follow':
    case 'not-allowed':
      return refused(stop.kind, `fact ${stop.sequence} of the centre cannot be written here${stop.kind === 'not-allowed' ? `: ${stop.refusal}` : ''} (第${stop.sequence}条无法写入账簿)`)
    case 'store-failure':
      return ledgerFailure(stop)
    default:
      return never(stop)
  }
}
