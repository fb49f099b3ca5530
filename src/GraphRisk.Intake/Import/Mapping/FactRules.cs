using System.Collections.Immutable;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Intake.Import.Reading;

namespace GraphRisk.Intake.Import.Mapping;

/// <summary>A fact that a mapping makes of each record to which it applies.</summary>
public abstract record FactRule
{
    private int[]? ranks;

    /// <summary>When the rule applies.</summary>
    public Condition When { get; init; } = Condition.Always;

    /// <summary>When it does not apply; null for never.</summary>
    public Condition? Unless { get; init; }

    /// <summary>When the fact holds.</summary>
    public required ValidityRule Validity { get; init; }

    /// <summary>Fields and where their values come from.</summary>
    public ImmutableArray<(Field Field, ValueRule Rule)> Set { get; init; } = [];

    /// <summary>A record that does not name all the fact needs makes none, which is no fault.</summary>
    public bool Optional { get; init; }

    /// <summary>What was said once stays said: a later delivery of the record that leaves it out does not take it back.</summary>
    public bool Lasting { get; init; }

    /// <summary>What the facts of the rule are about, as <see cref="Replaced.ShapeOf"/> writes it: one for each choice of types.</summary>
    public abstract IEnumerable<string> Shapes { get; }

    /// <summary>Makes the fact, or null where the rule does not apply; what is wrong goes to the context.</summary>
    public Fact? Read(Record record, RecordContext context, Provenance provenance) =>
        When.Holds(record) && Unless?.Holds(record) != true ? Make(record, context, provenance) : null;

    private protected abstract Fact? Make(Record record, RecordContext context, Provenance provenance);

    private protected NodeId? Name(NodeRule rule, Record record, RecordContext context)
    {
        var node = rule.Read(record, context, out var missing);
        if (node is null && missing >= 0 && !Optional) context.Fail(missing, "is missing");
        return node;
    }

    private protected Properties Values(Record record, RecordContext context)
    {
        if (Set.IsEmpty) return Properties.None;
        ranks ??= Ranked();
        var values = new Property[Set.Length];
        var count = 0;
        for (var i = 0; i < Set.Length; i++)
        {
            if (Set[i].Rule.Read(record, context) is not { } value) continue;
            values[ranks[i]] = new Property(Set[i].Field.Name, value);
            count++;
        }

        if (count < values.Length) values = Array.FindAll(values, static value => value.Name is not null);
        return Properties.OfOrdered(values);
    }

    /// <summary>The place of each field among them all by name, so that values need not be sorted record by record.</summary>
    private int[] Ranked()
    {
        var places = new int[Set.Length];
        var order = Enumerable.Range(0, Set.Length).OrderBy(i => Set[i].Field.Name, StringComparer.Ordinal).ToArray();
        for (var place = 0; place < order.Length; place++) places[order[place]] = place;
        return places;
    }
}

/// <summary>A fact about a node.</summary>
/// <param name="Node">The node.</param>
/// <param name="As">The type it must be of for the rule to apply; null for any.</param>
public sealed record NodeFactRule(NodeRule Node, string? As) : FactRule
{
    private int? nameColumn;

    public override IEnumerable<string> Shapes => Node.Types.Select(type => type.Type).Where(type => As is null || type == As);

    private protected override NodeFact? Make(Record record, RecordContext context, Provenance provenance)
    {
        if (Name(Node, record, context) is not { } node || (As is not null && node.Type != As)) return null;
        var name = nameColumn ??= NameColumn();
        if (Validity.Read(record, context) is not { } validity) return null;
        var values = Values(record, context);
        if (name >= 0 && !record.Has(name)) context.LeaveOut(name, $"is empty: without a name the {node.Type.ToLowerInvariant()} is found by its numbers alone");
        return new NodeFact(node, values, validity, provenance);
    }

    /// <summary>The column with the name of the party that the rule is about; -1 where it is about none, or names it otherwise.</summary>
    private int NameColumn()
    {
        foreach (var (field, rule) in Set)
            if (field is { Name: "name", Searchable: true } && rule is ColumnRule { When.Tests.IsEmpty: true, Unless: null } column && Shapes.All(type => PartyIndex.PartyTypes.Contains(type))) return column.Column;
        return -1;
    }
}

/// <summary>A fact about a relationship.</summary>
/// <param name="Relationship">Name of the relationship.</param>
/// <param name="From">Where it starts.</param>
/// <param name="To">Where it ends.</param>
/// <param name="Key">Tells parallel relationships apart; null where there is one.</param>
/// <param name="Numbered">Rows that agree even in the key are counted, so that none of them is lost.</param>
public sealed record RelationshipFactRule(
    string Relationship, NodeRule From, NodeRule To, Template? Key, bool Numbered) : FactRule
{
    public override IEnumerable<string> Shapes =>
        From.Types.SelectMany(from => To.Types.Select(to => Replaced.ShapeOf(Relationship, from.Type, to.Type)));

    private protected override RelationshipFact? Make(Record record, RecordContext context, Provenance provenance)
    {
        if (Name(From, record, context) is not { } from || Name(To, record, context) is not { } to) return null;
        if (KeyOf(record, context, from, to) is not { } key) return null;
        return Validity.Read(record, context) is { } validity
            ? new RelationshipFact(Relationship, from, to, key, Values(record, context), validity, provenance) : null;
    }

    private string? KeyOf(Record record, RecordContext context, NodeId from, NodeId to)
    {
        if (Key is null) return "";
        if (Key.Render(record, context.File, out var missing) is not { } key)
        {
            if (!Optional) context.Fail(missing, "is missing");
            return null;
        }

        if (!Numbered) return key;
        if (context.Detached is { } detached) return $"{key}@{detached}";
        var number = context.NumberOf(Relationship, from, to, key);
        return number == 1 ? key : $"{key}#{number}";
    }
}
