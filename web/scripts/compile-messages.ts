import { compile } from '@inlang/paraglide-js';
import { paraglideOptions } from '../paraglide.ts';

// The build compiles messages itself; the type check needs them before.
await compile(paraglideOptions);
