-- The facts, and what is in force of them. Facts are only ever added: no row is changed or deleted.
-- seq is the order of adding. Spans are JSON arrays of [start, end) in code points of article.text.

CREATE TABLE article (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    title TEXT NOT NULL,
    outlet TEXT NOT NULL,
    url TEXT NOT NULL,
    published TEXT NOT NULL,
    origin TEXT NOT NULL,
    furniture TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX article_name ON article (name);

-- Which program has read which article, whether or not it found a statement there.
-- version is a key that sorts as the versions in "by" do.
CREATE TABLE reading (
    seq INTEGER PRIMARY KEY,
    article_id TEXT NOT NULL REFERENCES article (id),
    "by" TEXT NOT NULL,
    program TEXT NOT NULL,
    version TEXT NOT NULL,
    UNIQUE (article_id, "by")
);

-- words is the text of the content, to search and to read; the article has the last word.
CREATE TABLE statement (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    "by" TEXT NOT NULL,
    article_id TEXT NOT NULL REFERENCES article (id),
    form TEXT NOT NULL,
    act TEXT NOT NULL,
    speaker TEXT NOT NULL,
    speaker_kind TEXT NOT NULL,
    said TEXT NOT NULL,
    negated BOOLEAN NOT NULL,
    nested BOOLEAN NOT NULL,
    score FLOAT NOT NULL,
    evidence TEXT NOT NULL,
    content TEXT NOT NULL,
    cue TEXT NOT NULL,
    source TEXT NOT NULL,
    addressee TEXT NOT NULL,
    channel TEXT NOT NULL,
    time TEXT NOT NULL,
    relay TEXT NOT NULL,
    words TEXT NOT NULL,
    UNIQUE (id, "by")
);
CREATE INDEX statement_article ON statement (article_id);
CREATE INDEX statement_speaker ON statement (speaker);

-- A log: a decision that was withdrawn and made again stands here twice, with its withdrawal between.
CREATE TABLE decision (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    a TEXT NOT NULL,
    b TEXT NOT NULL,
    same BOOLEAN NOT NULL,
    "by" TEXT NOT NULL,
    score FLOAT NOT NULL,
    evidence TEXT NOT NULL,
    withdraws TEXT NOT NULL,
    made TEXT NOT NULL
);
CREATE INDEX decision_id ON decision (id);
CREATE INDEX decision_withdraws ON decision (withdraws);

-- Of each article the newest version of the program that was the last to read it.
CREATE VIEW current_reading AS
SELECT r.article_id, r."by"
FROM reading AS r
WHERE r.seq = (
    SELECT v.seq
    FROM reading AS v
    WHERE v.article_id = r.article_id
        AND v.program = (
            SELECT l.program FROM reading AS l WHERE l.article_id = r.article_id ORDER BY l.seq DESC LIMIT 1
        )
    ORDER BY v.version DESC, v.seq DESC
    LIMIT 1
);

-- What that reading found; where a person has judged the same place, what that person says.
CREATE VIEW current_statement AS
SELECT s.*
FROM statement AS s
WHERE (
    substr(s."by", 1, 7) = 'person:'
    OR EXISTS (SELECT 1 FROM current_reading AS c WHERE c.article_id = s.article_id AND c."by" = s."by")
)
AND NOT EXISTS (
    SELECT 1
    FROM statement AS p
    WHERE p.id = s.id
        AND substr(p."by", 1, 7) = 'person:'
        AND (substr(s."by", 1, 7) <> 'person:' OR p.seq > s.seq)
);

-- What has been decided and not been withdrawn since.
CREATE VIEW current_decision AS
SELECT d.*
FROM decision AS d
WHERE d.withdraws = ''
    AND NOT EXISTS (SELECT 1 FROM decision AS w WHERE w.withdraws = d.id AND w.seq > d.seq);

CREATE TRIGGER article_kept BEFORE UPDATE ON article BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER article_held BEFORE DELETE ON article BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER reading_kept BEFORE UPDATE ON reading BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER reading_held BEFORE DELETE ON reading BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER statement_kept BEFORE UPDATE ON statement BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER statement_held BEFORE DELETE ON statement BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER decision_kept BEFORE UPDATE ON decision BEGIN SELECT raise(ABORT, 'facts are only added'); END;
CREATE TRIGGER decision_held BEFORE DELETE ON decision BEGIN SELECT raise(ABORT, 'facts are only added'); END;
