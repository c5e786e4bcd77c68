/**
 * A planted bug: texts of shipped source files and what stands in their place while a run looks for it. The shipped files stay
 * as they are; a module is changed on its way into the process, so nothing of it can be left behind.
 */

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ok, refuse, type Result } from '../../../base/result.ts'
import type { RuleName } from '../auditor/failure.ts'
import type { FaultKind } from '../world/swarm.ts'

/** `text` stands exactly once in `file`, whose path begins at the root of the project. */
export interface Edit {
  readonly file: string
  readonly text: string
  readonly replacement: string
}

export interface Plant {
  readonly name: string
  /** The mistake, as whoever made it would have told it. */
  readonly mistake: string
  /** What it would have cost, and whom. */
  readonly cost: string
  readonly edits: readonly Edit[]
  /** Which of the auditor's rules should notice it; another one that does is as good. */
  readonly rules: readonly RuleName[]
  /** Any of these brings it to light; none: it shows without any fault. */
  readonly faults: readonly FaultKind[]
}

export const PROJECT = join(import.meta.dirname, '..', '..', '..')

export interface Moved {
  readonly plant: string
  readonly file: string
  /** How often the text stands there. */
  readonly found: number
}

export const movedText = ({ plant, file, found }: Moved): string =>
  `canary ${plant}: the code has moved: plant it anew; its text stands ${found} times in ${file}, once is needed`

/** The source with the bug in it. */
export function planted(plant: Plant, file: string, source: string): Result<string, Moved> {
  let changed = source
  for (const edit of plant.edits) {
    if (edit.file !== file) continue
    const parts = changed.split(edit.text)
    if (parts.length !== 2) return refuse({ plant: plant.name, file, found: parts.length - 1 })
    changed = parts.join(edit.replacement)
  }
  return ok(changed)
}

/** By file, each as it will be loaded. */
export function plantedFiles(plant: Plant, read: (file: string) => string = readShipped): Result<ReadonlyMap<string, string>, Moved> {
  const files = new Map<string, string>()
  for (const file of new Set(plant.edits.map((edit) => edit.file))) {
    const changed = planted(plant, file, read(file))
    if (!changed.ok) return changed
    files.set(file, changed.value)
  }
  return ok(files)
}

const readShipped = (file: string): string => readFileSync(join(PROJECT, file), 'utf8')
