/**
 * Where antd's widgets live: its locale, its theme in our colours, its styles under the page's nonce. Loaded with the first
 * thing that needs antd and not before, because antd's first render costs more than the whole first screen.
 */

import { ConfigProvider, theme as antdTheme, type ConfigProviderProps, type ThemeConfig } from 'antd'
import enUS from 'antd/locale/en_US.js'
import zhCN from 'antd/locale/zh_CN.js'
import type { ReactNode } from 'react'
import { useStore } from 'zustand'
import { useLanguage } from '../i18n/use-words.ts'
import { appearance } from './theme.ts'

const COLOURS = {
  light: {
    colorPrimary: '#1258c4',
    colorError: '#b3261e',
    colorWarning: '#8a5200',
    colorSuccess: '#176b3a',
    colorInfo: '#1258c4',
    colorText: '#14181f',
    colorTextSecondary: '#454e5c',
    colorTextTertiary: '#5a6473',
    colorBgContainer: '#ffffff',
    colorBgElevated: '#ffffff',
    colorBgLayout: '#f2f4f7',
    colorBorder: '#b9c0cb',
    colorBorderSecondary: '#dde1e8'
  },
  dark: {
    colorPrimary: '#6fa8ff',
    colorError: '#ff8f86',
    colorWarning: '#f0b45a',
    colorSuccess: '#6fd08c',
    colorInfo: '#6fa8ff',
    colorText: '#e8ebf0',
    colorTextSecondary: '#b4bcc9',
    colorTextTertiary: '#949eae',
    colorBgContainer: '#171b22',
    colorBgElevated: '#1e242d',
    colorBgLayout: '#0f1217',
    colorBorder: '#454e5c',
    colorBorderSecondary: '#2a313c'
  }
} as const

const SHARED = {
  fontFamily: 'inherit',
  fontSize: 14,
  borderRadius: 6,
  wireframe: false
} as const

function themeFor(shown: 'light' | 'dark', still: boolean): ThemeConfig {
  return {
    algorithm: shown === 'dark' ? antdTheme.darkAlgorithm : antdTheme.defaultAlgorithm,
    cssVar: { key: 'caresettle' },
    hashed: false,
    token: { ...SHARED, ...COLOURS[shown], motion: !still }
  }
}

type Locale = NonNullable<ConfigProviderProps['locale']>

/** antd's locale files are CommonJS: a bundler may hand over the module or what it exports. */
const unwrapped = (locale: Locale | { readonly default: Locale }): Locale => ('default' in locale ? locale.default : locale)

const LOCALES = { 'zh-CN': unwrapped(zhCN), en: unwrapped(enUS) } as const

export const pageNonce = (): string => document.querySelector<HTMLMetaElement>('meta[name="csp-nonce"]')?.content ?? ''

/** What stands above the page has a place of its own. In the body itself antd would lock the scrolling with a style that has no nonce. */
const overlays = (): HTMLElement => document.getElementById('overlays') ?? document.body

const prefersStill = (): boolean => window.matchMedia('(prefers-reduced-motion: reduce)').matches

export function AntdScope({ children }: { readonly children: ReactNode }): ReactNode {
  const language = useLanguage()
  const { shown } = useStore(appearance)
  return (
    <ConfigProvider
      locale={LOCALES[language]}
      csp={{ nonce: pageNonce() }}
      getPopupContainer={overlays}
      theme={themeFor(shown, prefersStill())}
      button={{ autoInsertSpace: false }}
    >
      {children}
    </ConfigProvider>
  )
}
