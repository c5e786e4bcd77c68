/** Prints what the page shows for print, or writes it as a PDF into the statements beside the ledger. */

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserWindow, WebContents } from 'electron'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { PrintOutcome, PrintRequest } from '../../contract/terminal.ts'
import type { Text } from '../../contract/text.ts'
import { numberedName, safeName } from './file-name.ts'
import { micronsOf, usualInches, type Size } from './paper.ts'
import { parsePrintRequest } from './print-request.ts'

const STATEMENTS_FOLDER = 'statements'
const SAME_NAME_MAX = 1_000

export async function print(window: BrowserWindow, asked: unknown, data: string): Promise<Result<PrintOutcome, RefusalView>> {
  const request = parsePrintRequest(asked)
  if (request === undefined) return refuse(wrongPrint)
  const { webContents } = window
  try {
    const pdf = await pdfOf(webContents, request.format)
    if (request.to === 'printer') return await toPrinter(webContents, micronsOf(pdf))
    return ok({ saved: await save(join(data, STATEMENTS_FOLDER), safeName(request.name), pdf) })
  } catch (cause) {
    const detail = cause instanceof Error ? cause.message : String(cause)
    return refuse(request.to === 'pdf' ? notSaved(detail) : printFailed(detail))
  }
}

/** Size and margins are the page's own, from its styles for print; none are added here. */
const pdfOf = (contents: WebContents, format: PrintRequest['format']): Promise<Uint8Array> =>
  contents.printToPDF({
    preferCSSPageSize: true,
    pageSize: usualInches(format),
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    printBackground: true,
    displayHeaderFooter: false
  })

const toPrinter = (contents: WebContents, pageSize: Size | undefined): Promise<Result<PrintOutcome, RefusalView>> =>
  new Promise((done) => {
    contents.print({ printBackground: true, ...(pageSize === undefined ? {} : { pageSize }) }, (success, reason) => {
      if (success) done(ok({ printed: true }))
      else done(/cancel/i.test(reason) ? ok({ cancelled: true }) : refuse(printFailed(reason)))
    })
  })

async function save(folder: string, name: string, pdf: Uint8Array): Promise<string> {
  await mkdir(folder, { recursive: true })
  for (let count = 1; count <= SAME_NAME_MAX; count += 1) {
    const path = join(folder, numberedName(name, count))
    try {
      await writeFile(path, pdf, { flag: 'wx' })
      return path
    } catch (cause) {
      if (!isTaken(cause)) throw cause
    }
  }
  throw new Error(`${SAME_NAME_MAX} statements are called ${name} already`)
}

const isTaken = (cause: unknown): boolean => cause instanceof Error && 'code' in cause && cause.code === 'EEXIST'

const wrongPrint: RefusalView = {
  kind: 'wrong-params',
  blame: 'bad-input',
  what: { zh: '打印请求的格式、去向或名称不符', en: 'print: format is a4, a5 or 80mm, to is printer or pdf, name is a text' },
  mend: null,
  today: null
}

/** `detail`: for support. */
const failed =
  (what: Text, mend: Text) =>
  (detail: string): RefusalView => ({
    kind: 'print-failed',
    blame: 'outside',
    what,
    mend,
    today: { zh: '结算已入账，可在记录中再次打印', en: 'The settlement is booked; print it again from the records' },
    detail
  })

const printFailed = failed({ zh: '打印失败', en: 'The print failed' }, { zh: '请检查打印机电源、纸张和连接', en: 'Check the printer: power, paper, connection' })

const notSaved = failed(
  { zh: 'PDF没有保存', en: 'The PDF was not saved' },
  { zh: '请本机维护人员检查磁盘空间和数据目录的写入权限', en: 'The support staff look at the room on the disk and the right to write into the data folder' }
)
