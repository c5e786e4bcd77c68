/** Prints what the page shows for print, or writes it as a PDF into the statements beside the ledger. */

import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { BrowserWindow, WebContents } from 'electron'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { RefusalView } from '../../contract/refusal-view.ts'
import type { PrintOutcome } from '../../contract/terminal.ts'
import { numberedName, safeName } from './file-name.ts'
import { pagesOf, rollFor, sizeInInches, sizeInMicrons, type Paper } from './paper.ts'
import { parsePrintRequest } from './print-request.ts'

const STATEMENTS_FOLDER = 'statements'
const SAME_NAME_MAX = 1_000

export async function print(window: BrowserWindow, asked: unknown, data: string): Promise<Result<PrintOutcome, RefusalView>> {
  const request = parsePrintRequest(asked)
  if (request === undefined) return refuse(wrongPrint)
  const { webContents } = window
  try {
    const paper: Paper =
      request.format === 'a5'
        ? { kind: 'a5' }
        : { kind: 'roll', lengthMm: await rollFor(async (lengthMm) => pagesOf(await pdfOf(webContents, { kind: 'roll', lengthMm }))) }
    if (request.to === 'printer') return await toPrinter(webContents, paper)
    return ok({ saved: await save(join(data, STATEMENTS_FOLDER), safeName(request.name), await pdfOf(webContents, paper)) })
  } catch (cause) {
    return refuse(printFailed(cause instanceof Error ? cause.message : String(cause)))
  }
}

/** The page brings its own margins: paper and window are laid out by the same styles. */
const pdfOf = (contents: WebContents, paper: Paper): Promise<Uint8Array> =>
  contents.printToPDF({
    pageSize: sizeInInches(paper),
    margins: { top: 0, bottom: 0, left: 0, right: 0 },
    printBackground: true,
    displayHeaderFooter: false,
    preferCSSPageSize: false
  })

const toPrinter = (contents: WebContents, paper: Paper): Promise<Result<PrintOutcome, RefusalView>> =>
  new Promise((done) => {
    contents.print(
      { pageSize: sizeInMicrons(paper), margins: { marginType: 'none' }, printBackground: true },
      (success, reason) => {
        if (success) done(ok({ printed: true }))
        else done(/cancel/i.test(reason) ? ok({ cancelled: true }) : refuse(printFailed(reason)))
      }
    )
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
  what: { zh: '打印请求的格式、去向或名称不符', en: 'print: format is a5 or 80mm, to is printer or pdf, name is a text' },
  mend: null,
  today: null
}

const printFailed = (detail: string): RefusalView => ({
  kind: 'print-failed',
  blame: 'outside',
  what: { zh: `打印失败:${detail}`, en: `The print failed: ${detail}` },
  mend: { zh: '请检查打印机电源、纸张和连接', en: 'Check the printer: power, paper, connection' },
  today: { zh: '结算已入账,可在记录中再次打印', en: 'The settlement is booked; print it again from the records' }
})
