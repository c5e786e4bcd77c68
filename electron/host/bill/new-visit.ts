/** A visit that begins at this counter, for a patient whose bill is in nobody's queue. */

import { invariant } from '../../../base/invariant.ts'
import { parseVisit } from '../../../settlement/visit/parse-visit.ts'
import type { Visit } from '../../../settlement/visit/visit-schema.ts'
import { readableTime } from '../../../settlement/calendar/written-time.ts'
import type { Moment } from '../system.ts'
import type { TillFile } from '../till-file.ts'

/** Taken away again: a visit document has at least one line, a bill that begins has none. */
const PROBE = { med_list_codg: '-', chrgitm_lv: '01', pric: '0', cnt: '1' }
const PHARMACY = '41'

/** Of a pharmacy: a sale. */
export function newVisit({ institution }: Pick<TillFile, 'institution'>, { cardTime }: Moment, number: string): Visit {
  const { fixmedins_code, fixmedins_name, level, kind } = institution
  const visit = parseVisit({
    ipt_otp_no: number,
    fixmedins_code,
    fixmedins_name,
    institution: { kind, ...(level === undefined ? {} : { level }) },
    ...(kind === 'pharmacy' && { med_type: PHARMACY }),
    begntime: readableTime(cardTime),
    lines: [PROBE]
  })
  invariant(visit.ok, 'a visit of this counter is no visit')
  return { ...visit.value, lines: [] }
}
