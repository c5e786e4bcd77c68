/** 1301 drugs as a file; 1312, 1317, 1318, 1319 a page at a time: the catalogue of record under the national names. */

import { ok, refuse, type Result } from '../../../../base/result.ts'
import { drugCells } from '../../../catalogue/drug-cells.ts'
import { kindOf } from '../../../catalogue/item-facts.ts'
import type { CatalogueItem, CeilingRow, ItemKind, PrePayRow } from '../../../catalogue/item-schema.ts'
import { date } from '../../../calendar/business-date.ts'
import type { Row } from '../booking/setlinfo.ts'
import { writeTextFile } from '../file/text-file.ts'
import { dayOfTime, readableTime, timeDigits } from '../../../calendar/written-time.ts'
import type { Fields } from '../envelope/fields.ts'
import { badField, type NationalRefusal } from '../refusal.ts'
import { storeFile } from './files.ts'
import { newId, type Call, type Done } from './transaction.ts'

/** A larger page is cut to it, so that an answer stays within its 40000 characters. */
const PAGE_SIZE_MAX = 100
/** An item without an end. */
const OPEN_END = '2099-12-31'

/** Western and Chinese patent drugs; `ver` is the newest version that the asker has. */
export async function drugFile(call: Call): Promise<Result<Done, NationalRefusal>> {
  const { version, items } = await call.rules.catalogue(call.db)
  const asked = call.input.node('data').text('ver')
  // Which of two versions is the older one their texts do not tell.
  const drugs = asked !== version ? [...items.rows()].filter(({ med_chrgitm_type }) => ['09', '11'].includes(med_chrgitm_type)) : []
  const id = newId(call)
  const content = writeTextFile(`${id}.txt`, drugs.map((item) => drugCells(item, version)))
  const stored = await storeFile(call, { id, filename: `${id}.txt.zip`, content, institution: undefined })
  const answer = { file_qury_no: stored.file_qury_no, filename: stored.filename, dld_end_time: stored.endsAt, data_cnt: String(drugs.length) }
  return ok({ output: { ...answer, fileinfo: answer } })
}

export const insuranceCatalogue = (call: Call): Promise<Result<Done, NationalRefusal>> =>
  paged(call, async (dates) => {
    const { items } = await call.rules.catalogue(call.db)
    return [...items.rows()].flatMap((item) => item.chrgitm_lv === undefined ? [] : {
      hilist_code: item.med_list_codg,
      hilist_name: item.name,
      insu_admdvs: call.institution.region,
      begndate: item.valid_from ?? dates.begndate,
      enddate: item.valid_to ?? dates.enddate,
      med_chrgitm_type: item.med_chrgitm_type,
      chrgitm_lv: item.chrgitm_lv,
      lmt_used_flag: item.lmt_used_flag ?? '0',
      list_type: listType(item),
      memo: item.restriction ?? '',
      vali_flag: item.vali_flag ?? '1'
    })
  })

export const priceCeilings = (call: Call): Promise<Result<Done, NationalRefusal>> =>
  paged(call, async (dates) => {
    const { items } = await call.rules.catalogue(call.db)
    return [...items.rows()].flatMap((item) =>
      ceilingRows(item, dates).map((row) => ({
        hilist_code: item.med_list_codg,
        hilist_lmtpric_type: String(row.level),
        overlmt_dspo_way: '',
        insu_admdvs: call.institution.region,
        begndate: row.from,
        enddate: row.to ?? OPEN_END,
        hilist_pric_uplmt_amt: row.pric_uplmt_amt,
        vali_flag: '1'
      }))
    )
  })

export const selfPayRatios = (call: Call): Promise<Result<Done, NationalRefusal>> =>
  paged(call, async (dates) => {
    const { items } = await call.rules.catalogue(call.db)
    return [...items.rows()].flatMap((item) =>
      prePayRows(item, dates).map((row) => ({
        hilist_code: item.med_list_codg,
        selfpay_prop_psn_type: row.insutype,
        selfpay_prop_type: '10',
        insu_admdvs: call.institution.region,
        begndate: row.from,
        enddate: row.to ?? OPEN_END,
        selfpay_prop: row.selfpay_prop,
        vali_flag: '1'
      }))
    )
  })

const itemDates = ({ valid_from, valid_to }: CatalogueItem, dates: Dates) => ({ from: valid_from ?? dates.begndate, to: valid_to ?? dates.enddate })

/** An item's one ceiling is that of hospitals of every level. */
const ceilingRows = (item: CatalogueItem, dates: Dates): readonly CeilingRow[] =>
  item.ceilings ?? (item.pric_uplmt_amt === undefined ? [] : LEVELS.map((level) => ({ level, ...itemDates(item, dates), pric_uplmt_amt: item.pric_uplmt_amt ?? '0' })))

const LEVELS = [1, 2, 3] as const

const prePayRows = (item: CatalogueItem, dates: Dates): readonly PrePayRow[] =>
  item.pre_pay ?? (item.selfpay_prop === undefined ? [] : INSUTYPES.map((insutype) => ({ insutype, ...itemDates(item, dates), selfpay_prop: item.selfpay_prop ?? '0' })))

const INSUTYPES = ['310', '390'] as const

/** There is no 3301 here: own codes are known from the charges that were uploaded with them. */
export const institutionMatches = (call: Call): Promise<Result<Done, NationalRefusal>> =>
  paged(call, async () => {
    const institution = call.institution.fixmedins_code
    const lines = await call.db
      .selectFrom('national_line')
      .innerJoin('national_visit', 'national_visit.mdtrt_id', 'national_line.mdtrt_id')
      .where('national_visit.institution', '=', institution)
      .orderBy('national_visit.begntime')
      .orderBy('national_line.feedetl_sn')
      .select(['national_line.document', 'national_visit.begntime'])
      .execute()
    const { items } = await call.rules.catalogue(call.db)
    const rows = new Map<string, Row>()
    for (const { document, begntime } of lines) {
      const { med_list_codg, medins_list_codg }: Readonly<Record<string, unknown>> = JSON.parse(document)
      const [national, own] = [String(med_list_codg), String(medins_list_codg)]
      const item = items.get(national)
      if (item === undefined || rows.has(`${own}\t${national}`)) continue
      rows.set(`${own}\t${national}`, {
        fixmedins_code: institution,
        medins_list_codg: own,
        medins_list_name: item.name,
        insu_admdvs: call.institution.region,
        list_type: listType(item),
        med_list_codg: national,
        begndate: begntime.slice(0, 10),
        enddate: OPEN_END,
        vali_flag: '1'
      })
    }
    return [...rows.values()]
  })

/** What a query may name of the rows that it wants; a row without such a field is not asked about it. */
const FILTERS = [
  'hilist_code', 'fixmedins_code', 'medins_list_codg', 'med_list_codg', 'insu_admdvs', 'list_type', 'chrgitm_lv', 'med_chrgitm_type', 'lmt_used_flag',
  'hilist_lmtpric_type', 'selfpay_prop_psn_type', 'selfpay_prop_type', 'vali_flag'
]

const isAskedFor = (row: Row, node: Fields): boolean =>
  FILTERS.every((field) => row[field] === undefined || node.text(field) === '' || node.text(field) === row[field])

/** H T421 */
const LIST_TYPES: Readonly<Record<ItemKind, string>> = {
  western: '101',
  patent: '101',
  pieces: '102',
  'own-preparation': '103',
  granules: '106',
  service: '201',
  consumable: '301',
  other: '201'
}

const listType = (item: CatalogueItem): string => LIST_TYPES[kindOf(item)]

interface Dates {
  readonly begndate: string
  readonly enddate: string
}

/**
 * The items hold as long as the policy of the institution's division that is in force today. The catalogue of record keeps no
 * times of change: whatever updt_time asks for, all of it is given.
 */
async function paged(call: Call, rowsOf: (dates: Dates) => Promise<readonly Row[]>): Promise<Result<Done, NationalRefusal>> {
  const node = call.input.node('data')
  const page = Number(node.text('page_num'))
  const size = Math.min(Number(node.text('page_size')), PAGE_SIZE_MAX)
  if (page < 1) return refuse(badField('page_num', node.text('page_num'), 'must be from 1 on 页码从1开始'))
  if (size < 1) return refuse(badField('page_size', node.text('page_size'), 'must be from 1 on 每页行数从1开始'))
  const today = date(dayOfTime(call.now.time))
  const policy = await call.rules.policyFor(call.db, { region: call.institution.region, insutype: '310', date: today })
  const dates = policy.ok
    ? { begndate: policy.value.policy.effective.from, enddate: policy.value.policy.effective.to ?? OPEN_END }
    : { begndate: today, enddate: OPEN_END }
  const all = (await rowsOf(dates)).filter((row) => isAskedFor(row, node))
  const rows = all.slice((page - 1) * size, page * size).map((row) => ({ ...row, updt_time: readableTime(timeDigits(row['begndate'] ?? dates.begndate)) }))
  const pages = Math.ceil(all.length / size)
  return ok({
    output: {
      recordCounts: String(all.length),
      pages: String(pages),
      pageNum: String(page),
      pageSize: String(size),
      size: String(rows.length),
      startRow: String(rows.length === 0 ? 0 : (page - 1) * size + 1),
      endRow: String(rows.length === 0 ? 0 : (page - 1) * size + rows.length),
      firstPage: page === 1,
      lastPage: page >= pages,
      data: rows
    }
  })
}
