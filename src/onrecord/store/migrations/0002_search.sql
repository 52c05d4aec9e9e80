-- Full text over articles and statements; case and accents don't count. The indexes hold no text of their own.

CREATE VIRTUAL TABLE article_search USING fts5 (
    title, text, content = 'article', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2'
);
CREATE VIRTUAL TABLE statement_search USING fts5 (
    words, speaker, content = 'statement', content_rowid = 'seq', tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO article_search (article_search) VALUES ('rebuild');
INSERT INTO statement_search (statement_search) VALUES ('rebuild');

CREATE TRIGGER article_indexed AFTER INSERT ON article BEGIN
    INSERT INTO article_search (rowid, title, text) VALUES (new.seq, new.title, new.text);
END;
CREATE TRIGGER statement_indexed AFTER INSERT ON statement BEGIN
    INSERT INTO statement_search (rowid, words, speaker) VALUES (new.seq, new.words, new.speaker);
END;
