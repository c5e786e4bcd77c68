/**
 * The words of the window itself, in both languages. Each namespace is one file that its screen adds when it is loaded; what
 * the host says (refusals, names) comes in both languages with the answer and is picked by `Say`.
 */

import { createInstance } from 'i18next'
import { initReactI18next } from 'react-i18next'
import { rememberedLanguage, rememberLanguage, LANGUAGES, type Language } from './language.ts'
import type { Namespace, Namespaces } from './namespaces.ts'

declare module 'i18next' {
  interface CustomTypeOptions {
    defaultNS: 'common'
    resources: Namespaces
  }
}

export type Words = Readonly<Record<Language, Readonly<Record<string, string>>>>

const i18n = createInstance()

// Resources are part of the program, so there is nothing to wait for.
void i18n.use(initReactI18next).init({
  lng: rememberedLanguage(),
  fallbackLng: false,
  initAsync: false,
  resources: {},
  react: { useSuspense: false },
  interpolation: { escapeValue: false }
})

/** A screen calls it at the head of its own file, before anything of it is drawn. */
export function addWords(namespace: Namespace, words: Words): void {
  for (const language of LANGUAGES) i18n.addResourceBundle(language, namespace, words[language])
}

export async function speak(language: Language): Promise<void> {
  rememberLanguage(language)
  await i18n.changeLanguage(language)
}
