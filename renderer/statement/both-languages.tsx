/** A label of the paper in both languages: the one that is spoken now first, the other beside it in small. */

import type { ReactNode } from 'react'
import type { Text } from '../../electron/contract/text.ts'
import type { Language } from '../i18n/language.ts'
import type { Namespaces } from '../i18n/namespaces.ts'
import { useLanguage, useWords } from '../i18n/use-words.ts'

export type StatementWord = keyof Namespaces['statement']

const OTHER: Readonly<Record<Language, Language>> = { 'zh-CN': 'en', en: 'zh-CN' }

export function Both({ word, n = 0 }: { readonly word: StatementWord; readonly n?: number | string }): ReactNode {
  const language = useLanguage()
  const t = useWords('statement')
  return <Pair first={t(word, { n })} second={t(word, { n, lng: OTHER[language] })} lang={OTHER[language]} />
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
