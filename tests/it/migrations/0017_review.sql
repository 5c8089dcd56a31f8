-- Earlier revisions name nobody, and a proposal stays as it is.
do $$
begin
    assert (select count(*) from revision where published_by is null and proposed_by is null) >= 1;
    insert into proposal (content_hash, after_revision, proposed_by) values (repeat('0', 64), 1, 'Li Wei');
    begin
        update proposal set proposed_by = 'Wang';
        assert false, 'a proposal was changed';
    exception when restrict_violation then null;
    end;
    begin
        update revision set proposed_by = 'Li Wei' where number = 1;
        assert false, 'a revision was proposed and published by nobody';
    exception when check_violation then null;
    end;
end
$$;
