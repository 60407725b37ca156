-- "Please forget that" is about all that an episode says, however it is read later: a retraction without words.
ALTER TABLE retractions ALTER COLUMN says DROP NOT NULL;
