-- The ends of a kind of fact were kept under the wire's name; what the core keeps bears the core's names.
UPDATE ontologies SET edge_types = (
  SELECT jsonb_agg(kind - 'source_targets' || jsonb_build_object('sourceTargets', coalesce(kind->'source_targets', '[]')) ORDER BY place)
  FROM jsonb_array_elements(edge_types) WITH ORDINALITY AS kinds (kind, place))
WHERE jsonb_array_length(edge_types) > 0;
