/** `t` of one namespace, and the language that is spoken now. */

import { useTranslation } from 'react-i18next'
import type { Text } from '../../electron/contract/text.ts'
import type { Language } from './language.ts'
import type { Namespace } from './namespaces.ts'

export function useWords<Name extends Namespace>(namespace: Name): ReturnType<typeof useTranslation<Name>>['t'] {
  return useTranslation(namespace).t
}

export function useLanguage(): Language {
  return useTranslation().i18n.language === 'en' ? 'en' : 'zh-CN'
}

/** Picks what the host said in both languages. */
export function usePick(): (text: Text) => string {
  const language = useLanguage()
  return (text) => (language === 'en' ? text.en : text.zh)
}
