/** Light or dark: as the system has it, or as it was chosen on this machine. The style sheets read `data-theme` of the page. */

import { createStore, type StoreApi } from 'zustand/vanilla'

export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

const KEY = 'caresettle.theme'

export interface Appearance {
  readonly chosen: Theme
  readonly shown: 'light' | 'dark'
}

const systemDark = (): MediaQueryList => window.matchMedia('(prefers-color-scheme: dark)')

function rememberedTheme(): Theme {
  const found = localStorage.getItem(KEY)
  return THEMES.find((theme) => theme === found) ?? 'system'
}

const appearanceOf = (chosen: Theme): Appearance => ({
  chosen,
  shown: chosen === 'system' ? (systemDark().matches ? 'dark' : 'light') : chosen
})

export const appearance: StoreApi<Appearance> = createStore<Appearance>()(() => appearanceOf(rememberedTheme()))

export function chooseTheme(theme: Theme): void {
  localStorage.setItem(KEY, theme)
  show(appearanceOf(theme))
}

/** Call once, before the first paint. */
export function startTheme(): void {
  show(appearance.getState())
  systemDark().addEventListener('change', () => show(appearanceOf(appearance.getState().chosen)))
}

function show(next: Appearance): void {
  document.documentElement.dataset['theme'] = next.shown
  appearance.setState(next, true)
}
