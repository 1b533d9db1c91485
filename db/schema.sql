-- Made by `python -m db.dump_schema` from db/migrations/.

CREATE FUNCTION public.count_outcome() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    if tg_op <> 'INSERT' then
        update expertise
        set rated = rated - 1,
            solved = solved - (old.verdict = 'solved')::integer,
            worth = worth - worth_of_outcome(old.verdict, old.csat)
        where old.excluded is null and old.verdict <> 'silent'
            and responder_id = old.responder_id and topic = coalesce(old.topic, '') and language = old.locale;
    end if;
    if tg_op <> 'DELETE' then
        insert into expertise as e (responder_id, topic, language, rated, solved, worth)
        select
            new.responder_id, coalesce(new.topic, ''), new.locale, 1, (new.verdict = 'solved')::integer,
            worth_of_outcome(new.verdict, new.csat)
        where new.excluded is null and new.verdict <> 'silent'
        on conflict (responder_id, topic, language) do update
        set rated = e.rated + 1, solved = e.solved + excluded.solved, worth = e.worth + excluded.worth;
    end if;
    return null;
end
$$;

CREATE FUNCTION public.keep_askable() RETURNS trigger
    LANGUAGE plpgsql
    AS $$
begin
    delete from askable a
    where a.responder_id = new.id and (
        new.role <> 'volunteer'
        or not new.active
        or a.topic <> all (case when new.topics = '{}' then '{""}' else new.topics end)
        or a.language <> all (new.languages)
    );
    if new.role = 'volunteer' and new.active then
        insert into askable (responder_id, topic, language, active_at)
        select
            new.id, topic, language,
            coalesce((select max(a.active_at) from askable a where a.responder_id = new.id), new.created_at)
        from unnest(case when new.topics = '{}' then '{""}' else new.topics end) topic, unnest(new.languages) language
        on conflict do nothing;
    end if;
    return null;
end
$$;

CREATE FUNCTION public.worth_of_outcome(verdict text, csat integer) RETURNS double precision
    LANGUAGE sql IMMUTABLE
    AS $$
    select case when verdict <> 'solved' then 0 when csat is null then 1 else 0.5 + 0.125 * (csat - 1) end
$$;

CREATE TABLE public.abuse_case (
    id bigint NOT NULL,
    key text NOT NULL,
    rule text NOT NULL,
    responders bigint[] NOT NULL,
    contact_id bigint,
    tickets bigint[] NOT NULL,
    figures jsonb NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    decision text,
    decided_at timestamp with time zone,
    decided_by bigint,
    reason text,
    CONSTRAINT abuse_case_check CHECK (((decision IS NULL) = (decided_at IS NULL))),
    CONSTRAINT abuse_case_decision_check CHECK ((decision = ANY (ARRAY['dismissed'::text, 'warned'::text, 'suspended'::text, 'excluded'::text]))),
    CONSTRAINT abuse_case_rule_check CHECK ((rule = ANY (ARRAY['self_answering'::text, 'praise_ring'::text, 'sniping'::text, 'copying'::text, 'posing'::text, 'luring'::text, 'reported'::text])))
);

ALTER TABLE public.abuse_case ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.abuse_case_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.abuse_report (
    ticket_id bigint NOT NULL,
    responder_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    words text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.abuse_watch (
    one boolean DEFAULT true NOT NULL,
    looked_at timestamp with time zone NOT NULL,
    CONSTRAINT abuse_watch_one_check CHECK (one)
);

CREATE TABLE public.account (
    id bigint NOT NULL,
    responder_id bigint NOT NULL,
    channel text NOT NULL,
    external_id text NOT NULL,
    chat text,
    reachability text DEFAULT 'reachable'::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT account_reachability_check CHECK ((reachability = ANY (ARRAY['reachable'::text, 'blocked'::text, 'left'::text, 'closed'::text])))
);

ALTER TABLE public.account ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.account_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alert (
    id bigint NOT NULL,
    key text NOT NULL,
    level text NOT NULL,
    incident_id bigint,
    peak double precision NOT NULL,
    reasons text[] NOT NULL,
    began_at timestamp with time zone NOT NULL,
    raised_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    acknowledged_at timestamp with time zone,
    acknowledged_by bigint,
    calls integer DEFAULT 0 NOT NULL,
    call_at timestamp with time zone,
    CONSTRAINT alert_check CHECK (((acknowledged_at IS NULL) = (acknowledged_by IS NULL))),
    CONSTRAINT alert_level_check CHECK ((level = ANY (ARRAY['watch'::text, 'storm'::text, 'recovery'::text, 'calm'::text])))
);

CREATE TABLE public.alert_call (
    alert_id bigint NOT NULL,
    responder_id bigint NOT NULL,
    called_at timestamp with time zone NOT NULL
);

ALTER TABLE public.alert ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.alert_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.alert_picture (
    alert_id bigint NOT NULL,
    locale text NOT NULL,
    attachment_id bigint NOT NULL,
    drawn_at timestamp with time zone NOT NULL,
    CONSTRAINT alert_picture_locale_check CHECK ((locale = ANY (ARRAY['de'::text, 'en'::text])))
);

CREATE TABLE public.alert_usual (
    alert_id bigint NOT NULL,
    an_hour double precision NOT NULL
);

CREATE TABLE public.alert_words (
    alert_id bigint NOT NULL,
    locale text NOT NULL,
    reasons text[] NOT NULL,
    CONSTRAINT alert_words_locale_check CHECK ((locale = ANY (ARRAY['de'::text, 'en'::text])))
);

CREATE TABLE public.answer (
    id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    author_id bigint NOT NULL,
    kind text DEFAULT 'answer'::text NOT NULL,
    state text NOT NULL,
    body text NOT NULL,
    rules text[] DEFAULT '{}'::text[] NOT NULL,
    to_replace boolean DEFAULT false NOT NULL,
    message_id bigint,
    written_at timestamp with time zone NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    submitted_at timestamp with time zone,
    reviewed_by bigint,
    note text,
    endorsed_by bigint,
    recalled_by bigint,
    recall_reason text,
    CONSTRAINT answer_check CHECK (((state = ANY (ARRAY['sent'::text, 'recalled'::text])) <= (message_id IS NOT NULL))),
    CONSTRAINT answer_check1 CHECK (((state = 'recalled'::text) <= (recalled_by IS NOT NULL))),
    CONSTRAINT answer_kind_check CHECK ((kind = ANY (ARRAY['answer'::text, 'question'::text]))),
    CONSTRAINT answer_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'refused'::text, 'in_review'::text, 'returned'::text, 'sent'::text, 'recalled'::text, 'dropped'::text])))
);

ALTER TABLE public.answer ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.answer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.answer_outcome (
    ticket_id bigint NOT NULL,
    responder_id bigint NOT NULL,
    topic text,
    locale text NOT NULL,
    verdict text NOT NULL,
    csat integer,
    excluded text,
    excluded_by bigint,
    at timestamp with time zone NOT NULL,
    CONSTRAINT answer_outcome_csat_check CHECK (((csat >= 1) AND (csat <= 5))),
    CONSTRAINT answer_outcome_excluded_check CHECK ((excluded = ANY (ARRAY['never_said'::text, 'outage'::text, 'staff_matter'::text, 'not_the_answer'::text, 'suspicious'::text]))),
    CONSTRAINT answer_outcome_locale_check CHECK ((locale = ANY (ARRAY['de'::text, 'en'::text]))),
    CONSTRAINT answer_outcome_verdict_check CHECK ((verdict = ANY (ARRAY['solved'::text, 'unsolved'::text, 'silent'::text, 'recalled'::text])))
);

CREATE TABLE public.answer_part (
    id bigint NOT NULL,
    answer_id bigint NOT NULL,
    channel text NOT NULL,
    external_id text NOT NULL,
    body text NOT NULL,
    files jsonb DEFAULT '[]'::jsonb NOT NULL
);

ALTER TABLE public.answer_part ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.answer_part_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.api_token (
    token_hash bytea NOT NULL,
    responder_id bigint NOT NULL,
    label text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    last_used_at timestamp with time zone,
    ended_at timestamp with time zone
);

CREATE TABLE public.application (
    id bigint NOT NULL,
    state text NOT NULL,
    name text NOT NULL,
    locale text,
    channel text,
    external_id text,
    chat text,
    code_hash bytea,
    zone text NOT NULL,
    hours int4multirange NOT NULL,
    quiet int4multirange NOT NULL,
    most_a_day integer NOT NULL,
    most_at_once integer NOT NULL,
    topics text[] NOT NULL,
    languages text[] NOT NULL,
    conduct_at timestamp with time zone,
    began_at timestamp with time zone NOT NULL,
    decided_at timestamp with time zone,
    decided_by bigint,
    answer text,
    responder_id bigint,
    CONSTRAINT application_check CHECK (((channel IS NULL) = (external_id IS NULL))),
    CONSTRAINT application_check1 CHECK (((state = 'filling'::text) OR (conduct_at IS NOT NULL))),
    CONSTRAINT application_check2 CHECK (((state = 'joined'::text) = (responder_id IS NOT NULL))),
    CONSTRAINT application_locale_check CHECK ((locale = ANY (ARRAY['de'::text, 'en'::text]))),
    CONSTRAINT application_state_check CHECK ((state = ANY (ARRAY['filling'::text, 'waiting'::text, 'approved'::text, 'joined'::text, 'declined'::text])))
);

ALTER TABLE public.application ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.application_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.askable (
    responder_id bigint NOT NULL,
    topic text NOT NULL,
    language text NOT NULL,
    place double precision DEFAULT random() NOT NULL,
    active_at timestamp with time zone DEFAULT '-infinity'::timestamp with time zone NOT NULL
);

CREATE TABLE public.asking (
    ticket_id bigint NOT NULL,
    message_id bigint NOT NULL,
    intents text[] NOT NULL,
    state text NOT NULL,
    chosen text,
    asked_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT asking_check CHECK (((state = 'open'::text) = (ended_at IS NULL))),
    CONSTRAINT asking_check1 CHECK (((state = 'chosen'::text) = (chosen IS NOT NULL))),
    CONSTRAINT asking_state_check CHECK ((state = ANY (ARRAY['open'::text, 'chosen'::text, 'something_else'::text, 'written'::text, 'silent'::text, 'overtaken'::text])))
);

CREATE SEQUENCE public.assignment_order
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.attachment (
    id bigint NOT NULL,
    message_id bigint,
    kind text NOT NULL,
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint,
    channel text NOT NULL,
    source text NOT NULL,
    state text NOT NULL,
    storage_key text,
    claimed_until timestamp with time zone,
    attempts integer DEFAULT 0 NOT NULL,
    not_before timestamp with time zone,
    CONSTRAINT attachment_kind_check CHECK ((kind = ANY (ARRAY['photo'::text, 'document'::text, 'voice'::text, 'audio'::text, 'video'::text, 'sticker'::text]))),
    CONSTRAINT attachment_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'stored'::text, 'refused'::text])))
);

ALTER TABLE public.attachment ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.attachment_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.awaited_words (
    responder_id bigint NOT NULL,
    purpose text NOT NULL,
    about bigint NOT NULL,
    since timestamp with time zone NOT NULL
);

CREATE TABLE public.blocked_pair (
    contact_id bigint NOT NULL,
    responder_id bigint NOT NULL,
    blocked_by text NOT NULL,
    blocked_at timestamp with time zone NOT NULL,
    CONSTRAINT blocked_pair_blocked_by_check CHECK ((blocked_by = ANY (ARRAY['contact'::text, 'responder'::text, 'coordinator'::text])))
);

CREATE TABLE public.brand_text (
    name text NOT NULL,
    locale text NOT NULL,
    version integer NOT NULL,
    text text,
    changed_by bigint NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT brand_text_locale_check CHECK ((locale = ANY (ARRAY['de'::text, 'en'::text]))),
    CONSTRAINT brand_text_version_check CHECK ((version > 0))
);

CREATE TABLE public.broadcast (
    id bigint NOT NULL,
    incident_id bigint NOT NULL,
    kind text NOT NULL,
    statement_id bigint,
    text_de text NOT NULL,
    text_en text NOT NULL,
    state text DEFAULT 'running'::text NOT NULL,
    started_by bigint NOT NULL,
    started_at timestamp with time zone NOT NULL,
    running_since timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT broadcast_check CHECK (((kind = 'outcome'::text) = (statement_id IS NULL))),
    CONSTRAINT broadcast_kind_check CHECK ((kind = ANY (ARRAY['statement'::text, 'correction'::text, 'outcome'::text]))),
    CONSTRAINT broadcast_state_check CHECK ((state = ANY (ARRAY['running'::text, 'paused'::text, 'stopped'::text, 'finished'::text])))
);

ALTER TABLE public.broadcast ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.broadcast_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.broadcast_pace (
    channel text NOT NULL,
    used_until timestamp with time zone NOT NULL
);

CREATE TABLE public.broadcast_row (
    broadcast_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    channel text NOT NULL,
    state text DEFAULT 'waiting'::text NOT NULL,
    why text,
    message_id bigint,
    done_at timestamp with time zone,
    CONSTRAINT broadcast_row_check CHECK (((state = 'skipped'::text) = (why IS NOT NULL))),
    CONSTRAINT broadcast_row_check1 CHECK (((state = 'waiting'::text) = (done_at IS NULL))),
    CONSTRAINT broadcast_row_state_check CHECK ((state = ANY (ARRAY['waiting'::text, 'put'::text, 'skipped'::text]))),
    CONSTRAINT broadcast_row_why_check CHECK ((why = ANY (ARRAY['told'::text, 'left'::text, 'solved'::text, 'unreachable'::text, 'blocked'::text])))
);

CREATE TABLE public.bystander_invited (
    author bytea NOT NULL,
    invited_at timestamp with time zone NOT NULL
);

CREATE TABLE public.channel_pause (
    channel text NOT NULL,
    chat text NOT NULL,
    until timestamp with time zone NOT NULL
);

CREATE TABLE public.clock (
    id bigint NOT NULL,
    kind text NOT NULL,
    ticket_id bigint NOT NULL,
    due_at timestamp with time zone NOT NULL
);

ALTER TABLE public.clock ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.clock_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.console_session (
    token_hash bytea NOT NULL,
    responder_id bigint NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.contact (
    id bigint NOT NULL,
    name text NOT NULL,
    locale text,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT contact_locale_check CHECK ((locale = ANY (ARRAY['de'::text, 'en'::text])))
);

ALTER TABLE public.contact ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.contact_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.conversation (
    id bigint NOT NULL,
    contact_id bigint NOT NULL,
    channel text NOT NULL,
    key text NOT NULL,
    chat text NOT NULL,
    thread text,
    surface text NOT NULL,
    locale text,
    last_external_id text,
    opened_at timestamp with time zone NOT NULL,
    blocked boolean DEFAULT false NOT NULL,
    CONSTRAINT conversation_locale_check CHECK ((locale = ANY (ARRAY['de'::text, 'en'::text]))),
    CONSTRAINT conversation_surface_check CHECK ((surface = ANY (ARRAY['private'::text, 'public'::text])))
);

ALTER TABLE public.conversation ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.conversation_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.correction (
    id bigint NOT NULL,
    message_id bigint NOT NULL,
    source text NOT NULL,
    text text NOT NULL,
    language text NOT NULL,
    intent_read text NOT NULL,
    confidence real NOT NULL,
    engine text NOT NULL,
    model text NOT NULL,
    intent text NOT NULL,
    responder_id bigint,
    at timestamp with time zone NOT NULL,
    state text DEFAULT 'pending'::text NOT NULL,
    reviewed_by bigint,
    reviewed_at timestamp with time zone,
    CONSTRAINT correction_language_check CHECK ((language = ANY (ARRAY['de'::text, 'en'::text, 'other'::text]))),
    CONSTRAINT correction_source_check CHECK ((source = ANY (ARRAY['staff'::text, 'contact'::text, 'volunteer'::text]))),
    CONSTRAINT correction_state_check CHECK ((state = ANY (ARRAY['pending'::text, 'accepted'::text, 'rejected'::text])))
);

ALTER TABLE public.correction ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.correction_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.cursor_position (
    channel text NOT NULL,
    source text NOT NULL,
    "position" text NOT NULL
);

CREATE TABLE public.decision (
    id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    message_id bigint,
    lane text NOT NULL,
    unit text NOT NULL,
    priority text NOT NULL,
    reasons text[] NOT NULL,
    made_at timestamp with time zone NOT NULL
);

ALTER TABLE public.decision ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.decision_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.departure (
    token_hash bytea NOT NULL,
    content text NOT NULL,
    expires_at timestamp with time zone NOT NULL
);

CREATE TABLE public.entrance_test (
    unit text NOT NULL,
    version integer NOT NULL,
    pass_percent integer NOT NULL,
    repeat_hours integer NOT NULL,
    questions jsonb NOT NULL,
    written_by bigint NOT NULL,
    written_at timestamp with time zone NOT NULL,
    CONSTRAINT entrance_test_pass_percent_check CHECK (((pass_percent >= 1) AND (pass_percent <= 100))),
    CONSTRAINT entrance_test_repeat_hours_check CHECK (((repeat_hours >= 0) AND (repeat_hours <= 8760))),
    CONSTRAINT entrance_test_version_check CHECK ((version > 0))
);

CREATE TABLE public.event (
    id bigint NOT NULL,
    at timestamp with time zone NOT NULL,
    kind text NOT NULL,
    ticket_id bigint,
    responder_id bigint,
    data jsonb DEFAULT '{}'::jsonb NOT NULL
);

ALTER TABLE public.event ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.event_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.expertise (
    responder_id bigint NOT NULL,
    topic text NOT NULL,
    language text NOT NULL,
    rated integer NOT NULL,
    solved integer NOT NULL,
    worth double precision NOT NULL,
    strength double precision GENERATED ALWAYS AS (((worth + (1)::double precision) / ((rated + 3))::double precision)) STORED NOT NULL,
    CONSTRAINT expertise_check CHECK (((solved >= 0) AND (solved <= rated))),
    CONSTRAINT expertise_language_check CHECK ((language = ANY (ARRAY['de'::text, 'en'::text]))),
    CONSTRAINT expertise_rated_check CHECK ((rated >= 0))
);

CREATE TABLE public.habit (
    responder_id bigint NOT NULL,
    day_part integer NOT NULL,
    asked double precision NOT NULL,
    claimed double precision NOT NULL,
    passed double precision NOT NULL,
    log_seconds double precision NOT NULL,
    counted_at timestamp with time zone NOT NULL,
    CONSTRAINT habit_day_part_check CHECK (((day_part >= 0) AND (day_part <= 5)))
);

CREATE TABLE public.handled_update (
    channel text NOT NULL,
    external_id text NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.hidden_message (
    message_id bigint NOT NULL,
    hidden_at timestamp with time zone NOT NULL
);

CREATE TABLE public.identity (
    id bigint NOT NULL,
    contact_id bigint NOT NULL,
    channel text NOT NULL,
    external_id text NOT NULL,
    name text NOT NULL,
    reachability text DEFAULT 'reachable'::text NOT NULL,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT identity_reachability_check CHECK ((reachability = ANY (ARRAY['reachable'::text, 'blocked'::text, 'left'::text, 'closed'::text])))
);

ALTER TABLE public.identity ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.identity_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.incident (
    id bigint NOT NULL,
    state text DEFAULT 'proposed'::text NOT NULL,
    title text NOT NULL,
    topic text,
    reasons text[] DEFAULT '{}'::text[] NOT NULL,
    drill boolean DEFAULT false NOT NULL,
    began_at timestamp with time zone NOT NULL,
    proposed_at timestamp with time zone NOT NULL,
    proposed_by bigint,
    decided_at timestamp with time zone,
    decided_by bigint,
    resolved_at timestamp with time zone,
    resolved_by bigint,
    joined_into bigint,
    name_de text,
    name_en text,
    CONSTRAINT incident_check CHECK (((state = 'joined'::text) = (joined_into IS NOT NULL))),
    CONSTRAINT incident_state_check CHECK ((state = ANY (ARRAY['proposed'::text, 'confirmed'::text, 'resolved'::text, 'dismissed'::text, 'joined'::text])))
);

CREATE TABLE public.incident_cluster (
    cluster_id bigint NOT NULL,
    incident_id bigint NOT NULL
);

ALTER TABLE public.incident ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.incident_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.incident_taken_in (
    incident_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    at timestamp with time zone NOT NULL
);

CREATE TABLE public.incident_ticket (
    incident_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    how text NOT NULL,
    joined_at timestamp with time zone NOT NULL,
    left_at timestamp with time zone,
    left_why text,
    CONSTRAINT incident_ticket_check CHECK (((left_at IS NULL) = (left_why IS NULL))),
    CONSTRAINT incident_ticket_how_check CHECK ((how = ANY (ARRAY['cluster'::text, 'topic'::text, 'by_hand'::text]))),
    CONSTRAINT incident_ticket_left_why_check CHECK ((left_why = ANY (ARRAY['different'::text, 'by_hand'::text, 'split'::text])))
);

CREATE TABLE public.invitation (
    code_hash bytea NOT NULL,
    role text NOT NULL,
    name text,
    units text[] DEFAULT '{}'::text[] NOT NULL,
    topics text[] DEFAULT '{}'::text[] NOT NULL,
    languages text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone,
    responder_id bigint,
    trust text DEFAULT 'newcomer'::text NOT NULL
);

CREATE TABLE public.message (
    id bigint NOT NULL,
    conversation_id bigint NOT NULL,
    ticket_id bigint,
    direction text NOT NULL,
    author text NOT NULL,
    responder_id bigint,
    channel text NOT NULL,
    external_id text,
    body text NOT NULL,
    masked text,
    buttons jsonb,
    version integer DEFAULT 1 NOT NULL,
    created_at timestamp with time zone NOT NULL,
    edited_at timestamp with time zone,
    deleted_at timestamp with time zone,
    to_read boolean DEFAULT false NOT NULL,
    claimed_until timestamp with time zone,
    read_attempts integer DEFAULT 0 NOT NULL,
    CONSTRAINT message_author_check CHECK ((author = ANY (ARRAY['contact'::text, 'bot'::text, 'volunteer'::text, 'agent'::text, 'bystander'::text]))),
    CONSTRAINT message_direction_check CHECK ((direction = ANY (ARRAY['inbound'::text, 'outbound'::text, 'note'::text])))
);

ALTER TABLE public.message ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.message_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.message_version (
    message_id bigint NOT NULL,
    version integer NOT NULL,
    body text NOT NULL,
    replaced_at timestamp with time zone NOT NULL
);

CREATE TABLE public.model_service (
    id bigint NOT NULL,
    version text NOT NULL,
    began_at timestamp with time zone NOT NULL,
    why text NOT NULL,
    CONSTRAINT model_service_why_check CHECK ((why = ANY (ARRAY['files'::text, 'training'::text, 'rollback'::text])))
);

ALTER TABLE public.model_service ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.model_service_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.month_told (
    responder_id bigint NOT NULL,
    month date NOT NULL,
    told_at timestamp with time zone NOT NULL,
    attachment_id bigint
);

CREATE TABLE public.muster (
    id bigint NOT NULL,
    incident_id bigint NOT NULL,
    state text DEFAULT 'called'::text NOT NULL,
    drill boolean NOT NULL,
    topics text[] NOT NULL,
    languages text[] NOT NULL,
    most_at_once integer NOT NULL,
    most_a_day integer NOT NULL,
    rest_seconds integer NOT NULL,
    called_by bigint NOT NULL,
    called_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL,
    alerted_at timestamp with time zone NOT NULL,
    first_answer_at timestamp with time zone,
    ended_at timestamp with time zone,
    ended_by bigint,
    answers integer,
    people integer,
    solved integer,
    CONSTRAINT muster_check CHECK (((state = 'called'::text) = (ended_at IS NULL))),
    CONSTRAINT muster_rest_seconds_check CHECK ((rest_seconds >= 0)),
    CONSTRAINT muster_state_check CHECK ((state = ANY (ARRAY['called'::text, 'ended'::text, 'called_off'::text])))
);

CREATE TABLE public.muster_briefing (
    muster_id bigint NOT NULL,
    locale text NOT NULL,
    happened text NOT NULL,
    dos text NOT NULL,
    donts text NOT NULL,
    CONSTRAINT muster_briefing_locale_check CHECK ((locale = ANY (ARRAY['de'::text, 'en'::text])))
);

CREATE TABLE public.muster_call (
    muster_id bigint NOT NULL,
    responder_id bigint NOT NULL,
    reply text DEFAULT 'waiting'::text NOT NULL,
    call_at timestamp with time zone NOT NULL,
    told_at timestamp with time zone,
    replied_at timestamp with time zone,
    in_at timestamp with time zone,
    duty_until timestamp with time zone,
    any_hour boolean DEFAULT false NOT NULL,
    most_at_once integer,
    most_a_day integer,
    place double precision DEFAULT random() NOT NULL,
    rest_until timestamp with time zone,
    thanked_at timestamp with time zone,
    CONSTRAINT muster_call_check CHECK (((duty_until IS NULL) = (most_at_once IS NULL))),
    CONSTRAINT muster_call_reply_check CHECK ((reply = ANY (ARRAY['waiting'::text, 'told'::text, 'in'::text, 'not_now'::text, 'out'::text, 'spared'::text])))
);

ALTER TABLE public.muster ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.muster_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.nlu_model (
    version text NOT NULL,
    base text NOT NULL,
    corrections bigint[] NOT NULL,
    made_at timestamp with time zone NOT NULL,
    figures jsonb DEFAULT '{}'::jsonb NOT NULL,
    rolled_back_at timestamp with time zone
);

CREATE TABLE public.offer (
    id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    responder_id bigint NOT NULL,
    wave integer NOT NULL,
    state text NOT NULL,
    reasons text[] NOT NULL,
    created_at timestamp with time zone NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    answered_at timestamp with time zone,
    CONSTRAINT offer_state_check CHECK ((state = ANY (ARRAY['open'::text, 'accepted'::text, 'passed'::text, 'expired'::text, 'withdrawn'::text])))
);

ALTER TABLE public.offer ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.offer_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.outbox (
    id bigint NOT NULL,
    stream text NOT NULL,
    channel text NOT NULL,
    chat text NOT NULL,
    thread text,
    operation text NOT NULL,
    text text DEFAULT ''::text NOT NULL,
    buttons jsonb,
    attachment_id bigint,
    reply_to text,
    message_id bigint,
    ticket_id bigint,
    staff_ticket_id bigint,
    responder_id bigint,
    target_id bigint,
    state text DEFAULT 'queued'::text NOT NULL,
    attempts integer DEFAULT 0 NOT NULL,
    not_before timestamp with time zone,
    lease_until timestamp with time zone,
    external_id text,
    error text,
    created_at timestamp with time zone NOT NULL,
    sent_at timestamp with time zone,
    pings text[] DEFAULT '{}'::text[] NOT NULL,
    CONSTRAINT outbox_operation_check CHECK ((operation = ANY (ARRAY['send'::text, 'edit'::text, 'delete'::text, 'close_thread'::text, 'go_private'::text, 'hide'::text]))),
    CONSTRAINT outbox_state_check CHECK ((state = ANY (ARRAY['queued'::text, 'sending'::text, 'sent'::text, 'dead'::text, 'withdrawn'::text])))
);

ALTER TABLE public.outbox ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.outbox_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.perk (
    id bigint NOT NULL,
    responder_id bigint,
    level text,
    text_de text NOT NULL,
    text_en text NOT NULL,
    until timestamp with time zone,
    granted_by bigint NOT NULL,
    granted_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    CONSTRAINT perk_check CHECK ((num_nonnulls(responder_id, level) = 1)),
    CONSTRAINT perk_level_check CHECK ((level = ANY (ARRAY['newcomer'::text, 'helper'::text, 'expert'::text, 'champion'::text])))
);

ALTER TABLE public.perk ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.perk_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.playbook (
    id bigint NOT NULL,
    text text NOT NULL,
    saved_by bigint NOT NULL,
    saved_at timestamp with time zone NOT NULL
);

ALTER TABLE public.playbook ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.playbook_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.posted_place (
    statement_id bigint,
    broadcast_id bigint,
    channel text NOT NULL,
    place text NOT NULL,
    locale text NOT NULL,
    CONSTRAINT posted_place_check CHECK ((num_nonnulls(statement_id, broadcast_id) = 1))
);

CREATE TABLE public.public_answer (
    message_id bigint NOT NULL,
    ticket_id bigint NOT NULL,
    author bytea NOT NULL,
    responder_id bigint,
    is_answer boolean NOT NULL,
    said_at timestamp with time zone NOT NULL
);

CREATE TABLE public.public_line (
    ticket_id bigint NOT NULL,
    message_id bigint NOT NULL,
    shown bigint[] NOT NULL
);

CREATE TABLE public.public_mark (
    ticket_id bigint NOT NULL,
    message_id bigint NOT NULL,
    how text NOT NULL,
    marked_at timestamp with time zone NOT NULL,
    CONSTRAINT public_mark_how_check CHECK ((how = ANY (ARRAY['button'::text, 'command'::text, 'reaction'::text])))
);

CREATE TABLE public.public_ping (
    responder_id bigint NOT NULL,
    since timestamp with time zone NOT NULL
);

CREATE TABLE public.reading (
    message_id bigint NOT NULL,
    engine text NOT NULL,
    model text NOT NULL,
    language text NOT NULL,
    intent text NOT NULL,
    confidence real NOT NULL,
    sentiment text NOT NULL,
    urgency text NOT NULL,
    wants_human boolean NOT NULL,
    out_of_scope boolean NOT NULL,
    details jsonb NOT NULL,
    made_at timestamp with time zone NOT NULL
);

CREATE TABLE public.responder (
    id bigint NOT NULL,
    role text NOT NULL,
    name text NOT NULL,
    units text[] DEFAULT '{}'::text[] NOT NULL,
    topics text[] DEFAULT '{}'::text[] NOT NULL,
    languages text[] NOT NULL,
    trust text DEFAULT 'newcomer'::text NOT NULL,
    paused_until timestamp with time zone,
    active boolean DEFAULT true NOT NULL,
    last_offer_at timestamp with time zone,
    created_at timestamp with time zone NOT NULL,
    CONSTRAINT responder_role_check CHECK ((role = ANY (ARRAY['volunteer'::text, 'agent'::text, 'coordinator'::text, 'admin'::text]))),
    CONSTRAINT responder_trust_check CHECK ((trust = ANY (ARRAY['newcomer'::text, 'helper'::text, 'expert'::text, 'champion'::text])))
);

ALTER TABLE public.responder ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.responder_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.review (
    answer_id bigint NOT NULL,
    responder_id bigint NOT NULL,
    asked_at timestamp with time zone NOT NULL
);

CREATE TABLE public.sign_in_link (
    token_hash bytea NOT NULL,
    responder_id bigint NOT NULL,
    expires_at timestamp with time zone NOT NULL,
    used_at timestamp with time zone
);

CREATE TABLE public.sitting (
    id bigint NOT NULL,
    responder_id bigint NOT NULL,
    unit text NOT NULL,
    version integer NOT NULL,
    answers integer[] DEFAULT '{}'::integer[] NOT NULL,
    began_at timestamp with time zone NOT NULL,
    ended_at timestamp with time zone,
    passed boolean,
    CONSTRAINT sitting_check CHECK (((ended_at IS NULL) = (passed IS NULL)))
);

ALTER TABLE public.sitting ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.sitting_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.staff_thread (
    ticket_id bigint NOT NULL,
    channel text NOT NULL,
    chat text NOT NULL,
    thread text NOT NULL,
    opened_at timestamp with time zone NOT NULL
);

CREATE TABLE public.standing (
    responder_id bigint NOT NULL,
    since timestamp with time zone NOT NULL,
    by_hand boolean DEFAULT false NOT NULL,
    warned_at timestamp with time zone
);

CREATE TABLE public.statement (
    id bigint NOT NULL,
    incident_id bigint NOT NULL,
    version integer NOT NULL,
    state text DEFAULT 'draft'::text NOT NULL,
    text_de text NOT NULL,
    text_en text NOT NULL,
    author_id bigint NOT NULL,
    written_at timestamp with time zone NOT NULL,
    submitted_by bigint,
    submitted_at timestamp with time zone,
    approved_by bigint,
    approved_at timestamp with time zone,
    ended_by bigint,
    ended_at timestamp with time zone,
    note text,
    CONSTRAINT statement_check CHECK (((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'dropped'::text])) OR ((approved_by IS NOT NULL) AND (text_de <> ''::text) AND (text_en <> ''::text)))),
    CONSTRAINT statement_state_check CHECK ((state = ANY (ARRAY['draft'::text, 'submitted'::text, 'approved'::text, 'replaced'::text, 'withdrawn'::text, 'dropped'::text])))
);

ALTER TABLE public.statement ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.statement_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.statement_told (
    ticket_id bigint NOT NULL,
    statement_id bigint NOT NULL,
    message_id bigint,
    broadcast_id bigint,
    told_at timestamp with time zone NOT NULL
);

CREATE TABLE public.storm_freeze (
    topic text NOT NULL,
    frozen_by bigint,
    frozen_at timestamp with time zone NOT NULL,
    until timestamp with time zone NOT NULL
);

CREATE TABLE public.storm_lesson (
    id bigint NOT NULL,
    incident_id bigint NOT NULL,
    text text NOT NULL,
    owner_id bigint NOT NULL,
    due date NOT NULL,
    added_by bigint NOT NULL,
    added_at timestamp with time zone NOT NULL,
    done_by bigint,
    done_at timestamp with time zone,
    CONSTRAINT storm_lesson_check CHECK (((done_at IS NULL) = (done_by IS NULL))),
    CONSTRAINT storm_lesson_text_check CHECK ((text <> ''::text))
);

ALTER TABLE public.storm_lesson ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.storm_lesson_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.storm_level (
    topic text NOT NULL,
    level text NOT NULL,
    since timestamp with time zone NOT NULL,
    CONSTRAINT storm_level_level_check CHECK ((level = ANY (ARRAY['watch'::text, 'storm'::text, 'recovery'::text])))
);

CREATE TABLE public.storm_watch (
    one boolean DEFAULT true NOT NULL,
    holder text,
    held_until timestamp with time zone,
    epoch bigint DEFAULT 0 NOT NULL,
    watermark bigint,
    detector bytea,
    kept_at timestamp with time zone,
    CONSTRAINT storm_watch_one_check CHECK (one)
);

CREATE TABLE public.storm_wish (
    responder_id bigint NOT NULL,
    is_called boolean NOT NULL,
    outside_hours boolean NOT NULL,
    most_at_once integer,
    most_a_day integer,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT storm_wish_check CHECK ((is_called OR (NOT outside_hours))),
    CONSTRAINT storm_wish_most_a_day_check CHECK (((most_a_day >= 1) AND (most_a_day <= 100))),
    CONSTRAINT storm_wish_most_at_once_check CHECK (((most_at_once >= 1) AND (most_at_once <= 10)))
);

CREATE TABLE public.suspension (
    responder_id bigint NOT NULL,
    until timestamp with time zone NOT NULL,
    by bigint NOT NULL
);

CREATE TABLE public.thanks (
    ticket_id bigint NOT NULL,
    responder_id bigint NOT NULL,
    words text,
    sent_at timestamp with time zone NOT NULL
);

CREATE SEQUENCE public.ticket_number
    START WITH 1001
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1;

CREATE TABLE public.ticket (
    id bigint NOT NULL,
    number bigint DEFAULT nextval('public.ticket_number'::regclass) NOT NULL,
    conversation_id bigint NOT NULL,
    contact_id bigint NOT NULL,
    status text NOT NULL,
    lane text,
    unit text,
    priority text DEFAULT 'normal'::text NOT NULL,
    intent text,
    locale text NOT NULL,
    assignee_id bigint,
    assignment bigint,
    lease_expires_at timestamp with time zone,
    rejections integer DEFAULT 0 NOT NULL,
    wave integer DEFAULT 0 NOT NULL,
    follow_up_of bigint,
    csat integer,
    opened_at timestamp with time zone NOT NULL,
    waiting_since timestamp with time zone,
    answered_at timestamp with time zone,
    solved_at timestamp with time zone,
    CONSTRAINT ticket_csat_check CHECK (((csat >= 1) AND (csat <= 5))),
    CONSTRAINT ticket_lane_check CHECK ((lane = ANY (ARRAY['knowledge'::text, 'peer'::text, 'staff'::text]))),
    CONSTRAINT ticket_locale_check CHECK ((locale = ANY (ARRAY['de'::text, 'en'::text]))),
    CONSTRAINT ticket_priority_check CHECK ((priority = ANY (ARRAY['low'::text, 'normal'::text, 'high'::text, 'urgent'::text]))),
    CONSTRAINT ticket_status_check CHECK ((status = ANY (ARRAY['new'::text, 'open'::text, 'pending'::text, 'on_hold'::text, 'solved'::text, 'closed'::text])))
);

ALTER TABLE public.ticket ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.ticket_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.topic_opened (
    responder_id bigint NOT NULL,
    unit text NOT NULL,
    how text NOT NULL,
    at timestamp with time zone NOT NULL,
    CONSTRAINT topic_opened_how_check CHECK ((how = ANY (ARRAY['vouched'::text, 'no_test'::text, 'passed'::text])))
);

CREATE TABLE public.trust_change (
    id bigint NOT NULL,
    responder_id bigint NOT NULL,
    kind text NOT NULL,
    level text NOT NULL,
    good integer NOT NULL,
    counted integer NOT NULL,
    set_by bigint,
    reason text,
    at timestamp with time zone NOT NULL,
    CONSTRAINT trust_change_kind_check CHECK ((kind = ANY (ARRAY['rose'::text, 'warned'::text, 'reassured'::text, 'fell'::text, 'set'::text]))),
    CONSTRAINT trust_change_level_check CHECK ((level = ANY (ARRAY['newcomer'::text, 'helper'::text, 'expert'::text, 'champion'::text])))
);

ALTER TABLE public.trust_change ALTER COLUMN id ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.trust_change_id_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

CREATE TABLE public.volunteer (
    responder_id bigint NOT NULL,
    zone text NOT NULL,
    hours int4multirange NOT NULL,
    quiet int4multirange NOT NULL,
    most_a_day integer NOT NULL,
    most_at_once integer NOT NULL,
    topics text[] NOT NULL,
    languages text[] NOT NULL,
    changed_at timestamp with time zone NOT NULL,
    CONSTRAINT volunteer_most_a_day_check CHECK (((most_a_day >= 1) AND (most_a_day <= 100))),
    CONSTRAINT volunteer_most_at_once_check CHECK (((most_at_once >= 1) AND (most_at_once <= 10)))
);

CREATE TABLE public.volunteer_profile (
    responder_id bigint NOT NULL,
    named boolean DEFAULT true NOT NULL,
    monthly boolean DEFAULT true NOT NULL
);

CREATE TABLE public.watched_reading (
    message_id bigint NOT NULL,
    place bigint NOT NULL,
    cluster_id bigint,
    topic text NOT NULL,
    negative boolean NOT NULL,
    at timestamp with time zone NOT NULL,
    epoch bigint NOT NULL
);

ALTER TABLE public.watched_reading ALTER COLUMN place ADD GENERATED ALWAYS AS IDENTITY (
    SEQUENCE NAME public.watched_reading_place_seq
    START WITH 1
    INCREMENT BY 1
    NO MINVALUE
    NO MAXVALUE
    CACHE 1
);

ALTER TABLE ONLY public.abuse_case
    ADD CONSTRAINT abuse_case_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.abuse_report
    ADD CONSTRAINT abuse_report_pkey PRIMARY KEY (ticket_id, responder_id);

ALTER TABLE ONLY public.abuse_watch
    ADD CONSTRAINT abuse_watch_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_channel_external_id_key UNIQUE (channel, external_id);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alert_call
    ADD CONSTRAINT alert_call_pkey PRIMARY KEY (alert_id, responder_id);

ALTER TABLE ONLY public.alert_picture
    ADD CONSTRAINT alert_picture_pkey PRIMARY KEY (alert_id, locale);

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.alert_usual
    ADD CONSTRAINT alert_usual_pkey PRIMARY KEY (alert_id);

ALTER TABLE ONLY public.alert_words
    ADD CONSTRAINT alert_words_pkey PRIMARY KEY (alert_id, locale);

ALTER TABLE ONLY public.answer_outcome
    ADD CONSTRAINT answer_outcome_pkey PRIMARY KEY (ticket_id, responder_id);

ALTER TABLE ONLY public.answer_part
    ADD CONSTRAINT answer_part_channel_external_id_key UNIQUE (channel, external_id);

ALTER TABLE ONLY public.answer_part
    ADD CONSTRAINT answer_part_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_code_hash_key UNIQUE (code_hash);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.askable
    ADD CONSTRAINT askable_pkey PRIMARY KEY (responder_id, topic, language);

ALTER TABLE ONLY public.asking
    ADD CONSTRAINT asking_pkey PRIMARY KEY (ticket_id);

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.awaited_words
    ADD CONSTRAINT awaited_words_pkey PRIMARY KEY (responder_id);

ALTER TABLE ONLY public.blocked_pair
    ADD CONSTRAINT blocked_pair_pkey PRIMARY KEY (contact_id, responder_id, blocked_by);

ALTER TABLE ONLY public.brand_text
    ADD CONSTRAINT brand_text_pkey PRIMARY KEY (name, locale, version);

ALTER TABLE ONLY public.broadcast_pace
    ADD CONSTRAINT broadcast_pace_pkey PRIMARY KEY (channel);

ALTER TABLE ONLY public.broadcast
    ADD CONSTRAINT broadcast_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.broadcast_row
    ADD CONSTRAINT broadcast_row_pkey PRIMARY KEY (broadcast_id, ticket_id);

ALTER TABLE ONLY public.bystander_invited
    ADD CONSTRAINT bystander_invited_pkey PRIMARY KEY (author);

ALTER TABLE ONLY public.channel_pause
    ADD CONSTRAINT channel_pause_pkey PRIMARY KEY (channel, chat);

ALTER TABLE ONLY public.clock
    ADD CONSTRAINT clock_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.clock
    ADD CONSTRAINT clock_ticket_id_kind_key UNIQUE (ticket_id, kind);

ALTER TABLE ONLY public.console_session
    ADD CONSTRAINT console_session_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.contact
    ADD CONSTRAINT contact_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_channel_key_key UNIQUE (channel, key);

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.correction
    ADD CONSTRAINT correction_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.cursor_position
    ADD CONSTRAINT cursor_position_pkey PRIMARY KEY (channel, source);

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.departure
    ADD CONSTRAINT departure_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.entrance_test
    ADD CONSTRAINT entrance_test_pkey PRIMARY KEY (unit, version);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.expertise
    ADD CONSTRAINT expertise_pkey PRIMARY KEY (responder_id, topic, language);

ALTER TABLE ONLY public.habit
    ADD CONSTRAINT habit_pkey PRIMARY KEY (responder_id, day_part);

ALTER TABLE ONLY public.handled_update
    ADD CONSTRAINT handled_update_pkey PRIMARY KEY (channel, external_id);

ALTER TABLE ONLY public.hidden_message
    ADD CONSTRAINT hidden_message_pkey PRIMARY KEY (message_id);

ALTER TABLE ONLY public.identity
    ADD CONSTRAINT identity_channel_external_id_key UNIQUE (channel, external_id);

ALTER TABLE ONLY public.identity
    ADD CONSTRAINT identity_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incident_cluster
    ADD CONSTRAINT incident_cluster_pkey PRIMARY KEY (cluster_id);

ALTER TABLE ONLY public.incident
    ADD CONSTRAINT incident_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.incident_taken_in
    ADD CONSTRAINT incident_taken_in_pkey PRIMARY KEY (incident_id, ticket_id);

ALTER TABLE ONLY public.incident_ticket
    ADD CONSTRAINT incident_ticket_pkey PRIMARY KEY (incident_id, ticket_id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_pkey PRIMARY KEY (code_hash);

ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.message_version
    ADD CONSTRAINT message_version_pkey PRIMARY KEY (message_id, version);

ALTER TABLE ONLY public.model_service
    ADD CONSTRAINT model_service_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.month_told
    ADD CONSTRAINT month_told_pkey PRIMARY KEY (responder_id, month);

ALTER TABLE ONLY public.muster_briefing
    ADD CONSTRAINT muster_briefing_pkey PRIMARY KEY (muster_id, locale);

ALTER TABLE ONLY public.muster_call
    ADD CONSTRAINT muster_call_pkey PRIMARY KEY (muster_id, responder_id);

ALTER TABLE ONLY public.muster
    ADD CONSTRAINT muster_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.nlu_model
    ADD CONSTRAINT nlu_model_pkey PRIMARY KEY (version);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_ticket_id_responder_id_key UNIQUE (ticket_id, responder_id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.perk
    ADD CONSTRAINT perk_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.playbook
    ADD CONSTRAINT playbook_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.posted_place
    ADD CONSTRAINT posted_place_statement_id_broadcast_id_channel_place_locale_key UNIQUE NULLS NOT DISTINCT (statement_id, broadcast_id, channel, place, locale);

ALTER TABLE ONLY public.public_answer
    ADD CONSTRAINT public_answer_pkey PRIMARY KEY (message_id);

ALTER TABLE ONLY public.public_line
    ADD CONSTRAINT public_line_pkey PRIMARY KEY (ticket_id);

ALTER TABLE ONLY public.public_mark
    ADD CONSTRAINT public_mark_pkey PRIMARY KEY (ticket_id);

ALTER TABLE ONLY public.public_ping
    ADD CONSTRAINT public_ping_pkey PRIMARY KEY (responder_id);

ALTER TABLE ONLY public.reading
    ADD CONSTRAINT reading_pkey PRIMARY KEY (message_id);

ALTER TABLE ONLY public.responder
    ADD CONSTRAINT responder_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_pkey PRIMARY KEY (answer_id, responder_id);

ALTER TABLE ONLY public.sign_in_link
    ADD CONSTRAINT sign_in_link_pkey PRIMARY KEY (token_hash);

ALTER TABLE ONLY public.sitting
    ADD CONSTRAINT sitting_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.staff_thread
    ADD CONSTRAINT staff_thread_pkey PRIMARY KEY (channel, chat, thread);

ALTER TABLE ONLY public.staff_thread
    ADD CONSTRAINT staff_thread_ticket_id_channel_chat_key UNIQUE (ticket_id, channel, chat);

ALTER TABLE ONLY public.standing
    ADD CONSTRAINT standing_pkey PRIMARY KEY (responder_id);

ALTER TABLE ONLY public.statement
    ADD CONSTRAINT statement_incident_id_version_key UNIQUE (incident_id, version);

ALTER TABLE ONLY public.statement
    ADD CONSTRAINT statement_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.statement_told
    ADD CONSTRAINT statement_told_pkey PRIMARY KEY (ticket_id, statement_id);

ALTER TABLE ONLY public.storm_freeze
    ADD CONSTRAINT storm_freeze_pkey PRIMARY KEY (topic);

ALTER TABLE ONLY public.storm_lesson
    ADD CONSTRAINT storm_lesson_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.storm_level
    ADD CONSTRAINT storm_level_pkey PRIMARY KEY (topic);

ALTER TABLE ONLY public.storm_watch
    ADD CONSTRAINT storm_watch_pkey PRIMARY KEY (one);

ALTER TABLE ONLY public.storm_wish
    ADD CONSTRAINT storm_wish_pkey PRIMARY KEY (responder_id);

ALTER TABLE ONLY public.suspension
    ADD CONSTRAINT suspension_pkey PRIMARY KEY (responder_id);

ALTER TABLE ONLY public.thanks
    ADD CONSTRAINT thanks_pkey PRIMARY KEY (ticket_id, responder_id);

ALTER TABLE ONLY public.ticket
    ADD CONSTRAINT ticket_number_key UNIQUE (number);

ALTER TABLE ONLY public.ticket
    ADD CONSTRAINT ticket_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.topic_opened
    ADD CONSTRAINT topic_opened_pkey PRIMARY KEY (responder_id, unit);

ALTER TABLE ONLY public.trust_change
    ADD CONSTRAINT trust_change_pkey PRIMARY KEY (id);

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT volunteer_pkey PRIMARY KEY (responder_id);

ALTER TABLE ONLY public.volunteer_profile
    ADD CONSTRAINT volunteer_profile_pkey PRIMARY KEY (responder_id);

ALTER TABLE ONLY public.watched_reading
    ADD CONSTRAINT watched_reading_pkey PRIMARY KEY (message_id);

CREATE INDEX abuse_case_decided ON public.abuse_case USING btree (key) WHERE (decision IS NOT NULL);

CREATE UNIQUE INDEX abuse_case_open ON public.abuse_case USING btree (key) WHERE (decision IS NULL);

CREATE INDEX abuse_report_at ON public.abuse_report USING btree (at);

CREATE INDEX account_responder ON public.account USING btree (responder_id);

CREATE INDEX alert_incident ON public.alert USING btree (incident_id) WHERE (incident_id IS NOT NULL);

CREATE UNIQUE INDEX alert_open ON public.alert USING btree (key) WHERE (ended_at IS NULL);

CREATE INDEX alert_to_call ON public.alert USING btree (call_at) WHERE (call_at IS NOT NULL);

CREATE INDEX answer_of_author ON public.answer USING btree (author_id, id);

CREATE UNIQUE INDEX answer_of_message ON public.answer USING btree (message_id);

CREATE INDEX answer_of_ticket ON public.answer USING btree (ticket_id);

CREATE INDEX answer_outcome_responder ON public.answer_outcome USING btree (responder_id, at DESC);

CREATE INDEX answer_part_of_answer ON public.answer_part USING btree (answer_id);

CREATE INDEX answer_to_endorse ON public.answer USING btree (changed_at) WHERE ((state = 'sent'::text) AND (kind = 'answer'::text) AND (endorsed_by IS NULL));

CREATE UNIQUE INDEX answer_under_way ON public.answer USING btree (ticket_id) WHERE (state = ANY (ARRAY['draft'::text, 'refused'::text, 'in_review'::text, 'returned'::text]));

CREATE INDEX api_token_responder ON public.api_token USING btree (responder_id);

CREATE UNIQUE INDEX application_account ON public.application USING btree (channel, external_id) WHERE (state = ANY (ARRAY['filling'::text, 'waiting'::text, 'approved'::text]));

CREATE INDEX application_recent ON public.application USING btree (channel, external_id, id);

CREATE INDEX application_responder ON public.application USING btree (responder_id) WHERE (responder_id IS NOT NULL);

CREATE INDEX application_waiting ON public.application USING btree (id) WHERE (state = 'waiting'::text);

CREATE INDEX askable_active ON public.askable USING btree (topic, language, active_at DESC, responder_id);

CREATE INDEX askable_place ON public.askable USING btree (topic, language, place, responder_id);

CREATE INDEX attachment_message ON public.attachment USING btree (message_id);

CREATE INDEX attachment_pending ON public.attachment USING btree (channel, id) WHERE (state = 'pending'::text);

CREATE INDEX blocked_pair_responder ON public.blocked_pair USING btree (responder_id);

CREATE INDEX broadcast_incident ON public.broadcast USING btree (incident_id);

CREATE INDEX broadcast_live ON public.broadcast USING btree (id) WHERE (state = ANY (ARRAY['running'::text, 'paused'::text]));

CREATE INDEX broadcast_row_waiting ON public.broadcast_row USING btree (broadcast_id, channel, ticket_id) WHERE (state = 'waiting'::text);

CREATE INDEX broadcast_running ON public.broadcast USING btree (id) WHERE (state = 'running'::text);

CREATE INDEX clock_due ON public.clock USING btree (due_at);

CREATE INDEX conversation_chat ON public.conversation USING btree (channel, chat);

CREATE INDEX conversation_contact ON public.conversation USING btree (contact_id);

CREATE INDEX correction_accepted ON public.correction USING btree (id) WHERE (state = 'accepted'::text);

CREATE INDEX correction_message ON public.correction USING btree (message_id);

CREATE UNIQUE INDEX correction_pending ON public.correction USING btree (message_id) WHERE (state = 'pending'::text);

CREATE INDEX decision_ticket ON public.decision USING btree (ticket_id, id);

CREATE INDEX event_at ON public.event USING btree (at);

CREATE INDEX event_refused ON public.event USING btree (at) WHERE (kind = 'AnswerRefused'::text);

CREATE INDEX event_ticket ON public.event USING btree (ticket_id, id);

CREATE INDEX expertise_strength ON public.expertise USING btree (topic, language, strength DESC, responder_id);

CREATE INDEX handled_update_at ON public.handled_update USING btree (at);

CREATE INDEX identity_contact ON public.identity USING btree (contact_id);

CREATE INDEX incident_cluster_incident ON public.incident_cluster USING btree (incident_id);

CREATE INDEX incident_joined_into ON public.incident USING btree (joined_into) WHERE (joined_into IS NOT NULL);

CREATE INDEX incident_live ON public.incident USING btree (topic) WHERE (state = ANY (ARRAY['proposed'::text, 'confirmed'::text]));

CREATE INDEX incident_taken_in_ticket ON public.incident_taken_in USING btree (ticket_id);

CREATE INDEX incident_ticket_by_hand ON public.incident_ticket USING btree (incident_id) WHERE ((how = 'by_hand'::text) AND (left_at IS NULL));

CREATE UNIQUE INDEX incident_ticket_follows ON public.incident_ticket USING btree (ticket_id) WHERE (left_at IS NULL);

CREATE INDEX message_conversation ON public.message USING btree (conversation_id, id);

CREATE UNIQUE INDEX message_external ON public.message USING btree (channel, external_id) WHERE (external_id IS NOT NULL);

CREATE INDEX message_ticket ON public.message USING btree (ticket_id, id);

CREATE INDEX message_unread ON public.message USING btree (id) WHERE to_read;

CREATE INDEX message_unread_conversation ON public.message USING btree (conversation_id, id) WHERE to_read;

CREATE INDEX muster_call_due ON public.muster_call USING btree (call_at) WHERE (reply = 'waiting'::text);

CREATE INDEX muster_call_on_duty ON public.muster_call USING btree (place, responder_id) WHERE (duty_until IS NOT NULL);

CREATE INDEX muster_call_responder ON public.muster_call USING btree (responder_id);

CREATE INDEX muster_call_to_thank ON public.muster_call USING btree (muster_id) WHERE ((thanked_at IS NULL) AND (reply = ANY (ARRAY['in'::text, 'out'::text])));

CREATE INDEX muster_incident ON public.muster USING btree (incident_id);

CREATE UNIQUE INDEX muster_live ON public.muster USING btree (incident_id) WHERE (state = 'called'::text);

CREATE INDEX offer_accepted ON public.offer USING btree (answered_at) WHERE (state = 'accepted'::text);

CREATE INDEX offer_open_responder ON public.offer USING btree (responder_id) WHERE (state = 'open'::text);

CREATE INDEX offer_open_ticket ON public.offer USING btree (ticket_id) WHERE (state = 'open'::text);

CREATE INDEX offer_recent ON public.offer USING btree (responder_id, created_at);

CREATE INDEX outbox_dead ON public.outbox USING btree (id) WHERE (state = 'dead'::text);

CREATE INDEX outbox_due ON public.outbox USING btree (channel, id) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));

CREATE INDEX outbox_external ON public.outbox USING btree (channel, external_id) WHERE (external_id IS NOT NULL);

CREATE INDEX outbox_message ON public.outbox USING btree (message_id) WHERE (message_id IS NOT NULL);

CREATE INDEX outbox_postponed ON public.outbox USING btree (not_before) WHERE ((state = 'queued'::text) AND (not_before IS NOT NULL));

CREATE INDEX outbox_responder ON public.outbox USING btree (responder_id, ticket_id, id) WHERE (responder_id IS NOT NULL);

CREATE INDEX outbox_stream ON public.outbox USING btree (stream, id) WHERE (state = ANY (ARRAY['queued'::text, 'sending'::text]));

CREATE INDEX perk_level ON public.perk USING btree (level) WHERE (ended_at IS NULL);

CREATE INDEX perk_responder ON public.perk USING btree (responder_id) WHERE (ended_at IS NULL);

CREATE INDEX public_answer_responder ON public.public_answer USING btree (responder_id) WHERE (responder_id IS NOT NULL);

CREATE INDEX public_answer_ticket ON public.public_answer USING btree (ticket_id, message_id);

CREATE INDEX reading_made ON public.reading USING brin (made_at) WITH (pages_per_range='32');

CREATE INDEX responder_asked ON public.responder USING btree (last_offer_at NULLS FIRST, id) WHERE ((role = 'volunteer'::text) AND active);

CREATE UNIQUE INDEX responder_name ON public.responder USING btree (lower(name));

CREATE INDEX responder_topics ON public.responder USING gin (topics) WHERE ((role = 'volunteer'::text) AND active);

CREATE INDEX review_of_responder ON public.review USING btree (responder_id, asked_at);

CREATE UNIQUE INDEX sitting_open ON public.sitting USING btree (responder_id, unit) WHERE (ended_at IS NULL);

CREATE INDEX sitting_responder ON public.sitting USING btree (responder_id, unit, id);

CREATE INDEX standing_warned ON public.standing USING btree (warned_at) WHERE (warned_at IS NOT NULL);

CREATE UNIQUE INDEX statement_in_force ON public.statement USING btree (incident_id) WHERE (state = 'approved'::text);

CREATE INDEX statement_told_statement ON public.statement_told USING btree (statement_id);

CREATE UNIQUE INDEX statement_under_way ON public.statement USING btree (incident_id) WHERE (state = ANY (ARRAY['draft'::text, 'submitted'::text]));

CREATE INDEX storm_lesson_incident ON public.storm_lesson USING btree (incident_id, id);

CREATE INDEX thanks_responder ON public.thanks USING btree (responder_id, sent_at DESC);

CREATE INDEX ticket_assignee ON public.ticket USING btree (assignee_id) WHERE ((assignee_id IS NOT NULL) AND (status <> ALL (ARRAY['solved'::text, 'closed'::text])));

CREATE INDEX ticket_conversation ON public.ticket USING btree (conversation_id, id);

CREATE UNIQUE INDEX ticket_live ON public.ticket USING btree (conversation_id) WHERE (status <> 'closed'::text);

CREATE INDEX ticket_queue ON public.ticket USING btree (unit, waiting_since) WHERE (status <> ALL (ARRAY['solved'::text, 'closed'::text]));

CREATE INDEX trust_change_responder ON public.trust_change USING btree (responder_id, id);

CREATE INDEX watched_reading_at ON public.watched_reading USING btree (at);

CREATE INDEX watched_reading_cluster ON public.watched_reading USING btree (cluster_id, place) WHERE (cluster_id IS NOT NULL);

CREATE INDEX watched_reading_epoch ON public.watched_reading USING btree (epoch, place);

CREATE INDEX watched_reading_place ON public.watched_reading USING btree (place);

CREATE TRIGGER askable_kept AFTER INSERT OR UPDATE OF role, active, topics, languages ON public.responder FOR EACH ROW EXECUTE FUNCTION public.keep_askable();

CREATE TRIGGER outcome_counted AFTER INSERT OR DELETE OR UPDATE ON public.answer_outcome FOR EACH ROW EXECUTE FUNCTION public.count_outcome();

ALTER TABLE ONLY public.abuse_case
    ADD CONSTRAINT abuse_case_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES public.contact(id) ON DELETE SET NULL;

ALTER TABLE ONLY public.abuse_case
    ADD CONSTRAINT abuse_case_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.abuse_report
    ADD CONSTRAINT abuse_report_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES public.contact(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.abuse_report
    ADD CONSTRAINT abuse_report_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.abuse_report
    ADD CONSTRAINT abuse_report_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.account
    ADD CONSTRAINT account_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_acknowledged_by_fkey FOREIGN KEY (acknowledged_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.alert_call
    ADD CONSTRAINT alert_call_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert(id);

ALTER TABLE ONLY public.alert_call
    ADD CONSTRAINT alert_call_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.alert
    ADD CONSTRAINT alert_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.alert_picture
    ADD CONSTRAINT alert_picture_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert(id);

ALTER TABLE ONLY public.alert_picture
    ADD CONSTRAINT alert_picture_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES public.attachment(id);

ALTER TABLE ONLY public.alert_usual
    ADD CONSTRAINT alert_usual_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert(id);

ALTER TABLE ONLY public.alert_words
    ADD CONSTRAINT alert_words_alert_id_fkey FOREIGN KEY (alert_id) REFERENCES public.alert(id);

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_endorsed_by_fkey FOREIGN KEY (endorsed_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.answer_outcome
    ADD CONSTRAINT answer_outcome_excluded_by_fkey FOREIGN KEY (excluded_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.answer_outcome
    ADD CONSTRAINT answer_outcome_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.answer_outcome
    ADD CONSTRAINT answer_outcome_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.answer_part
    ADD CONSTRAINT answer_part_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.answer(id);

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_recalled_by_fkey FOREIGN KEY (recalled_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.answer
    ADD CONSTRAINT answer_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.api_token
    ADD CONSTRAINT api_token_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.application
    ADD CONSTRAINT application_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.askable
    ADD CONSTRAINT askable_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.asking
    ADD CONSTRAINT asking_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.asking
    ADD CONSTRAINT asking_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.attachment
    ADD CONSTRAINT attachment_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.awaited_words
    ADD CONSTRAINT awaited_words_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.blocked_pair
    ADD CONSTRAINT blocked_pair_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES public.contact(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.blocked_pair
    ADD CONSTRAINT blocked_pair_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.brand_text
    ADD CONSTRAINT brand_text_changed_by_fkey FOREIGN KEY (changed_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.broadcast
    ADD CONSTRAINT broadcast_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.broadcast_row
    ADD CONSTRAINT broadcast_row_broadcast_id_fkey FOREIGN KEY (broadcast_id) REFERENCES public.broadcast(id);

ALTER TABLE ONLY public.broadcast_row
    ADD CONSTRAINT broadcast_row_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.broadcast_row
    ADD CONSTRAINT broadcast_row_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.broadcast
    ADD CONSTRAINT broadcast_started_by_fkey FOREIGN KEY (started_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.broadcast
    ADD CONSTRAINT broadcast_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES public.statement(id);

ALTER TABLE ONLY public.clock
    ADD CONSTRAINT clock_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.console_session
    ADD CONSTRAINT console_session_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.conversation
    ADD CONSTRAINT conversation_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES public.contact(id);

ALTER TABLE ONLY public.correction
    ADD CONSTRAINT correction_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.correction
    ADD CONSTRAINT correction_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.correction
    ADD CONSTRAINT correction_reviewed_by_fkey FOREIGN KEY (reviewed_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.decision
    ADD CONSTRAINT decision_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.entrance_test
    ADD CONSTRAINT entrance_test_written_by_fkey FOREIGN KEY (written_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.event
    ADD CONSTRAINT event_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.expertise
    ADD CONSTRAINT expertise_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.habit
    ADD CONSTRAINT habit_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id) ON DELETE CASCADE;

ALTER TABLE ONLY public.hidden_message
    ADD CONSTRAINT hidden_message_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.identity
    ADD CONSTRAINT identity_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES public.contact(id);

ALTER TABLE ONLY public.incident_cluster
    ADD CONSTRAINT incident_cluster_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.incident
    ADD CONSTRAINT incident_decided_by_fkey FOREIGN KEY (decided_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.incident
    ADD CONSTRAINT incident_joined_into_fkey FOREIGN KEY (joined_into) REFERENCES public.incident(id);

ALTER TABLE ONLY public.incident
    ADD CONSTRAINT incident_proposed_by_fkey FOREIGN KEY (proposed_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.incident
    ADD CONSTRAINT incident_resolved_by_fkey FOREIGN KEY (resolved_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.incident_taken_in
    ADD CONSTRAINT incident_taken_in_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.incident_taken_in
    ADD CONSTRAINT incident_taken_in_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.incident_ticket
    ADD CONSTRAINT incident_ticket_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.incident_ticket
    ADD CONSTRAINT incident_ticket_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.invitation
    ADD CONSTRAINT invitation_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversation(id);

ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.message
    ADD CONSTRAINT message_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.message_version
    ADD CONSTRAINT message_version_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.model_service
    ADD CONSTRAINT model_service_version_fkey FOREIGN KEY (version) REFERENCES public.nlu_model(version);

ALTER TABLE ONLY public.month_told
    ADD CONSTRAINT month_told_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES public.attachment(id);

ALTER TABLE ONLY public.month_told
    ADD CONSTRAINT month_told_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.muster_briefing
    ADD CONSTRAINT muster_briefing_muster_id_fkey FOREIGN KEY (muster_id) REFERENCES public.muster(id);

ALTER TABLE ONLY public.muster_call
    ADD CONSTRAINT muster_call_muster_id_fkey FOREIGN KEY (muster_id) REFERENCES public.muster(id);

ALTER TABLE ONLY public.muster_call
    ADD CONSTRAINT muster_call_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.muster
    ADD CONSTRAINT muster_called_by_fkey FOREIGN KEY (called_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.muster
    ADD CONSTRAINT muster_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.muster
    ADD CONSTRAINT muster_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.offer
    ADD CONSTRAINT offer_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_attachment_id_fkey FOREIGN KEY (attachment_id) REFERENCES public.attachment(id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_staff_ticket_id_fkey FOREIGN KEY (staff_ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_target_id_fkey FOREIGN KEY (target_id) REFERENCES public.outbox(id);

ALTER TABLE ONLY public.outbox
    ADD CONSTRAINT outbox_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.perk
    ADD CONSTRAINT perk_granted_by_fkey FOREIGN KEY (granted_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.perk
    ADD CONSTRAINT perk_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.playbook
    ADD CONSTRAINT playbook_saved_by_fkey FOREIGN KEY (saved_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.posted_place
    ADD CONSTRAINT posted_place_broadcast_id_fkey FOREIGN KEY (broadcast_id) REFERENCES public.broadcast(id);

ALTER TABLE ONLY public.posted_place
    ADD CONSTRAINT posted_place_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES public.statement(id);

ALTER TABLE ONLY public.public_answer
    ADD CONSTRAINT public_answer_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.public_answer
    ADD CONSTRAINT public_answer_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.public_answer
    ADD CONSTRAINT public_answer_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.public_line
    ADD CONSTRAINT public_line_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.public_line
    ADD CONSTRAINT public_line_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.public_mark
    ADD CONSTRAINT public_mark_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.public_mark
    ADD CONSTRAINT public_mark_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.public_ping
    ADD CONSTRAINT public_ping_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.reading
    ADD CONSTRAINT reading_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_answer_id_fkey FOREIGN KEY (answer_id) REFERENCES public.answer(id);

ALTER TABLE ONLY public.review
    ADD CONSTRAINT review_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.sign_in_link
    ADD CONSTRAINT sign_in_link_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.sitting
    ADD CONSTRAINT sitting_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.sitting
    ADD CONSTRAINT sitting_unit_version_fkey FOREIGN KEY (unit, version) REFERENCES public.entrance_test(unit, version);

ALTER TABLE ONLY public.staff_thread
    ADD CONSTRAINT staff_thread_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.standing
    ADD CONSTRAINT standing_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.statement
    ADD CONSTRAINT statement_approved_by_fkey FOREIGN KEY (approved_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.statement
    ADD CONSTRAINT statement_author_id_fkey FOREIGN KEY (author_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.statement
    ADD CONSTRAINT statement_ended_by_fkey FOREIGN KEY (ended_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.statement
    ADD CONSTRAINT statement_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.statement
    ADD CONSTRAINT statement_submitted_by_fkey FOREIGN KEY (submitted_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.statement_told
    ADD CONSTRAINT statement_told_broadcast_id_fkey FOREIGN KEY (broadcast_id) REFERENCES public.broadcast(id);

ALTER TABLE ONLY public.statement_told
    ADD CONSTRAINT statement_told_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id);

ALTER TABLE ONLY public.statement_told
    ADD CONSTRAINT statement_told_statement_id_fkey FOREIGN KEY (statement_id) REFERENCES public.statement(id);

ALTER TABLE ONLY public.statement_told
    ADD CONSTRAINT statement_told_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.storm_freeze
    ADD CONSTRAINT storm_freeze_frozen_by_fkey FOREIGN KEY (frozen_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.storm_lesson
    ADD CONSTRAINT storm_lesson_added_by_fkey FOREIGN KEY (added_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.storm_lesson
    ADD CONSTRAINT storm_lesson_done_by_fkey FOREIGN KEY (done_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.storm_lesson
    ADD CONSTRAINT storm_lesson_incident_id_fkey FOREIGN KEY (incident_id) REFERENCES public.incident(id);

ALTER TABLE ONLY public.storm_lesson
    ADD CONSTRAINT storm_lesson_owner_id_fkey FOREIGN KEY (owner_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.storm_wish
    ADD CONSTRAINT storm_wish_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.suspension
    ADD CONSTRAINT suspension_by_fkey FOREIGN KEY (by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.suspension
    ADD CONSTRAINT suspension_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.thanks
    ADD CONSTRAINT thanks_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.thanks
    ADD CONSTRAINT thanks_ticket_id_fkey FOREIGN KEY (ticket_id) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.ticket
    ADD CONSTRAINT ticket_assignee_id_fkey FOREIGN KEY (assignee_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.ticket
    ADD CONSTRAINT ticket_contact_id_fkey FOREIGN KEY (contact_id) REFERENCES public.contact(id);

ALTER TABLE ONLY public.ticket
    ADD CONSTRAINT ticket_conversation_id_fkey FOREIGN KEY (conversation_id) REFERENCES public.conversation(id);

ALTER TABLE ONLY public.ticket
    ADD CONSTRAINT ticket_follow_up_of_fkey FOREIGN KEY (follow_up_of) REFERENCES public.ticket(id);

ALTER TABLE ONLY public.topic_opened
    ADD CONSTRAINT topic_opened_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.trust_change
    ADD CONSTRAINT trust_change_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.trust_change
    ADD CONSTRAINT trust_change_set_by_fkey FOREIGN KEY (set_by) REFERENCES public.responder(id);

ALTER TABLE ONLY public.volunteer_profile
    ADD CONSTRAINT volunteer_profile_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.volunteer
    ADD CONSTRAINT volunteer_responder_id_fkey FOREIGN KEY (responder_id) REFERENCES public.responder(id);

ALTER TABLE ONLY public.watched_reading
    ADD CONSTRAINT watched_reading_message_id_fkey FOREIGN KEY (message_id) REFERENCES public.message(id) ON DELETE CASCADE;
