"""The tables of the registry, as its migrations make them.

Money is integer kuruş, dates are ISO text, times are UTC text ending in ``Z``. Later changes are
further steps in `esignctl.registry.migrations`; a step that has been released is never edited.
"""

_TABLES = (
    """
    CREATE TABLE persons (
        id INTEGER PRIMARY KEY,
        tckn TEXT NOT NULL UNIQUE CHECK (length(tckn) = 11),
        given_names TEXT NOT NULL,
        surname TEXT NOT NULL,
        title TEXT NOT NULL DEFAULT '',
        unit TEXT NOT NULL DEFAULT '',
        group_name TEXT NOT NULL DEFAULT '',
        phone TEXT NOT NULL DEFAULT '',
        email TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    """
    CREATE TABLE applications (
        id INTEGER PRIMARY KEY,
        number TEXT NOT NULL UNIQUE CHECK (number <> ''),
        person_id INTEGER NOT NULL REFERENCES persons (id),
        kind TEXT NOT NULL CHECK (kind IN ('first', 'renewal', 'replacement')),
        opened_on TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE milestones (
        id INTEGER PRIMARY KEY,
        application_id INTEGER NOT NULL REFERENCES applications (id),
        kind TEXT NOT NULL
            CHECK (kind IN ('form-received', 'approved', 'sent', 'delivered', 'cancelled')),
        date TEXT NOT NULL,
        note TEXT NOT NULL DEFAULT '',
        UNIQUE (application_id, kind)
    ) STRICT
    """,
    """
    CREATE TABLE statements (
        id INTEGER PRIMARY KEY,
        file_name TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        bank TEXT NOT NULL DEFAULT '',
        account_iban TEXT NOT NULL DEFAULT '',
        first_date TEXT,
        last_date TEXT,
        row_count INTEGER NOT NULL,
        imported_at TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE movements (
        id INTEGER PRIMARY KEY,
        statement_id INTEGER NOT NULL REFERENCES statements (id),
        row_number INTEGER NOT NULL,
        account TEXT NOT NULL,
        booked_on TEXT NOT NULL,
        booked_time TEXT,
        amount INTEGER NOT NULL,
        balance INTEGER,
        description TEXT NOT NULL DEFAULT '',
        reference TEXT NOT NULL DEFAULT '',
        fingerprint TEXT NOT NULL,
        occurrence INTEGER NOT NULL DEFAULT 1,
        decision TEXT NOT NULL
            CHECK (decision IN ('matched', 'review', 'unrelated', 'dismissed')),
        reasons TEXT NOT NULL DEFAULT '[]',
        excess INTEGER NOT NULL DEFAULT 0,
        reverses_movement_id INTEGER REFERENCES movements (id),
        UNIQUE (account, fingerprint, occurrence)
    ) STRICT
    """,
    """
    CREATE TABLE candidates (
        movement_id INTEGER NOT NULL REFERENCES movements (id),
        application_id INTEGER NOT NULL REFERENCES applications (id),
        score REAL NOT NULL,
        rank INTEGER NOT NULL,
        PRIMARY KEY (movement_id, application_id)
    ) STRICT
    """,
    """
    CREATE TABLE postings (
        id INTEGER PRIMARY KEY,
        movement_id INTEGER NOT NULL REFERENCES movements (id),
        application_id INTEGER NOT NULL REFERENCES applications (id),
        amount INTEGER NOT NULL CHECK (amount <> 0),
        reverses_posting_id INTEGER UNIQUE REFERENCES postings (id),
        source TEXT NOT NULL CHECK (source IN ('auto', 'person')),
        posted_at TEXT NOT NULL
    ) STRICT
    """,
    # AUTOINCREMENT keeps the highest id ever given, which betrays rows cut off the end.
    """
    CREATE TABLE audit (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        actor TEXT NOT NULL,
        command TEXT NOT NULL,
        action TEXT NOT NULL,
        subject TEXT NOT NULL,
        detail TEXT NOT NULL,
        previous_hash TEXT NOT NULL,
        hash TEXT NOT NULL UNIQUE
    ) STRICT
    """,
)

_INDEXES = (
    "CREATE INDEX applications_by_person ON applications (person_id)",
    "CREATE INDEX statements_by_content ON statements (sha256)",
    "CREATE INDEX movements_by_statement ON movements (statement_id)",
    "CREATE INDEX movements_by_date ON movements (account, booked_on)",
    "CREATE INDEX movements_by_decision ON movements (decision)",
    "CREATE INDEX movements_by_reversal ON movements (reverses_movement_id)"
    " WHERE reverses_movement_id IS NOT NULL",
    "CREATE INDEX candidates_by_application ON candidates (application_id)",
    "CREATE INDEX postings_by_application ON postings (application_id, amount)",
    "CREATE INDEX postings_by_movement ON postings (movement_id)",
)


def _append_only(table: str) -> tuple[str, str]:
    refusal = f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
    return (
        f"CREATE TRIGGER {table}_no_update BEFORE UPDATE ON {table} {refusal}",
        f"CREATE TRIGGER {table}_no_delete BEFORE DELETE ON {table} {refusal}",
    )


START: tuple[str, ...] = (
    *_TABLES,
    *_INDEXES,
    *_append_only("postings"),
    *_append_only("audit"),
)

# A certificate that only a list told of has neither fingerprint nor content.
CARDS: tuple[str, ...] = (
    """
    CREATE TABLE certificates (
        id INTEGER PRIMARY KEY,
        fingerprint TEXT UNIQUE CHECK (length(fingerprint) = 64),
        subject TEXT NOT NULL,
        issuer TEXT NOT NULL,
        serial TEXT NOT NULL,
        holder TEXT NOT NULL DEFAULT '',
        tckn TEXT NOT NULL DEFAULT '',
        not_before TEXT NOT NULL,
        not_after TEXT NOT NULL,
        kind TEXT NOT NULL CHECK (kind IN ('nes', 'mobile', 'seal', 'other')),
        qualified INTEGER NOT NULL CHECK (qualified IN (0, 1)),
        der BLOB,
        first_seen_at TEXT NOT NULL,
        last_seen_at TEXT NOT NULL,
        revoked_at TEXT,
        revocation_reason TEXT NOT NULL DEFAULT '',
        checked_at TEXT
    ) STRICT
    """,
    """
    CREATE TABLE card_visits (
        id INTEGER PRIMARY KEY,
        at TEXT NOT NULL,
        reader TEXT NOT NULL,
        atr TEXT NOT NULL DEFAULT '',
        family TEXT NOT NULL DEFAULT '',
        model TEXT NOT NULL DEFAULT '',
        module TEXT NOT NULL DEFAULT '',
        token_serial TEXT NOT NULL DEFAULT '',
        pin_state TEXT NOT NULL DEFAULT '',
        findings TEXT NOT NULL DEFAULT '[]'
    ) STRICT
    """,
    """
    CREATE TABLE card_visit_certificates (
        visit_id INTEGER NOT NULL REFERENCES card_visits (id),
        certificate_id INTEGER NOT NULL REFERENCES certificates (id),
        PRIMARY KEY (visit_id, certificate_id)
    ) STRICT
    """,
    "CREATE INDEX certificates_by_tckn ON certificates (tckn)",
    "CREATE INDEX certificates_by_end ON certificates (not_after)",
    "CREATE INDEX card_visits_by_time ON card_visits (at)",
    "CREATE INDEX card_visits_by_certificate ON card_visit_certificates (certificate_id)",
)

# A file is known by path, size and time of change; its content, where it is read again, by hash.
# Without certificates it is kept too, so that it need not be read again.
SCANS: tuple[str, ...] = (
    """
    CREATE TABLE scanned_files (
        id INTEGER PRIMARY KEY,
        path TEXT NOT NULL UNIQUE,
        size INTEGER NOT NULL,
        modified_ns INTEGER NOT NULL,
        sha256 BLOB NOT NULL CHECK (length(sha256) = 32)
    ) STRICT
    """,
    """
    CREATE TABLE scanned_file_certificates (
        file_id INTEGER NOT NULL REFERENCES scanned_files (id),
        certificate_id INTEGER NOT NULL REFERENCES certificates (id),
        PRIMARY KEY (file_id, certificate_id)
    ) STRICT
    """,
    "CREATE INDEX scanned_files_by_certificate ON scanned_file_certificates (certificate_id)",
    "CREATE INDEX certificates_by_kind_and_end ON certificates (kind, not_after)",
    "CREATE INDEX certificates_by_serial ON certificates (serial)",
    # the same with more: it finds a holder's certificates, and the newer ones among them
    "CREATE INDEX certificates_by_holder ON certificates (tckn, kind, not_before)",
    "DROP INDEX certificates_by_tckn",
)

TRUST: tuple[str, ...] = (
    """
    CREATE TABLE trust_anchors (
        id INTEGER PRIMARY KEY,
        fingerprint TEXT NOT NULL UNIQUE CHECK (length(fingerprint) = 64),
        subject TEXT NOT NULL,
        not_before TEXT NOT NULL,
        not_after TEXT NOT NULL,
        source TEXT NOT NULL CHECK (source IN ('pinned', 'confirmed')),
        der BLOB NOT NULL,
        added_at TEXT NOT NULL
    ) STRICT
    """,
    # a person's certificate names a number; an authority's is looked up by its name
    "CREATE INDEX certificates_of_nobody ON certificates (subject) WHERE tckn = ''",
)

LESSONS: tuple[str, ...] = (
    """
    CREATE TABLE lessons (
        id INTEGER PRIMARY KEY,
        phrase TEXT NOT NULL CHECK (phrase <> ''),
        kind TEXT NOT NULL CHECK (kind IN ('payer', 'account', 'words')),
        person_id INTEGER NOT NULL REFERENCES persons (id),
        learned_at TEXT NOT NULL,
        by_hand INTEGER NOT NULL DEFAULT 0 CHECK (by_hand IN (0, 1)),
        UNIQUE (phrase, person_id)
    ) STRICT
    """,
    """
    CREATE TABLE lesson_sources (
        lesson_id INTEGER NOT NULL REFERENCES lessons (id),
        movement_id INTEGER NOT NULL REFERENCES movements (id),
        PRIMARY KEY (lesson_id, movement_id)
    ) STRICT
    """,
    "CREATE INDEX lessons_by_person ON lessons (person_id)",
    "CREATE INDEX lesson_sources_by_movement ON lesson_sources (movement_id)",
)

# One row for each message that a holder is due: the outbox and the memory of what was sent.
REMINDERS: tuple[str, ...] = (
    """
    CREATE TABLE reminders (
        id INTEGER PRIMARY KEY,
        certificate_id INTEGER NOT NULL REFERENCES certificates (id),
        person_id INTEGER NOT NULL REFERENCES persons (id),
        threshold INTEGER NOT NULL CHECK (threshold >= 0),
        channel TEXT NOT NULL,
        state TEXT NOT NULL
            CHECK (state IN ('planned', 'sending', 'sent', 'failed', 'refused', 'dropped')),
        message_id TEXT NOT NULL UNIQUE,
        attempts INTEGER NOT NULL DEFAULT 0,
        next_try_at TEXT,
        problem TEXT NOT NULL DEFAULT '',
        planned_at TEXT NOT NULL,
        changed_at TEXT NOT NULL,
        UNIQUE (certificate_id, channel, threshold)
    ) STRICT
    """,
    """
    CREATE TABLE reminder_stops (
        person_id INTEGER PRIMARY KEY REFERENCES persons (id),
        since TEXT NOT NULL,
        reason TEXT NOT NULL DEFAULT ''
    ) STRICT
    """,
    "CREATE INDEX reminders_open ON reminders (state) WHERE state NOT IN ('sent', 'dropped')",
    "CREATE INDEX reminders_by_person ON reminders (person_id)",
)
