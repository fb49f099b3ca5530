namespace GraphRisk.Intake.Import.Mapping;

/// <summary>What becomes of the columns a mapping names: a column that nothing is made of is as good as not read, and is told so.</summary>
internal static class ColumnUses
{
    /// <summary>What a mapping makes of each of its columns, by their numbers; columns of which it makes nothing are left out.</summary>
    /// <param name="mapping">The mapping.</param>
    /// <param name="all">All that are known: others may look its columns up.</param>
    public static SortedDictionary<int, List<string>> Of(RecordMapping mapping, MappingSet all)
    {
        var uses = new SortedDictionary<int, List<string>>();
        void Add(int column, string use)
        {
            if (!uses.TryGetValue(column, out var list)) uses.Add(column, list = []);
            if (!list.Contains(use)) list.Add(use);
        }

        void AddTests(Condition? condition, string use)
        {
            foreach (var test in condition?.Tests ?? []) Add(test.Column, use);
        }

        foreach (var column in mapping.Key.Columns) Add(column, "key of the record");
        foreach (var column in mapping.Part?.Columns ?? []) Add(column, "part of the source");
        foreach (var column in mapping.Observed) Add(column, "not ahead of the day of the import");
        foreach (var (column, before) in mapping.Follows)
        {
            Add(column, $"not before {mapping.Columns[before].Name}");
            Add(before, $"not after {mapping.Columns[column].Name}");
        }

        foreach (var lookup in mapping.Lookups) Add(lookup.By, $"looks up {lookup.File}");
        foreach (var (other, lookup) in all.All.SelectMany(other => other.Lookups.Select(lookup => (other, lookup))).Where(pair => pair.lookup.Mapping == mapping.Id))
            foreach (var column in lookup.Take.Select(take => take.Theirs).Append(lookup.Key ?? "").Select(mapping.ColumnOf).Where(column => column >= 0)) Add(column, $"looked up by {other.Id}");
        foreach (var rule in mapping.Facts)
        {
            var edge = rule as RelationshipFactRule;
            var name = edge?.Relationship ?? string.Join("/", rule.Shapes);
            foreach (var node in NodesOf(rule))
            {
                foreach (var column in node.Key.Columns) Add(column, $"key of {string.Join("/", node.Types.Select(type => type.Type))}");
                foreach (var (_, when) in node.Types) AddTests(when, $"tells {string.Join(" from ", node.Types.Select(type => type.Type))}");
            }

            foreach (var column in edge?.Key?.Columns ?? []) Add(column, $"key of {name}");
            foreach (var column in rule.Validity.Since) Add(column, $"start of {name}");
            foreach (var column in rule.Validity.Until) Add(column, $"end of {name}");
            AddTests(rule.Validity.Ended, $"end of {name}");
            foreach (var (field, value) in rule.Set)
            {
                foreach (var column in ColumnsOf(value)) Add(column, $"{name}.{field.Name}");
                foreach (var condition in ConditionsOf(value)) AddTests(condition, $"decides whether there is a {name}.{field.Name}");
            }

            AddTests(rule.When, $"decides whether there is a {name}");
            AddTests(rule.Unless, $"decides whether there is a {name}");
        }

        return uses;
    }

    /// <summary>Numbers of the columns of which nothing is made; none where a reader of texts may take what it likes.</summary>
    public static IEnumerable<int> Idle(RecordMapping mapping, MappingSet all)
    {
        if (mapping.Reader is not null) return [];
        var uses = Of(mapping, all);
        return Enumerable.Range(0, mapping.Columns.Length).Where(column => !uses.ContainsKey(column));
    }

    private static NodeRule[] NodesOf(FactRule rule) => rule switch
    {
        NodeFactRule node => [node.Node],
        RelationshipFactRule edge => [edge.From, edge.To],
        _ => [],
    };

    private static IEnumerable<int> ColumnsOf(ValueRule rule) => rule switch
    {
        ColumnRule column => [column.Column],
        TemplateRule template => template.Template.Columns,
        ListRule list => list.Items.SelectMany(item => item.Template.Columns),
        SumRule sum => sum.Columns,
        RatioRule ratio => ratio.Of.Concat(ratio.To),
        _ => [],
    };

    private static IEnumerable<Condition?> ConditionsOf(ValueRule rule) =>
        [rule.When, rule.Unless, .. rule is ListRule list ? list.Items.Select(item => item.When) : []];
}
