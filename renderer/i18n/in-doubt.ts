export const inDoubt = {
  'zh-CN': {},
  en: {}
} as const
