import { COLUMN_FIELDS, type ColumnField, columnsNamed, fieldsNamed, NAMES } from '../paste/columns.ts'
import { readTable } from '../paste/table.ts'

/** What a column of an imported spreadsheet can be: goods, and what is said of a whole consignment. `name`: which rows make one. */
export const IMPORT_FIELDS = ['name', 'consignee', ...COLUMN_FIELDS, 'waybill', 'remark'] as const
export type ImportField = (typeof IMPORT_FIELDS)[number]

const WHOLE = {
  waybill: {
    exact: [
      'waybill',
      'awb',
      'bl',
      'cmr',
      'waybill number',
      'bordereau',
      'lettre de voiture',
      'albaran',
      'guia',
      'بوليصه',
      'بوليصه الشحن',
    ],
    holds: /\b(waybill|awb|bordereau|albaran)\b|lettre de voiture|بوليصه/,
  },
  remark: {
    exact: [
      'remark',
      'remarks',
      'note',
      'notes',
      'comment',
      'comments',
      'remarque',
      'commentaire',
      'observaciones',
      'nota',
      'notas',
      'ملاحظات',
      'ملاحظه',
    ],
    holds: /\b(remarks?|comments?|remarques?|commentaires?|observacion(es)?)\b|ملاحظ/,
  },
  name: {
    exact: [
      ...[
        'consignment',
        'order',
        'order no',
        'order number',
        'shipment',
        'shipment no',
        'delivery',
        'po',
        'po number',
        'parcel',
        'box no',
      ],
      ...['envoi', 'commande', 'n commande', 'no commande', 'no de commande', 'expedition', 'livraison'],
      ...['envio', 'pedido', 'n pedido', 'no de pedido', 'numero de pedido', 'orden'],
      ...['الارساليه', 'الشحنه', 'رقم الشحنه', 'الطلب', 'رقم الطلب', 'رقم الطلبيه'],
    ],
    holds: /\b(consignment|order|shipment|commande|expedition|envoi|pedido|envio)\b|\bpo\b|ارساليه|شحنه|طلب/,
  },
  consignee: {
    exact: [
      ...[
        'consignee',
        'recipient',
        'to',
        'ship to',
        'deliver to',
        'destination',
        'hospital',
        'receiver',
        'beneficiary',
        'customer',
      ],
      ...['destinataire', 'beneficiaire', 'hopital', 'destinatario', 'beneficiario', 'destino'],
      ...['المستلم', 'المرسل اليه', 'الجهه المستلمه', 'المستشفي', 'الوجهه', 'المستفيد'],
    ],
    holds:
      /\b(consignee|recipient|ship to|deliver to|destinataire|beneficiaire|destinatario|beneficiario)\b|مستلم|مرسل اليه|مستفيد/,
  },
} as const

/** For each heading what it names: goods first, as they are needed. */
export function importColumns(headings: readonly string[]): readonly (ImportField | undefined)[] {
  return fieldsNamed<ImportField>(headings, { ...WHOLE, ...NAMES })
}

/** What the columns of a table seem to be, and whether its first row names them. */
export function guessColumns(rows: readonly (readonly string[])[]): {
  readonly isFirstHeading: boolean
  readonly fields: readonly (ImportField | undefined)[]
} {
  const [first = []] = rows
  const named = importColumns(first)
  const found = named.filter(field => field !== undefined).length
  const isFirstHeading =
    found >= 2 && !first.some((cell, place) => named[place] === undefined && /^[\d.,\s]+$/.test(cell))
  if (isFirstHeading || columnsNamed(first).filter(Boolean).length >= 2) return { isFirstHeading: true, fields: named }
  // Without names: by what the cells hold, as for pasted goods.
  const guessed = readTable(
    rows
      .slice(0, 50)
      .map(row => row.map(quoteless).join('\t'))
      .join('\n'),
    '\t',
  )
  return { isFirstHeading: false, fields: guessed.fields satisfies readonly (ColumnField | undefined)[] }
}

const quoteless = (cell: string) => cell.replace(/[\t\n"]/g, ' ')
