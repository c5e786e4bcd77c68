/** Language and appearance: chosen here, kept on this machine. */

import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { Button } from '../components/button.tsx'
import { useLanguage, useWords } from '../i18n/use-words.ts'
import { speak } from '../i18n/words.ts'
import { appearance, chooseTheme, THEMES, type Theme } from '../theme/theme.ts'

const MARKS: Readonly<Record<Theme, string>> = { system: '\u25d0', light: '\u25cb', dark: '\u25cf' }

export function Choices(): ReactNode {
  const t = useWords('common')
  const language = useLanguage()
  const { chosen } = useStore(appearance)
  const next = THEMES[(THEMES.indexOf(chosen) + 1) % THEMES.length] ?? 'system'
  return (
    <div className="frame__choices">
      <Button look="quiet" lang={language === 'en' ? 'zh-CN' : 'en'} onClick={() => void speak(language === 'en' ? 'zh-CN' : 'en')}>
        {t('languageOther')}
      </Button>
      <Button look="quiet" aria-label={`${t('theme')}: ${t(`theme-${chosen}`)}`} onClick={() => chooseTheme(next)}>
        <span aria-hidden="true">{MARKS[chosen]} </span>
        {t(`theme-${chosen}`)}
      </Button>
    </div>
  )
}
