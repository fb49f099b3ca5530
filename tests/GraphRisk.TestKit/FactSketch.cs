using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;

namespace GraphRisk.TestKit;

/// <summary>A market drawn fact by fact; snapshots are taken of it at any day.</summary>
public sealed class FactSketch
{
    public static SchemaCatalog Catalog { get; } = SchemaCatalog.LoadEmbedded();

    public static DateOnly Start { get; } = new(2024, 1, 1);

    public List<Fact> Facts { get; } = [];

    public FactSketch Node(string id, DateOnly since, params (string Name, PropertyValue Value)[] properties)
    {
        Facts.Add(new NodeFact(NodeId.Parse(id), Properties.Of(properties.AsSpan()), Validity.Since(since), Source(id)));
        return this;
    }

    public FactSketch Edge(
        string relationship, string from, string to, DateOnly since, DateOnly? until = null, params (string Name, PropertyValue Value)[] properties)
    {
        Facts.Add(new RelationshipFact(
            relationship, NodeId.Parse(from), NodeId.Parse(to), $"{since}", Properties.Of(properties.AsSpan()),
            Validity.Between(since, until), Source(from + to)));
        return this;
    }

    /// <summary>A client with one credit account that holds 100 shares of S1, worth 10 yuan each until prices say otherwise.</summary>
    public FactSketch Client(string id, string security = "Security/S1", decimal quantity = 100)
    {
        var key = id.Split('/')[1];
        return Node(id, Start, ("name", PropertyValue.Of(key)))
            .Edge("CLIENT_OF", id, "Broker/B1", Start, null, ("openedOn", PropertyValue.Of(Start)))
            .Node($"Account/{key}", Start, ("kind", PropertyValue.Of("credit")))
            .Edge("OWNS_ACCOUNT", id, $"Account/{key}", Start)
            .Node(security, Start, ("code", PropertyValue.Of(security.Split('/')[1])), ("sharesOutstanding", PropertyValue.Of(10_000m)))
            .Price(security, Start, 10)
            .Edge("POSITION", $"Account/{key}", security, Start, null, ("quantity", PropertyValue.Of(quantity)));
    }

    public FactSketch Price(string security, DateOnly day, decimal close) =>
        Node(security, day, ("close", PropertyValue.Of(close)), ("code", PropertyValue.Of(security.Split('/')[1])));

    /// <summary>A statement of the client's margin contract, opened by its first one; the call line is 1.3, the liquidation line 1.1.</summary>
    public FactSketch Margin(string client, DateOnly day, decimal debt, decimal ratio, string status = "OPEN")
    {
        var contract = $"MarginContract/{client.Split('/')[1]}";
        Node(contract, day, ("status", PropertyValue.OfEnum(status)), ("debt", PropertyValue.Of(debt)),
            ("maintenanceRatio", PropertyValue.Of(ratio)), ("callLine", PropertyValue.Of(1.3m)),
            ("liquidationLine", PropertyValue.Of(1.1m)), ("creditLine", PropertyValue.Of(2000m)));
        return Edge("CONTRACTED", client, contract, Start);
    }

    public FactSketch Event(string client, DateOnly day, string kind)
    {
        var id = $"CreditEvent/{client.Split('/')[1]}-{kind}-{day:yyyyMMdd}";
        return Node(id, day, ("kind", PropertyValue.OfEnum(kind)), ("occurredOn", PropertyValue.Of(day)))
            .Edge("BEFELL", id, client, day);
    }

    public Snapshot At(DateOnly day, DateTimeOffset? knownAt = null)
    {
        var stamp = new SnapshotStamp(1, knownAt ?? Validity.CloseOf(day), Validity.CloseOf(day), Catalog.Hash);
        var builder = new SnapshotBuilder(Catalog, stamp, Judgements());
        foreach (var fact in Facts)
            builder.Add(fact);
        return builder.Build();
    }

    /// <summary>The clusters of the SAME_AS facts drawn.</summary>
    private Clusters Judgements()
    {
        var judgements = Facts.Where(fact => fact.Type == SchemaCatalog.SameAs)
            .Select((fact, i) => new RecordedFact(fact, ChangeKind.Assert, 1, Validity.StartOf(Start), i + 1, i + 1)).ToAsyncEnumerable();
        return Clusters.ReadAsync(judgements).AsTask().GetAwaiter().GetResult();
    }

    private static Provenance Source(string key) => new("test", key, 0.9m);
}
