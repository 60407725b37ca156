-- A record that is sent again is asked whether what it says was retracted before, whichever episode said so.
CREATE INDEX retractions_project_uuid_graph_uuid_says_idx ON retractions (project_uuid, graph_uuid, says);
