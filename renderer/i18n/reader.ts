export const reader = {
  'zh-CN': {},
  en: {}
} as const
