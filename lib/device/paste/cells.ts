import { UNITS, type Unit } from '../../core/custody/quantity.ts'
import { isDate } from '../../core/custody/text.ts'
import { plain } from './columns.ts'

/** Arabic and Persian figures as Latin ones: labels, paper and log show the same. */
function latinFigures(text: string): string {
  return text.replace(/[\u0660-\u0669\u06f0-\u06f9]/g, figure => String(figure.charCodeAt(0) & 15))
}

/**
 * A whole number as a spreadsheet may print it: thousands apart by comma, blank, apostrophe or ٬, and decimals only if they are all zero.
 * `1.200` and `1,5` stay as they are, to be refused: they may mean two things.
 */
export function readCount(cell: string): string {
  const text = latinFigures(cell.trim())
  const whole = text.replace(/(\d)[.٫]0+$/, '$1')
  const grouped = /^\d{1,3}([,٬'’ \u00a0\u202f])\d{3}(\1\d{3})*$/.test(whole)
  const figures = grouped ? whole.replace(/\D/g, '') : whole
  return /^\d+$/.test(figures) ? figures.replace(/^0+(?=\d)/, '') : text
}

const ARABIC_MONTHS = 'يناير فبراير مارس ابريل مايو يونيو يوليو اغسطس سبتمبر اكتوبر نوفمبر ديسمبر'.split(' ')
const MONTHS = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')
const FRENCH_MONTHS = 'janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre'.split(' ')
const SPANISH_MONTHS = 'enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre'.split(
  ' ',
)
const two = (figures: string | number) => String(figures).padStart(2, '0')
function monthOf(name: string): number | undefined {
  const places = [ARABIC_MONTHS, FRENCH_MONTHS, SPANISH_MONTHS].map(months => months.indexOf(plain(name)))
  const place = Math.max(...places, MONTHS.indexOf(plain(name).slice(0, 3)))
  return place < 0 ? undefined : place + 1
}

/**
 * An expiry as labels and spreadsheets print it, as `YYYY-MM` or `YYYY-MM-DD`. A day and a month that could be each other (`03/04/2028`) and
 * years of two figures stay as they are, to be refused.
 */
export function readExpiry(cell: string): string {
  const text = latinFigures(cell.trim()).replace(/[ T]00:00(:00(\.0+)?)?$/, '')
  const yearFirst = /^(\d{4})[-/. ](\d{1,2})(?:[-/. ](\d{1,2}))?$/.exec(text)
  if (yearFirst) return dateOr(text, yearFirst[1], yearFirst[2], yearFirst[3])
  const monthYear = /^(\d{1,2})[-/. ](\d{4})$/.exec(text)
  if (monthYear) return dateOr(text, monthYear[2], monthYear[1], undefined)
  const named = /^(?:(\d{1,2})[-/. ]+)?(\p{L}+)\.?[-/., ]+(\d{4})$/u.exec(text)
  if (named) return dateOr(text, named[3], monthOf(named[2] ?? ''), named[1])
  const full = /^(\d{1,2})([-/.])(\d{1,2})\2(\d{4})$/.exec(text)
  if (!full) return text
  const [first, mark, second, year] = [Number(full[1]), full[2], Number(full[3]), full[4]]
  if (mark === '.' || first > 12 || first === second) return dateOr(text, year, second, first)
  return second > 12 ? dateOr(text, year, first, second) : text
}

type Part = string | number | undefined
function dateOr(text: string, year: Part, month: Part, day: Part): string {
  if (year === undefined || month === undefined) return text
  const read = `${year}-${two(month)}${day === undefined ? '' : `-${two(day)}`}`
  return isDate(day === undefined ? `${read}-01` : read) ? read : text
}

/** Other spellings of units, plain, a bar between them; plurals in `s` and `es` need none. */
const SPELLINGS: { readonly [U in Unit]?: string } = {
  piece: 'pc|pcs|ea|each|unit|units|pieza|piezas|unite|unites|unidad|unidades|u|قطعه|قطع|حبه|حبات',
  pair: 'pr|prs|paire|paires|par|pares|زوج|ازواج',
  set: 'طقم|اطقم',
  kit: 'trousse|trousses|عده',
  test: 'test kit|test kits|اختبار|اختبارات|فحص|فحوص',
  dose: 'doses|dosis|جرعه|جرعات',
  tablet: 'tab|tabs|comprime|comprimes|cp|comprimido|comprimidos|tableta|tabletas|قرص|اقراص',
  capsule: 'cap|caps|gelule|gelules|capsula|capsulas|كبسوله|كبسولات',
  vial: 'flacon|flacons|viales|قاروره|قوارير',
  ampoule: 'amp|amps|ampule|ampules|امبوله|امبولات',
  bottle: 'btl|btls|bouteille|bouteilles|botella|botellas|frasco|frascos|زجاجه|زجاجات',
  tube: 'tubo|tubos|انبوب|انابيب',
  sachet: 'sobre|sobres|ظرف|اظرف|ظروف',
  roll: 'rouleau|rouleaux|rollo|rollos|لفافه|لفه|لفايف',
  bag: 'sac|sacs|bolsa|bolsas|saco|sacos|كيس|اكياس',
  box: 'bx|boite|boites|caja|cajas|علبه|علب|صندوق|صناديق',
  carton: 'ctn|ctns|كرتون|كرتونه|كراتين',
  pallet: 'plt|palette|palettes|pale|pales|منصه|منصات',
  pack: 'pk|pkt|packet|packets|paquet|paquets|paquete|paquetes|عبوه|عبوات',
  tin: 'can|cans|lata|latas|صفيحه|صفايح',
  blanket: 'couverture|couvertures|manta|mantas|frazada|frazadas|بطانيه|بطانيات',
  tent: 'tente|tentes|carpa|carpas|tienda|tiendas|خيمه|خيام|خيم',
  kg: 'kgs|kilo|kilos|kilogram|kilograms|كغ|كجم|كيلو',
  g: 'gr|gram|grams|غ|غرام|جرام',
  l: 'ltr|ltrs|litre|litres|liter|liters|litro|litros|لتر|ل',
  ml: 'millilitre|millilitres|milliliter|milliliters|مل',
  m: 'metre|metres|meter|meters|metro|metros|متر|م',
}
const UNIT_OF = new Map(
  Object.entries(SPELLINGS).flatMap(([unit, names]) => names.split('|').map(name => [name, unit])),
)

/** A unit of the closed list by any spelling we know; else what was typed, to be refused. */
export function readUnit(cell: string): string {
  const name = plain(cell)
  const spelled = [name, name.replace(/s$/, ''), name.replace(/es$/, '')]
  const known = spelled.find(each => (UNITS as readonly string[]).includes(each))
  return known ?? UNIT_OF.get(name) ?? cell.trim()
}
