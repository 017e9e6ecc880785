import { saleDraft, type Sale } from '../../domain/ledger/sale.ts';
import { compileTemplate, expandPart } from '../../domain/ledger/template.ts';
import { standardTemplates } from '../../domain/ledger/templates.ts';

/** What may be asked of a ledger in the model tests. Keys name commands, so a repeated command repeats its key. */
export type Command =
  | {
      readonly kind: 'recharge' | 'gift';
      readonly key: string;
      readonly customer: string;
      readonly amount: bigint;
    }
  | {
      readonly kind: 'hold';
      readonly key: string;
      readonly customer: string;
      readonly order: string;
      readonly amount: bigint;
    }
  | { readonly kind: 'sell'; readonly key: string; readonly sale: Sale }
  | { readonly kind: 'refund'; readonly key: string; readonly line: string }
  | { readonly kind: 'release'; readonly key: string; readonly order: string };

interface Totals {
  debit: bigint;
  credit: bigint;
  held: bigint;
}

const templates = new Map(
  standardTemplates.map((template) => [template.code, compileTemplate(template, null)]),
);

/** The ledger as plain maps, one command after the other: what the engine must agree with. */
export class Oracle {
  readonly #seller: string;
  readonly #accounts = new Map<string, Totals>();
  readonly #holds = new Map<string, bigint>();
  readonly #told = new Map<string, { payload: string; answer: string }>();
  readonly #sold = new Map<string, { effects: [string, bigint][]; isRefunded: boolean }>();

  constructor(seller: string) {
    this.#seller = seller;
  }

  /** The outcome in one word, as `outcomeWord` gives the engine's. */
  apply(command: Command): string {
    const payload = JSON.stringify(command, (_, value: unknown) =>
      typeof value === 'bigint' ? `${value}` : value,
    );
    const told = this.#told.get(command.key);
    if (told) return told.payload === payload ? told.answer : 'IDEMPOTENCY_KEY_REUSED';
    const answer = this.#decide(command);
    const isRemembered = answer !== 'ALREADY_POSTED' && answer !== 'SALE_NOT_FOUND';
    if (isRemembered) this.#told.set(command.key, { payload, answer });
    return answer;
  }

  /** Every account that moved: address → debit/credit/held. */
  state(): Map<string, string> {
    const rows = [...this.#accounts].filter(
      ([, { debit, credit, held }]) => debit !== 0n || credit !== 0n || held !== 0n,
    );
    return new Map(rows.map(([address, { debit, credit, held }]) => [address, `${debit}/${credit}/${held}`]));
  }

  #decide(command: Command): string {
    switch (command.kind) {
      case 'recharge':
        this.#move([
          [`${this.#seller} 1012.alipay `, command.amount],
          [this.#cash(command.customer), -command.amount],
        ]);
        return 'posted';
      case 'gift':
        this.#move([
          [`${this.#seller} 9101.gift `, command.amount],
          [this.#gift(command.customer), -command.amount],
        ]);
        return 'posted';
      case 'hold': {
        const [gift, cash] = [this.#gift(command.customer), this.#cash(command.customer)];
        const fromGift = least(this.#available(gift), command.amount);
        const fromCash = command.amount - fromGift;
        if (this.#available(cash) < fromCash) return 'INSUFFICIENT_BALANCE';
        this.#hold(command.order, gift, fromGift);
        this.#hold(command.order, cash, fromCash);
        return `held ${fromGift} ${fromCash}`;
      }
      case 'sell':
        return this.#sell(command.sale);
      case 'refund': {
        const sold = this.#sold.get(command.line);
        if (!sold) return 'SALE_NOT_FOUND';
        if (sold.isRefunded) return 'ALREADY_POSTED';
        sold.isRefunded = true;
        this.#moveRed(sold.effects);
        return 'posted';
      }
      case 'release':
        for (const [name, amount] of this.#holds) {
          const [order, ...address] = name.split('|');
          if (order === command.order) this.#hold(command.order, address.join('|'), -amount);
        }
        return 'posted';
    }
  }

  #sell(sale: Sale): string {
    if (this.#sold.has(sale.lineNo)) return 'ALREADY_POSTED';
    const draft = saleDraft(sale);
    const captures = draft.operations.filter(({ kind }) => kind === 'capture');
    const addresses = captures.map(({ at }) => `${at.organisation} ${at.account} ${at.party}`);
    const isShort = captures.some(
      ({ amount }, index) => (this.#holds.get(`${sale.orderNo}|${addresses[index]}`) ?? 0n) < amount!,
    );
    if (isShort) return 'HOLD_EXHAUSTED';
    captures.forEach(({ amount }, index) => this.#hold(sale.orderNo, addresses[index]!, -amount!));
    const effects = draft.vouchers.flatMap(({ organisation, parts }) =>
      parts
        .flatMap((part) => expandPart(templates.get(part.template)!, part))
        .map(({ account, party, effect }): [string, bigint] => [
          `${organisation} ${account} ${party}`,
          effect,
        ]),
    );
    this.#move(effects);
    this.#sold.set(sale.lineNo, { effects, isRefunded: false });
    return 'posted';
  }

  #cash = (customer: string): string => `${this.#seller} 2203.customer ${customer}`;
  #gift = (customer: string): string => `${this.#seller} 9102.gift ${customer}`;

  #account(address: string): Totals {
    const known = this.#accounts.get(address);
    if (known) return known;
    const fresh = { debit: 0n, credit: 0n, held: 0n };
    this.#accounts.set(address, fresh);
    return fresh;
  }

  #available(address: string): bigint {
    const { debit, credit, held } = this.#account(address);
    return credit - debit - held;
  }

  #hold(order: string, address: string, amount: bigint): void {
    this.#account(address).held += amount;
    const name = `${order}|${address}`;
    this.#holds.set(name, (this.#holds.get(name) ?? 0n) + amount);
  }

  #move(effects: readonly (readonly [string, bigint])[]): void {
    for (const [address, effect] of effects) {
      if (effect > 0n) this.#account(address).debit += effect;
      else this.#account(address).credit -= effect;
    }
  }

  #moveRed(effects: readonly (readonly [string, bigint])[]): void {
    for (const [address, effect] of effects) {
      if (effect > 0n) this.#account(address).debit -= effect;
      else this.#account(address).credit += effect;
    }
  }
}

const least = (a: bigint, b: bigint): bigint => (a < b ? a : b);
