import type { ErrorTexts } from './errors.ts';

export const resourcesErrors = {
  ACCESS_NOT_READY: {
    status: 409,
    zh: '资源尚未开通，接入信息将在开通后提供',
    en: 'The resource is not active yet. Its connection information comes when it is',
  },
  ACCESS_INCOMPLETE: {
    status: 422,
    zh: '接入信息不完整，请按字段提示补充后提交',
    en: 'The connection information is not complete. Fill in the fields marked below',
  },
  SUPPLIER_REFUSED: {
    status: 409,
    zh: '供应商无法开通该商品，款项已原路退回余额',
    en: 'The supplier could not open this product. The money went back to your balance',
  },
  SUPPLIER_FAILED: {
    status: 409,
    zh: '供应商开通失败，款项已原路退回余额',
    en: 'Opening failed at the supplier. The money went back to your balance',
  },
} as const satisfies ErrorTexts;
