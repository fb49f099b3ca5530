using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Intake.Import.Reading;
using GraphRisk.Matching.Identifiers;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>How a record names a node: its key, and its type, which may depend on what the record says.</summary>
/// <param name="Name">Name of the rule in the mapping.</param>
/// <param name="Key">Template of the key.</param>
/// <param name="Types">Types with the conditions under which the node is of them; the first that holds counts.</param>
public sealed record NodeRule(string Name, Template Key, ImmutableArray<(string Type, Condition When)> Types)
{
    /// <summary>The node a record names; null where a column of the key is absent, then <paramref name="missing"/>, or where no type applies.</summary>
    public NodeId? Read(Record record, RecordContext context, out int missing)
    {
        if (Key.Render(record, context.File, out missing) is not { } key) return null;
        if (Controls.FindIn(key) >= 0)
        {
            context.Fail(Key.Columns.First(), "holds a control character");
            return null;
        }

        foreach (var column in Key.Columns)
        {
            if (!SpreadsheetDamage.IsPower(record[column])) continue;
            context.Fail(column, $"is '{Conversion.Shown(record[column])}', which a spreadsheet turned into a power of ten");
            return null;
        }

        foreach (var (type, when) in Types)
            if (when.Holds(record)) return new NodeId(type, key);
        foreach (var (type, _) in Types)
            if (context.Unresolved is not null && context.Knows?.Invoke(new NodeId(type, key)) == true) return new NodeId(type, key);
        if (context.Unresolved is { } dangling)
            context.Fail(dangling with { Awaits = [.. Types.Select(type => new NodeId(type.Type, key).ToString())] });
        else
            FailType(record, context);
        return null;
    }

    private void FailType(Record record, RecordContext context)
    {
        var columns = Types.SelectMany(type => type.When.Tests).Select(test => test.Column).Distinct().ToList();
        var expected = Types.SelectMany(type => type.When.Tests).SelectMany(test => test.Patterns).Distinct();
        var value = Conversion.Shown(record[columns[0]]);
        context.Fail(columns[0], $"is '{value}', which tells no {Name}: expected is {string.Join(", ", expected)}");
    }
}
