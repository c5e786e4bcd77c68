/** Every namespace with its words, so that a key that none knows does not compile. */

import type { common } from './common.ts'
import type { outpatient } from './outpatient.ts'
import type { pin } from './pin.ts'
import type { result } from './result.ts'
import type { inDoubt } from './in-doubt.ts'
import type { records } from './records.ts'
import type { reader } from './reader.ts'
import type { sync } from './sync.ts'
import type { load } from './load.ts'
import type { close } from './close.ts'
import type { eligibility } from './eligibility.ts'
import type { pharmacy } from './pharmacy.ts'
import type { callers } from './callers.ts'
import type { statement } from './statement.ts'

export interface Namespaces {
  readonly common: (typeof common)['zh-CN']
  readonly outpatient: (typeof outpatient)['zh-CN']
  readonly pin: (typeof pin)['zh-CN']
  readonly result: (typeof result)['zh-CN']
  readonly 'in-doubt': (typeof inDoubt)['zh-CN']
  readonly records: (typeof records)['zh-CN']
  readonly reader: (typeof reader)['zh-CN']
  readonly sync: (typeof sync)['zh-CN']
  readonly load: (typeof load)['zh-CN']
  readonly close: (typeof close)['zh-CN']
  readonly eligibility: (typeof eligibility)['zh-CN']
  readonly pharmacy: (typeof pharmacy)['zh-CN']
  readonly callers: (typeof callers)['zh-CN']
  readonly statement: (typeof statement)['zh-CN']
}

export type Namespace = keyof Namespaces
