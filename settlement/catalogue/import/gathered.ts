/** What became of the files of one import: a report a file, every problem counted, the rows where they wait to be merged. */

import { ProblemList, type ImportProblem } from './import-problem.ts'
import type { Placed, RowKind, RowOf, RowStore } from './rows.ts'
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

type Problem = Omit<ImportProblem, 'file' | 'line'>

/** A row that is read now. */
export interface Place {
  readonly file: FileReport
  readonly line: number
}

export class Gathered {
  readonly files: FileReport[] = []
  readonly problems = new ProblemList()
  readonly store: RowStore
  #version = ''

  constructor(store: RowStore) {
    this.store = store
  }

  /** Of the files: the last that any row names. */
  get version(): string {
    return this.#version
  }

  get rows(): number {
    return this.files.reduce((sum, { rows }) => sum + rows, 0)
  }

  has(shape: Shape): boolean {
    return this.files.some((file) => file.shape === shape && file.taken > 0)
  }

  named(version: string): void {
    if (version > this.#version) this.#version = version
  }

  begin(name: string, shape: Shape): FileReport {
    const report = { name, shape, rows: 0, taken: 0, isVoid: 0, otherDivision: 0, broken: 0 }
    this.files.push(report)
    return report
  }

  /** Into the file that was begun last. */
  take<Of extends RowKind>(kind: Of, { file, line }: Place, row: RowOf[Of]): void {
    file.taken += 1
    this.store.put(kind, { file: this.files.length - 1, line, row })
  }

  broken({ file, line }: Place, problem: Problem): void {
    file.broken += 1
    this.problems.add({ file: file.name, line, ...problem })
  }

  /** A row that was taken proves to contradict another one. */
  takenBack({ file, line }: Placed<unknown>, problem: Problem): void {
    const report = this.files[file]
    if (report === undefined) return
    report.taken -= 1
    this.broken({ file: report, line }, problem)
  }

  placeOf({ file, line }: Placed<unknown>): string {
    return `${this.files[file]?.name ?? ''}, line ${line}`
  }
}
