export const result = {
  'zh-CN': {},
  en: {}
} as const
