import { formatYuan, parseYuan } from '../../../../domain/money.ts';

export { parseYuan };

/** "123456" (分) → "¥1,234.56", the minus sign in front of the currency. */
export function yuan(fen: string | bigint): string {
  const text = formatYuan(BigInt(fen));
  return text.startsWith('-') ? `-¥${text.slice(1)}` : `¥${text}`;
}

/** 分 per unit with up to ten decimals ("12.0000000000") → "¥0.12". At least two decimals are shown. */
export function unitYuan(fenPerUnit: string): string {
  const [whole = '0', fraction = ''] = fenPerUnit.split('.');
  const digits = whole.padStart(3, '0') + fraction;
  const places = fraction.length + 2;
  const yuanPart = digits.slice(0, digits.length - places).replace(/\B(?=(\d{3})+$)/g, ',');
  const rest = digits
    .slice(digits.length - places)
    .replace(/0+$/, '')
    .padEnd(2, '0');
  return `¥${yuanPart}.${rest}`;
}

/** "0.7" → "70%"; "0.075" → "7.5%". */
export function percent(rate: string): string {
  return `${Number((Number(rate) * 100).toFixed(6))}%`;
}

/** Quantities carry nine decimals; people see none that say nothing: "1000.000000000" → "1,000". */
export function plainQuantity(quantity: string): string {
  const [whole = '0', fraction = ''] = quantity.split('.');
  const shown = fraction.replace(/0+$/, '');
  return whole.replace(/\B(?=(\d{3})+$)/g, ',') + (shown ? `.${shown}` : '');
}

const digitsInWords = '零壹贰叁肆伍陆柒捌玖';

/** The amount in formal Chinese numerals (人民币大写), for money that is paid out or in. */
export function formalYuan(fen: bigint): string {
  if (fen === 0n) return '零元整';
  const whole = (fen / 100n).toString();
  const jiao = Number((fen / 10n) % 10n);
  const cents = Number(fen % 10n);
  const head = whole === '0' ? '' : `${formalWhole(whole)}元`;
  if (jiao === 0 && cents === 0) return `${head}整`;
  const jiaoText = jiao > 0 ? `${digitsInWords[jiao]}角` : head ? '零' : '';
  return head + jiaoText + (cents > 0 ? `${digitsInWords[cents]}分` : '整');
}

function formalWhole(whole: string): string {
  const groups: string[] = [];
  for (let end = whole.length; end > 0; end -= 4) groups.unshift(whole.slice(Math.max(0, end - 4), end));
  return groups
    .map((group, index) =>
      formalGroup(group, ['', '万', '亿', '兆'][groups.length - 1 - index] ?? '', index > 0),
    )
    .join('')
    .replace(/零+/g, '零')
    .replace(/零$/, '');
}

function formalGroup(group: string, unit: string, follows: boolean): string {
  const value = Number(group);
  if (value === 0) return follows ? '零' : '';
  const units = ['', '拾', '佰', '仟'];
  const text = [...String(value)]
    .map((digit, index, all) => {
      const place = units[all.length - 1 - index] ?? '';
      return digit === '0' ? '零' : `${digitsInWords[Number(digit)]}${place}`;
    })
    .join('')
    .replace(/零+/g, '零')
    .replace(/零$/, '');
  return (follows && value < 1000 ? '零' : '') + text + unit;
}
