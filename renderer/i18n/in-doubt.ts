export const inDoubt = {
  'zh-CN': {
    title: '存疑 {{n}} 笔',
    'title-closed': '存疑已解决',
    none: '没有存疑的结算。',
    'step-card': '请放回同一张卡。不要再次收费。',
    'step-pin': '请持卡人输入密码，卡片据此证明是否已扣款。',
    'step-wait': '核对自动进行，结果会显示在这里。',
    total: '费用总额',
    account: '账户扣款',
    cash: '现金',
    'enter-pin': '输入密码',
    understood: '知道了',
    'outcome-posted': '已扣款一次，并已入账',
    'outcome-released': '没有扣款，可以重新结算',
    'outcome-in-doubt': '仍然存疑',
    'outcome-not-recorded': '卡内没有记录'
  },
  en: {
    title: '{{n}} in doubt',
    'title-closed': 'Nothing is in doubt any more',
    none: 'No settlement is in doubt.',
    'step-card': 'Put the same card back. Do not charge again.',
    'step-pin': 'The holder gives the PIN: with it the card proves whether it was charged.',
    'step-wait': 'It is then resolved by itself, and shown here.',
    total: 'Total',
    account: 'From the account',
    cash: 'Cash',
    'enter-pin': 'Enter PIN',
    understood: 'Understood',
    'outcome-posted': 'Charged once, and booked',
    'outcome-released': 'Not charged: it may be settled again',
    'outcome-in-doubt': 'Still in doubt',
    'outcome-not-recorded': 'The card has no record of it'
  }
} as const
