/** A label of the paper in both languages: the one that is spoken now first, the other beside it in small. */

import type { ReactNode } from 'react'
import type { Text } from '../../electron/contract/text.ts'
import type { Language } from '../i18n/language.ts'
import type { Namespaces } from '../i18n/namespaces.ts'
import { useLanguage, useWords } from '../i18n/use-words.ts'

/** What is counted is asked for by the word alone: its count says whether it is of one or of many. */
type Asked<Key> = Key extends `${infer Word}_other` ? Word : Key

export type StatementWord = Asked<keyof Namespaces['statement']>

const OTHER: Readonly<Record<Language, Language>> = { 'zh-CN': 'en', en: 'zh-CN' }

export function Both({ word, n = 0 }: { readonly word: StatementWord; readonly n?: number }): ReactNode {
  const language = useLanguage()
  const t = useWords('statement')
  const told = { n, count: n }
  return <Pair first={t(word, told)} second={t(word, { ...told, lng: OTHER[language] })} lang={OTHER[language]} />
}

/** What the host said, which comes in both languages. */
export function BothOf({ text }: { readonly text: Text }): ReactNode {
  const language = useLanguage()
  const [first, second] = language === 'en' ? [text.en, text.zh] : [text.zh, text.en]
  return <Pair first={first} second={second} lang={OTHER[language]} />
}

function Pair({ first, second, lang }: { readonly first: string; readonly second: string; readonly lang: Language }): ReactNode {
  if (first === second) return first
  return (
    <>
      {first}{' '}
      <span className="sheet__other" lang={lang}>
        {second}
      </span>
    </>
  )
}
