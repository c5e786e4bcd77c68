/** The bundles are those of the sources: built once, however many files of tests ask. */

import { build } from '../../../electron/build/build.ts'

let building: Promise<unknown> | undefined

export const built = (): Promise<unknown> => (building ??= build())
