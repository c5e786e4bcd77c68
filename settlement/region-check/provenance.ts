/** Values without a source, and values that are known not to be sure. */

import type { Policy } from '../policy/policy-schema.ts'
import type { Source } from '../rules/rule-row.ts'
import { SECTION_NAMES, type RuleDocument } from '../rules/rules-schema.ts'
import { finding, type Filed, type Finding } from './finding.ts'
import { rowsOf } from './row-lists.ts'

const UNSURE: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  inferred: { zh: '推断', en: 'inferred' },
  conflicting: { zh: '来源互相矛盾', en: 'sources disagree' },
  weak: { zh: '来源薄弱', en: 'weak source' }
}

interface Stated {
  readonly path: string
  readonly value: string
  /** A policy states one text, a rule one in each language. */
  readonly source: string | Source
  readonly certainty: string
}

export const policyProvenance = ({ file, document }: Filed<Policy>): readonly Finding[] => {
  const { pin_try_limit: tries, first_pins: pins, source, certainty } = document.card
  const card = tries === undefined && pins.length === 0 ? [] : [{ path: 'card', value: tries === undefined ? '' : String(tries), source, certainty }]
  return provenance(file, [...rowsOf(document), ...card])
}

export const rulesProvenance = ({ file, document }: Filed<RuleDocument>): readonly Finding[] =>
  provenance(file, [
    ...Object.entries(document.groups).map(([name, { source, certainty }]) => ({ path: `groups.${name}`, value: '', source, certainty })),
    ...SECTION_NAMES.flatMap((section) =>
      document[section].map((row, index) => ({ path: `${section}[${index}]`, value: row.id ?? '', source: row.source, certainty: row.certainty }))
    )
  ])

function provenance(file: string, values: readonly Stated[]): readonly Finding[] {
  const without = values.filter(({ source, certainty }) => inBoth(source).en === 'not stated' || certainty === 'not stated')
  const nowhere = without.map(({ path }) => path)
  const missing = nowhere.length === 0 ? [] : [
    finding('no-provenance', { file, path: nowhere[0] ?? '' }, {
      zh: `${nowhere.length} 个参数没有来源或可靠程度：${shortened(nowhere, '、')}`,
      en: `${nowhere.length} values state no source or no certainty: ${shortened(nowhere, ', ')}`
    })
  ]
  const unsure = values.flatMap(({ path, value, source, certainty }) => {
    const words = UNSURE[certainty]
    const stated = value === '' ? '' : ` ${value}`
    const { zh, en } = inBoth(source)
    return words === undefined ? [] : [finding('uncertain', { file, path }, { zh: `${path}${stated}：${words.zh}；来源：${zh}`, en: `${path}${stated}: ${words.en}; source: ${en}` })]
  })
  return [...missing, ...unsure]
}

const inBoth = (source: string | Source): Source => (typeof source === 'string' ? { zh: source, en: source } : source)

const SHOWN_MAX = 6

const shortened = (paths: readonly string[], between: string): string =>
  paths.length > SHOWN_MAX ? `${paths.slice(0, SHOWN_MAX).join(between)} ...` : paths.join(between)
