/** How sure the source of a rule is, in words. */

import type { Certainty } from '../../../settlement/policy/policy-parts.ts'
import type { Text } from '../../contract/text.ts'

export const CERTAINTIES: Readonly<Record<Certainty, Text>> = {
  published: { zh: '已公布', en: 'published' },
  reproduced: { zh: '转载原文', en: 'reproduced' },
  secondary: { zh: '二手资料', en: 'secondary source' },
  inferred: { zh: '推断', en: 'inferred' },
  conflicting: { zh: '来源不一致', en: 'sources conflict' },
  weak: { zh: '来源薄弱', en: 'weak source' },
  fictitious: { zh: '虚构', en: 'made up' },
  'not stated': { zh: '未说明', en: 'not stated' }
}
