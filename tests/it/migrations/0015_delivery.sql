-- A subscription is requested, confirmed by its token and ended by the other.
do $$
begin
    assert delivery.request('email', 'requested', 'en', 'programs', 'weekly', 'sealed', 'address', 'network', 'confirm', 'leave', 1);
    update delivery.subscription set state = 'asked';
    assert delivery.confirm('confirm', now(), now());
    assert not delivery.confirm('confirm', now(), now());
    assert delivery.leave('leave');
    assert delivery.report_error('sealed', 'network');
end
$$;
