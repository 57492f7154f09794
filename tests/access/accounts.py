"""allauth's addresses, one group inside a tenant and outside: nothing of a tenant is behind them."""

# what somebody without a session needs to get one
OPEN = frozenset(
    [
        "account_login", "account_logout", "account_inactive", "account_signup", "account_email_verification_sent",
        "account_reset_password", "account_reset_password_done", "account_reset_password_from_key",
        "account_reset_password_from_key_done", "account_confirm_email", "account_confirm_login_code", "mfa_authenticate",
    ]
)  # fmt: skip
# one's own password, addresses and second factor
OWN = frozenset(
    [
        "account_reauthenticate", "account_email", "account_change_password", "account_set_password", "mfa_index",
        "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp", "mfa_view_recovery_codes",
        "mfa_generate_recovery_codes", "mfa_download_recovery_codes",
    ]
)  # fmt: skip
KEYS = {
    "account_confirm_email": {"key": "abc"},
    "account_reset_password_from_key": {"uidb36": "1", "key": "abc"},
}
