-- Tables of the ledger. Amounts are bigint 分. An amount in `amounts` is an effect: above zero it is a debit, below
-- zero a credit; in a red voucher (红字) the sides are swapped and the figure is printed negative.
CREATE SCHEMA ledger AUTHORIZATION kboss_ledger;
GRANT USAGE ON SCHEMA ledger TO kboss_api, kboss_worker, kboss_audit, kboss_backup;
SET LOCAL ROLE kboss_ledger;
SET LOCAL search_path = ledger;

-- 账簿, one per organisation that keeps accounts. Months before `open_from` are closed. `revision` grows with every
-- change of templates, limits or policy, so that a process with an old copy is told.
CREATE TABLE book (
  organisation_id uuid PRIMARY KEY,
  number integer GENERATED ALWAYS AS IDENTITY UNIQUE,
  state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'parked')),
  parked_reason text,
  currency text NOT NULL DEFAULT 'CNY' CHECK (currency = 'CNY'),
  reversal_style text NOT NULL DEFAULT 'red' CHECK (reversal_style IN ('red', 'blue')),
  policies jsonb NOT NULL DEFAULT '{}',
  open_from date NOT NULL CHECK (extract(day FROM open_from) = 1),
  revision bigint NOT NULL DEFAULT 1,
  opened_at timestamptz NOT NULL DEFAULT now()
);

-- 会计科目 of a book, copied from the standard chart when the book is opened and extended by its accountants.
CREATE TABLE chart_account (
  organisation_id uuid NOT NULL REFERENCES book,
  code text NOT NULL,
  label text NOT NULL,
  name jsonb NOT NULL,
  type text NOT NULL CHECK (type IN ('asset', 'liability', 'equity', 'income', 'expense', 'memo')),
  side text NOT NULL CHECK (side IN ('debit', 'credit')),
  auxiliary text NOT NULL CHECK (auxiliary IN ('none', 'organisation')),
  guard text NOT NULL CHECK (guard IN ('none', 'balance', 'limit')),
  PRIMARY KEY (organisation_id, code)
);

-- 分录模板 versions of a book; the newest is used, older ones stay because vouchers name them.
CREATE TABLE entry_template (
  organisation_id uuid NOT NULL REFERENCES book,
  code text NOT NULL,
  version integer NOT NULL CHECK (version > 0),
  definition json NOT NULL,
  activated_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (organisation_id, code, version)
);

-- Which account of the seller's book has its mirror in which account of the buyer's book.
CREATE TABLE mirror (
  code text PRIMARY KEY,
  mirrored_by text NOT NULL UNIQUE
);

-- Posting address: 科目 + 辅助核算. `party_id` is the other organisation, all zeros where the account has none.
CREATE TABLE account (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  organisation_id uuid NOT NULL,
  code text NOT NULL,
  party_id uuid NOT NULL DEFAULT '00000000-0000-0000-0000-000000000000',
  unit text NOT NULL DEFAULT 'fen',
  UNIQUE (organisation_id, code, party_id),
  FOREIGN KEY (organisation_id, code) REFERENCES chart_account
);

-- One row an account, changed once a batch. `floor` NULL: the account records; else credit − debit − held may not
-- fall below −floor. `moves`, `received`, `spent` only grow, and only on guarded accounts.
CREATE TABLE balance (
  account_id bigint PRIMARY KEY REFERENCES account,
  debit bigint NOT NULL DEFAULT 0,
  credit bigint NOT NULL DEFAULT 0,
  held bigint NOT NULL DEFAULT 0 CHECK (held >= 0),
  floor bigint CHECK (floor >= 0),
  moves bigint NOT NULL DEFAULT 0,
  received bigint NOT NULL DEFAULT 0,
  spent bigint NOT NULL DEFAULT 0,
  mirror_id bigint,
  CONSTRAINT guarded_account_within_limit CHECK (floor IS NULL OR credit - debit - held + floor >= 0)
) WITH (fillfactor = 50);

CREATE SEQUENCE event_id;
-- A business event: its key is kept for ever with the hash of what was asked. A rejected one wrote nothing else.
CREATE TABLE event (
  id bigint NOT NULL,
  key text NOT NULL PRIMARY KEY,
  payload_hash bytea NOT NULL,
  type text NOT NULL,
  source text NOT NULL,
  event_date date NOT NULL,
  occurred_at timestamptz NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  outcome text NOT NULL CHECK (outcome IN ('posted', 'rejected')),
  answer jsonb,
  books uuid[] NOT NULL,
  periods date[] NOT NULL,
  reverses bigint,
  xid xid8 NOT NULL DEFAULT pg_current_xact_id()
);
CREATE UNIQUE INDEX one_sale_a_line ON event (source) WHERE type = 'sale' AND outcome = 'posted';
CREATE UNIQUE INDEX one_reversal ON event (reverses) WHERE reverses IS NOT NULL AND outcome = 'posted';
CREATE UNIQUE INDEX event_by_id ON event (id);

-- 记账凭证: what one event did to one book. Lines are arrays (view `entry` spreads them): three rows instead of
-- twenty-one for a sale at depth 2, at a third of the cost. Templates and inputs reproduce the amounts.
CREATE TABLE voucher (
  organisation_id uuid NOT NULL,
  period date NOT NULL,
  event_id bigint NOT NULL,
  accounting_date date NOT NULL,
  event_date date NOT NULL,
  recorded_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  type text NOT NULL,
  source text NOT NULL,
  templates text NOT NULL,
  inputs bigint[] NOT NULL,
  accounts bigint[] NOT NULL,
  amounts bigint[] NOT NULL,
  red boolean NOT NULL,
  reverses bigint,
  content_hash bytea NOT NULL,
  -- What the event leaves to be recognised in this book (view `recognition_plan`): revenue and VAT of its contract
  -- liability, cost of its prepayment.
  plan_revenue bigint,
  plan_vat bigint,
  plan_cost bigint,
  plan_basis text CHECK (plan_basis IN ('straight-line', 'quantity', 'at-once')),
  plan_months integer,
  PRIMARY KEY (organisation_id, period, event_id),
  CHECK (cardinality(accounts) = cardinality(amounts) AND cardinality(accounts) >= 2)
) PARTITION BY RANGE (period);

-- 凭证号, gapless per book and month, given off the hot path; a link of the chain seals each run of numbers.
CREATE TABLE voucher_number (
  organisation_id uuid NOT NULL,
  period date NOT NULL,
  number integer NOT NULL CHECK (number > 0),
  event_id bigint NOT NULL,
  PRIMARY KEY (organisation_id, period, number),
  UNIQUE (organisation_id, period, event_id)
);
CREATE TABLE chain_link (
  organisation_id uuid NOT NULL,
  position integer NOT NULL CHECK (position > 0),
  period date NOT NULL,
  first_number integer NOT NULL,
  last_number integer NOT NULL CHECK (last_number >= first_number),
  previous_hash bytea NOT NULL,
  hash bytea NOT NULL,
  sealed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (organisation_id, position)
);

-- 账页 of guarded accounts with running balance. What was received and what was spent are two lines of money; the
-- first 分 received is the first spent, so a lot [starts, ends) on the received line says where spent money came from.
CREATE TABLE movement (
  account_id bigint NOT NULL,
  position bigint NOT NULL,
  event_id bigint NOT NULL,
  amount bigint NOT NULL CHECK (amount <> 0),
  balance_after bigint NOT NULL,
  reached bigint NOT NULL,
  PRIMARY KEY (account_id, position)
);
CREATE TABLE lot (
  account_id bigint NOT NULL,
  starts bigint NOT NULL,
  ends bigint NOT NULL CHECK (ends > starts),
  event_id bigint NOT NULL,
  channel text NOT NULL,
  source text NOT NULL,
  PRIMARY KEY (account_id, starts)
);

-- Money set aside: an order's in the customer's wallet, a line's on an edge (reference `ORDER/LINE`).
CREATE TABLE hold (
  reference text COLLATE "C" NOT NULL,
  account_id bigint NOT NULL,
  placed bigint NOT NULL,
  captured bigint NOT NULL DEFAULT 0 CHECK (captured >= 0),
  released bigint NOT NULL DEFAULT 0 CHECK (released >= 0),
  PRIMARY KEY (reference, account_id),
  CHECK (captured + released <= placed)
) WITH (fillfactor = 70);
CREATE TABLE hold_step (
  event_id bigint NOT NULL,
  position integer NOT NULL,
  reference text NOT NULL,
  account_id bigint NOT NULL,
  kind text NOT NULL CHECK (kind IN ('placed', 'captured', 'released')),
  amount bigint NOT NULL CHECK (amount > 0),
  PRIMARY KEY (event_id, position)
);

-- What two neighbours of the chain owe each other for one event, and when it becomes settleable.
CREATE TABLE settlement_item (
  seller_id uuid NOT NULL,
  buyer_id uuid NOT NULL,
  event_id bigint NOT NULL,
  source text NOT NULL,
  kind text NOT NULL CHECK (kind IN ('supply', 'purchase', 'collection')),
  gross bigint NOT NULL,
  commission bigint NOT NULL,
  paid_by text NOT NULL CHECK (paid_by IN ('credit', 'deposit')),
  settleable text NOT NULL CHECK (settleable IN ('activation', 'payment', 'no-reason-days', 'monthly')),
  PRIMARY KEY (seller_id, buyer_id, event_id)
);
-- When the service of an order line began: plans and items that wait for it start here.
CREATE TABLE activation (
  source text PRIMARY KEY,
  activated_at timestamptz NOT NULL
);

-- 结账: the trial balance of a closed month, with its hash.
CREATE TABLE closed_period (
  organisation_id uuid NOT NULL REFERENCES book,
  period date NOT NULL,
  closed_at timestamptz NOT NULL DEFAULT clock_timestamp(),
  hash bytea NOT NULL,
  PRIMARY KEY (organisation_id, period)
);
CREATE TABLE closed_balance (
  organisation_id uuid NOT NULL,
  period date NOT NULL,
  account_id bigint NOT NULL,
  opening bigint NOT NULL,
  debit bigint NOT NULL,
  credit bigint NOT NULL,
  PRIMARY KEY (organisation_id, period, account_id)
);
