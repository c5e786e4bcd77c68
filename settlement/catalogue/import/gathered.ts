/** What the files of one import hold, each row with the place that it came from. */

import type { CatalogueItem } from '../item-schema.ts'
import { ProblemList, type ImportProblem } from './import-problem.ts'
import type { DrugRow } from './read-drug.ts'
import type { ListRows, ListShape } from './read-list.ts'
import type { Shape } from './shapes.ts'

/** What became of a file's rows: rows = taken + empty of meaning here + broken. */
export interface FileReport {
  readonly name: string
  readonly shape: Shape
  rows: number
  taken: number
  /** vali_flag 0 */
  isVoid: number
  otherDivision: number
  broken: number
}

export interface Placed<Row> {
  readonly row: Row
  readonly line: number
  readonly file: FileReport
}

export class Gathered {
  readonly files: FileReport[] = []
  readonly problems = new ProblemList()
  readonly drugs: Placed<DrugRow>[] = []
  readonly documents: Placed<CatalogueItem>[] = []
  readonly lists: { readonly [Of in ListShape]: Placed<ListRows[Of]>[] } = { '1312': [], '1316': [], '1317': [], '1318': [], '1319': [], prices: [] }
  #version = ''

  /** Of the files: the last that any row names. */
  get version(): string {
    return this.#version
  }

  get rows(): number {
    return this.files.reduce((sum, { rows }) => sum + rows, 0)
  }

  named(version: string): void {
    if (version > this.#version) this.#version = version
  }

  begin(name: string, shape: Shape): FileReport {
    const report = { name, shape, rows: 0, taken: 0, isVoid: 0, otherDivision: 0, broken: 0 }
    this.files.push(report)
    return report
  }

  broken(file: FileReport, line: number, problem: Omit<ImportProblem, 'file' | 'line'>): void {
    file.broken += 1
    this.problems.add({ file: file.name, line, ...problem })
  }

  /** A row that was taken proves to contradict another one. */
  takenBack({ file, line }: Placed<unknown>, problem: Omit<ImportProblem, 'file' | 'line'>): void {
    file.taken -= 1
    this.broken(file, line, problem)
  }
}
