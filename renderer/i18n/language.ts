/** The two languages, and which one was chosen on this machine. */

export const LANGUAGES = ['zh-CN', 'en'] as const
export type Language = (typeof LANGUAGES)[number]

const KEY = 'caresettle.language'

const isLanguage = (value: unknown): value is Language => LANGUAGES.some((language) => language === value)

export function rememberedLanguage(): Language {
  const found = localStorage.getItem(KEY)
  return isLanguage(found) ? found : 'zh-CN'
}

export function rememberLanguage(language: Language): void {
  localStorage.setItem(KEY, language)
  document.documentElement.lang = language
}
