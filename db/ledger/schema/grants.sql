-- The api cannot move money: it reads its own organisation's rows and the wallet of its two parties.
REVOKE ALL ON ALL FUNCTIONS IN SCHEMA ledger FROM PUBLIC;
GRANT EXECUTE ON FUNCTION acting_organisation TO kboss_api, kboss_worker, kboss_audit, kboss_backup;
GRANT EXECUTE ON FUNCTION wallet, wallet_statement, wallet_lots, month_balance TO kboss_api, kboss_worker;
GRANT EXECUTE ON FUNCTION link_hash, content_hash, month_balance, month_hash TO kboss_audit;
GRANT EXECUTE ON FUNCTION post, open_book, activate_template, add_chart_account, titles, read_books, addresses, set_limit, sale_of, wallet_of, open_holds,
  activate, park, number_vouchers, close_period TO kboss_worker;
RESET search_path;
RESET ROLE;
