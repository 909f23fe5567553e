/** What a column of a pasted table can be used for. */
export const COLUMN_FIELDS = ['item', 'lot', 'expiry', 'unit', 'quantity', 'packSize', 'donorName'] as const
export type ColumnField = (typeof COLUMN_FIELDS)[number]

/** Headings as people write them, plain (see {@link plain}): those that say exactly this, and those that hold it among other words. */
const NAMES: { readonly [F in ColumnField]: { readonly exact: readonly string[]; readonly holds: RegExp } } = {
  packSize: {
    exact: [
      'pack size',
      'packsize',
      'pack',
      'units per pack',
      'per pack',
      'حجم العبوه',
      'العبوه',
      'التعبيه',
      'في العبوه',
    ],
    holds: /\bper (pack|box|carton|case)\b|pack ?size|packing|في العبوه|حجم العبوه|التعبيه/,
  },
  expiry: {
    exact: ['expiry', 'exp', 'expires', 'expiration', 'best before', 'use by', 'bbd', 'الصلاحيه', 'تاريخ الانتهاء'],
    holds: /\bexp(iry|ires?|iration|\b)|best before|use by|انتهاء|صلاحيه/,
  },
  lot: {
    exact: ['lot', 'batch', 'lot no', 'batch no', 'lot number', 'batch number', 'التشغيله', 'الدفعه', 'اللوط'],
    holds: /\b(lot|batch)\b|تشغيله|دفعه|لوط/,
  },
  quantity: {
    exact: ['quantity', 'qty', 'count', 'amount', 'number', 'no of units', 'pieces', 'الكميه', 'العدد', 'كميه', 'عدد'],
    holds: /\b(quantity|qty|quantities)\b|كميه|عدد/,
  },
  unit: {
    exact: ['unit', 'units', 'uom', 'unit of measure', 'measure', 'الوحده', 'وحده', 'وحده القياس'],
    holds: /\b(unit|units|uom)\b|وحده/,
  },
  donorName: {
    exact: ['donor', 'donated by', 'giver', 'المتبرع', 'المانح', 'الجهه المانحه'],
    holds: /\b(donor|donated)\b|متبرع|مانح/,
  },
  item: {
    exact: [
      'item',
      'items',
      'description',
      'item description',
      'product',
      'goods',
      'article',
      'commodity',
      'name',
      'الصنف',
      'الوصف',
      'الماده',
      'البيان',
      'المنتج',
      'البضاعه',
      'الاسم',
    ],
    holds: /\b(item|description|product|goods|article|commodity)\b|صنف|وصف|ماده|منتج|بضاعه/,
  },
}

/** Money and whoever made it are no goods, however their headings begin. */
const NOT_GOODS = /price|cost|value|usd|eur|freight|insurance|vendor|manufactur|\bid\b|سعر|قيمه|تكلفه|ثمن/

/** Lower case, one blank between words, no marks; of Arabic the letters that people write in two ways in one of them. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\u064b-\u0652\u0640]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .replace(/ة/g, 'ه')
    .replace(/[ىئ]/g, 'ي')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/** For each heading the field it names, each field once: exact names first, then the first that holds one. */
export function columnsNamed(headings: readonly string[]): readonly (ColumnField | undefined)[] {
  const plainly = headings.map(plain)
  const fields: (ColumnField | undefined)[] = headings.map(() => undefined)
  const take = (field: ColumnField, place: number) => {
    if (place >= 0 && !fields.includes(field)) fields[place] = field
  }
  const entries = Object.entries(NAMES) as [ColumnField, (typeof NAMES)[ColumnField]][]
  for (const [field, { exact }] of entries)
    take(
      field,
      plainly.findIndex(heading => exact.includes(heading)),
    )
  for (const [field, { holds }] of entries)
    take(
      field,
      plainly.findIndex((heading, place) => !fields[place] && holds.test(heading) && !NOT_GOODS.test(heading)),
    )
  return fields
}
