/** What a column of a pasted table can be used for. */
export const COLUMN_FIELDS = ['item', 'lot', 'expiry', 'unit', 'quantity', 'packSize', 'donorName'] as const
export type ColumnField = (typeof COLUMN_FIELDS)[number]

/** Headings as people write them, plain (see {@link plain}): those that say exactly this, and those that hold it among other words. */
export const NAMES: { readonly [F in ColumnField]: Names } = {
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
      'unites par paquet',
      'conditionnement',
      'par boite',
      'unidades por paquete',
      'por caja',
      'presentacion',
    ],
    holds:
      /\bper (pack|box|carton|case)\b|pack ?size|packing|conditionnement|par (boite|paquet|carton)|por (caja|paquete)|في العبوه|حجم العبوه|التعبيه/,
  },
  expiry: {
    exact: [
      'expiry',
      'exp',
      'expires',
      'expiration',
      'best before',
      'use by',
      'bbd',
      'الصلاحيه',
      'تاريخ الانتهاء',
      'peremption',
      'expiration',
      'caducidad',
      'vencimiento',
    ],
    holds: /\bexp(iry|ires?|iration|\b)|peremption|perime|caducidad|vencimiento|vence|best before|use by|انتهاء|صلاحيه/,
  },
  lot: {
    exact: [
      'lot',
      'batch',
      'lot no',
      'batch no',
      'lot number',
      'batch number',
      'no de lot',
      'lote',
      'n lote',
      'التشغيله',
      'الدفعه',
      'اللوط',
    ],
    holds: /\b(lot|batch|lote)\b|تشغيله|دفعه|لوط/,
  },
  quantity: {
    exact: [
      'quantity',
      'qty',
      'count',
      'amount',
      'number',
      'no of units',
      'pieces',
      'quantite',
      'qte',
      'nombre',
      'cantidad',
      'cant',
      'الكميه',
      'العدد',
      'كميه',
      'عدد',
    ],
    holds: /\b(quantity|qty|quantities|quantites?|qte|cantidad|cant)\b|كميه|عدد/,
  },
  unit: {
    exact: [
      'unit',
      'units',
      'uom',
      'unit of measure',
      'measure',
      'unite',
      'unite de mesure',
      'unidad',
      'unidad de medida',
      'الوحده',
      'وحده',
      'وحده القياس',
    ],
    holds: /\b(unit|units|uom|unites?|unidad|unidades)\b|وحده/,
  },
  donorName: {
    exact: ['donor', 'donated by', 'giver', 'donateur', 'bailleur', 'donante', 'المتبرع', 'المانح', 'الجهه المانحه'],
    holds: /\b(donor|donated|donateur|donante)\b|متبرع|مانح/,
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
      'designation',
      'libelle',
      'produit',
      'articulo',
      'producto',
      'descripcion',
      'الصنف',
      'الوصف',
      'الماده',
      'البيان',
      'المنتج',
      'البضاعه',
      'الاسم',
    ],
    holds:
      /\b(item|description|product|goods|article|commodity|designation|libelle|produit|articulo|producto|descripcion)\b|صنف|وصف|ماده|منتج|بضاعه/,
  },
}

/** Money and whoever made it are no goods, however their headings begin. */
const NOT_GOODS = /price|cost|value|usd|eur|freight|insurance|vendor|manufactur|\bid\b|سعر|قيمه|تكلفه|ثمن/

/** Lower case, one blank between words, no accents and no marks; of Arabic the letters that people write in two ways in one of them. */
export function plain(text: string): string {
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .replace(/[\u064b-\u0652\u0640]/g, '')
    .replace(/[أإآ]/g, 'ا')
    .replace(/ة/g, 'ه')
    .replace(/[ىئ]/g, 'ي')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

type Names = { readonly exact: readonly string[]; readonly holds: RegExp }

/** For each heading the field it names, each field once: exact names first, then the first that holds one. */
export function columnsNamed(headings: readonly string[]): readonly (ColumnField | undefined)[] {
  return fieldsNamed(headings, NAMES)
}

/** The same for any fields with their names; the first that fits takes a heading, in the order of `names`. */
export function fieldsNamed<Field extends string>(
  headings: readonly string[],
  names: { readonly [F in Field]: Names },
): readonly (Field | undefined)[] {
  const plainly = headings.map(plain)
  const fields: (Field | undefined)[] = headings.map(() => undefined)
  const take = (field: Field, place: number) => {
    if (place >= 0 && !fields.includes(field)) fields[place] = field
  }
  const entries = Object.entries(names) as [Field, Names][]
  for (const [field, { exact }] of entries)
    take(
      field,
      plainly.findIndex((heading, place) => !fields[place] && exact.includes(heading)),
    )
  for (const [field, { holds }] of entries)
    take(
      field,
      plainly.findIndex((heading, place) => !fields[place] && holds.test(heading) && !NOT_GOODS.test(heading)),
    )
  return fields
}
