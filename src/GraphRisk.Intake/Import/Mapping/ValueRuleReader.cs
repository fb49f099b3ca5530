using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>Reads where the value of a field comes from.</summary>
internal sealed class ValueRuleReader
{
    private readonly RuleReader rules;
    private readonly TimeFormats times;

    public ValueRuleReader(RuleReader rules, TimeFormats times)
    {
        this.rules = rules;
        this.times = times;
    }

    /// <summary>A column's name alone, or a map that says more.</summary>
    public ValueRule Read(Field field, Yaml value)
    {
        if (value.IsScalar) return new ColumnRule(rules.ColumnOf(value), new Conversion { Field = field, Times = times });
        var map = value.Map(
            "column", "value", "text", "list", "sum", "ratio", "to", "map", "times", "none", "percent", "unit", "split", "filter",
            "when", "unless");
        return ReadSource(field, value, map) with
        {
            When = map.TryGetValue("when", out var when) ? rules.ReadCondition(when) : Condition.Always,
            Unless = map.TryGetValue("unless", out var unless) ? rules.ReadCondition(unless) : null,
        };
    }

    private ValueRule ReadSource(Field field, Yaml value, Dictionary<string, Yaml> map)
    {
        if (map.TryGetValue("unit", out var unit) && map.ContainsKey("percent")) throw unit.Error("a number in percent has no unit");
        if (map.TryGetValue("column", out var column)) return new ColumnRule(rules.ColumnOf(column), ReadConversion(field, map));
        if (map.TryGetValue("value", out var constant)) return new ConstantRule(ReadConstant(field, constant));
        if (map.TryGetValue("text", out var text)) return new TemplateRule(rules.ReadTemplate(Expect(text, field, FieldKind.String)));
        if (map.TryGetValue("list", out var list))
            return new ListRule([.. Expect(list, field, FieldKind.StringList).Items().Select(ReadItem)]);
        if (map.TryGetValue("sum", out var sum)) return new SumRule(ReadColumns(Expect(sum, field, FieldKind.Decimal)));
        if (map.TryGetValue("ratio", out var ratio))
            return new RatioRule(ReadColumns(Expect(ratio, field, FieldKind.Decimal)), ReadColumns(value.Need(map, "to")));
        throw value.Error("one of column, value, text, list, sum, ratio is expected");
    }

    private (Template Template, Condition When) ReadItem(Yaml item)
    {
        if (item.IsScalar) return (rules.ReadTemplate(item), Condition.Always);
        var map = item.Map("text", "when");
        return (rules.ReadTemplate(item.Need(map, "text")), rules.ReadCondition(item.Need(map, "when")));
    }

    private ImmutableArray<int> ReadColumns(Yaml list) => [.. list.Items().Select(rules.ColumnOf)];

    private Conversion ReadConversion(Field field, Dictionary<string, Yaml> map) => new()
    {
        Field = field,
        Times = map.TryGetValue("times", out var own) ? new TimeFormats(own.Texts()) : times,
        Map = map.TryGetValue("map", out var names) ? ReadNames(field, names) : null,
        None = map.TryGetValue("none", out var none) ? [.. none.Texts()] : [],
        Percent = map.TryGetValue("percent", out var percent) && Expect(percent, field, FieldKind.Decimal).Truth(),
        Unit = map.TryGetValue("unit", out var unit) ? Expect(unit, field, FieldKind.Decimal).Number() : 1,
        Separators = map.TryGetValue("split", out var split) ? Expect(split, field, FieldKind.StringList).Text() : "",
        Filter = map.TryGetValue("filter", out var filter) ? ReadFilter(Expect(filter, field, FieldKind.String)) : null,
    };

    private static TextFilter ReadFilter(Yaml node) =>
        TextFilters.All.TryGetValue(node.Text(), out var filter) ? filter : throw node.Error($"'{node.Text()}' is no filter");

    private static ImmutableDictionary<string, string> ReadNames(Field field, Yaml map)
    {
        var names = ImmutableDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var (theirs, ours) in map.Entries())
        {
            if (field.Enum is { } allowed && allowed.IndexOf(ours.Text()) < 0)
                throw ours.Error($"'{ours.Text()}' is none of {string.Join(", ", allowed.Values)}");
            foreach (var name in theirs.Items()) names.Add(name.Text(), ours.Text());
        }

        return names.ToImmutable();
    }

    private static PropertyValue ReadConstant(Field field, Yaml node)
    {
        if (field.Enum is { } names && names.IndexOf(node.Text()) < 0)
            throw node.Error($"'{node.Text()}' is none of {string.Join(", ", names.Values)}");
        return PropertyText.TryParse(field.Kind, node.Text(), out var value) ? value : throw node.Error($"'{node.Text()}' is no {field.Kind}");
    }

    private static Yaml Expect(Yaml node, Field field, FieldKind kind) =>
        field.Kind == kind ? node : throw node.Error($"'{field.Name}' is a {field.Kind}, this gives a {kind}");
}
