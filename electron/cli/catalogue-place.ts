/** The catalogues of a data folder, as the commands on them meet them. */

import { statSync } from 'node:fs'
import { ok, type Result } from '../../base/result.ts'
import { parseDate, type BusinessDate } from '../../settlement/calendar/business-date.ts'
import { describeFileRefusal, type CatalogueFileRefusal } from '../../settlement/catalogue/sqlite/catalogue-file.ts'
import { describeStoreRefusal, openCatalogueStore, type CatalogueStore, type InstalledVersion, type StoreRefusal } from '../../settlement/catalogue/sqlite/catalogue-store.ts'
import { readCatalogue } from '../host/files/delivered.ts'
import { cataloguePathIn, openTillCatalogue, type TillCatalogue } from '../host/till-catalogue.ts'
import { required, type CommandInput } from './command.ts'
import { existingFolder } from './data-folder.ts'
import { asBadInput } from './document.ts'
import { badInput, fault, type Failure, type Outcome } from './failure.ts'
import type { Terminal } from './terminal.ts'

export function dataFolder(input: CommandInput, synopsis: string): Result<string, Failure> {
  const data = required(input, 'data', synopsis)
  return data.ok ? existingFolder(data.value) : data
}

export function fileFailure(refusal: CatalogueFileRefusal): { readonly ok: false; readonly error: Failure } {
  const failed = refusal.kind === 'catalogue-busy' ? fault : badInput
  return failed(refusal.kind, describeFileRefusal(refusal), { path: refusal.path })
}

export const storeFailure = (refusal: StoreRefusal): { readonly ok: false; readonly error: Failure } => badInput(refusal.kind, describeStoreRefusal(refusal), { ...refusal })

export const hasCatalogues = (data: string): boolean => statSync(cataloguePathIn(data), { throwIfNoEntry: false }) !== undefined

/** Closes the file whatever the work says. */
export async function withStore(data: string, { create }: { readonly create: boolean }, work: (store: CatalogueStore) => Outcome | Promise<Outcome>): Promise<Outcome> {
  const store = openCatalogueStore({ path: cataloguePathIn(data), create })
  if (!store.ok) return fileFailure(store.error)
  try {
    return await work(store.value)
  } finally {
    store.value.close()
  }
}

/** What a till of this data folder works by: the installed version, or what it was delivered with. */
export async function withCatalogue(data: string, terminal: Terminal, work: (catalogue: TillCatalogue) => Outcome | Promise<Outcome>): Promise<Outcome> {
  const delivered = asBadInput(readCatalogue(terminal.fixtures))
  if (!delivered.ok) return delivered
  const catalogue = openTillCatalogue(data, delivered.value)
  if (!catalogue.ok) return badInput('catalogue-damaged', catalogue.error)
  try {
    return await work(catalogue.value)
  } finally {
    catalogue.value.close()
  }
}

export const versionJson = ({ name, source, installedAt, rows, codes, isActive }: InstalledVersion) => ({ version: name, active: isActive, codes, rows, installed_at: installedAt, source })

export const versionLine = ({ name, installedAt, rows, codes, isActive, source }: InstalledVersion): string =>
  `${isActive ? '*' : ' '} ${name}  ${codes} items, ${rows} rows  installed ${installedAt}  from ${source}`

export function dayOption(input: CommandInput, terminal: Terminal): Result<BusinessDate, Failure> {
  const text = input.text('on')
  if (text === undefined) return ok(terminal.clock().today)
  const day = parseDate(text)
  return day === undefined ? badInput('bad-option', `--on: "${text}" must be a day of the calendar, "YYYY-MM-DD"`) : ok(day)
}

/** A whole number from `min` to `max`. */
export function numberOption(input: CommandInput, option: string, { min, max, otherwise }: { readonly min: number; readonly max: number; readonly otherwise: number }): Result<number, Failure> {
  const text = input.text(option)
  if (text === undefined) return ok(otherwise)
  const number = /^\d{1,9}$/.test(text) ? Number.parseInt(text, 10) : -1
  return number >= min && number <= max ? ok(number) : badInput('bad-option', `--${option}: "${text}" must be a whole number from ${min} to ${max}`)
}
