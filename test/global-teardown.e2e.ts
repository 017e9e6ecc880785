import { stopProduct } from './global-setup.e2e.ts';

export default stopProduct;
