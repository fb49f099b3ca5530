using System.Collections.Immutable;
using System.Globalization;
using GraphRisk.Graph.Algorithms.Paths;
using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Snapshots;
using GraphRisk.TestKit;

namespace GraphRisk.Graph.Tests.Algorithms.Paths;

/// <summary>An edge of a drawn graph, told from every other by its number.</summary>
internal sealed record DrawnEdge(int Number, string Kind, int From, int To, decimal Share, long At)
{
    /// <summary>The value by which its relationship is found again.</summary>
    public decimal Amount => Number + 1;
}

/// <summary>A step as an oracle takes it.</summary>
internal sealed record DrawnStep(DrawnEdge Edge, bool IsForward)
{
    public int From => IsForward ? Edge.From : Edge.To;

    public int To => IsForward ? Edge.To : Edge.From;

    public override string ToString() => Edge.Number + (IsForward ? ">" : "<");
}

/// <summary>
/// Slow and obvious answers about paths: every walk up to a length is written out and looked at. Guarantees and holdings between companies;
/// amounts tell the relationships apart, times repeat.
/// </summary>
internal sealed class PathOracle
{
    private readonly RandomGraph drawn;

    public PathOracle(RandomGraph drawn)
    {
        this.drawn = drawn;
        var random = new Random(drawn.Seed);
        Edges = [.. drawn.Edges.Select((edge, number) => new DrawnEdge(
            number, random.Next(3) == 0 ? "HOLDS" : "GUARANTEES", edge.From, edge.To, edge.Share, random.Next(1, 7)))];
        Snapshot = GraphText.SnapshotOf([.. Enumerable.Range(0, drawn.NodeCount).Select(Node), .. Edges.Select(Fact)]);
    }

    public ImmutableArray<DrawnEdge> Edges { get; }

    public Snapshot Snapshot { get; }

    public int NodeCount => drawn.NodeCount;

    /// <summary>The walks' view of the graph: kinds, direction and window by the seed, so that all are met.</summary>
    public (EdgeWalk Walk, Func<DrawnStep, bool> Open) Draw(WalkDirection direction, bool guaranteesOnly)
    {
        string[] kinds = guaranteesOnly ? ["GUARANTEES"] : ["GUARANTEES", "HOLDS"];
        var (least, since) = (drawn.Seed % 4 == 0 ? 2m : 0m, drawn.Seed % 5 == 0 ? 3 : 0);
        var walk = new EdgeWalk(Snapshot, new WalkParameters
        {
            Kinds = [.. kinds.Select(kind => new WalkKind(GraphText.Catalog.Relationship(kind)))],
            Direction = direction,
            Bounds = [new EdgeBound("amount", least, null)],
            Since = Instant(since),
        });
        return (walk, step => kinds.Contains(step.Edge.Kind)
            && (step.IsForward ? direction != WalkDirection.In : direction != WalkDirection.Out && !(step.Edge.From == step.Edge.To && direction == WalkDirection.Both))
            && step.Edge.Amount >= least && (step.Edge.Kind == "HOLDS" || step.Edge.At >= since));
    }

    /// <summary>Every walk from a node of 1 to so many steps.</summary>
    public IEnumerable<ImmutableArray<DrawnStep>> Walks(int start, int hops, Func<DrawnStep, bool> open)
    {
        var level = new List<ImmutableArray<DrawnStep>> { ImmutableArray<DrawnStep>.Empty };
        for (var length = 1; length <= hops; length++)
        {
            level = [.. from walk in level
                        let at = walk.IsEmpty ? start : walk[^1].To
                        from edge in Edges
                        from isForward in (bool[])[true, false]
                        let step = new DrawnStep(edge, isForward)
                        where step.From == at && open(step)
                        select walk.Add(step)];
            foreach (var walk in level) yield return walk;
        }
    }

    /// <summary>Every walk that meets no node twice.</summary>
    public IEnumerable<ImmutableArray<DrawnStep>> SimplePaths(int from, int to, int hops, Func<DrawnStep, bool> open) =>
        Walks(from, hops, open).Where(walk => walk[^1].To == to && walk.Select(step => step.To).Append(from).Distinct().Count() == walk.Length + 1);

    /// <summary>Every walk that returns to its start and meets no other node twice and no edge twice; either way round.</summary>
    public IEnumerable<ImmutableArray<DrawnStep>> Cycles(int at, int hops, Func<DrawnStep, bool> open) =>
        Walks(at, hops, open).Where(walk => walk[^1].To == at && walk.Select(step => step.To).Distinct().Count() == walk.Length
            && walk.Select(step => step.Edge).Distinct().Count() == walk.Length);

    /// <summary>A path as the numbers of its edges with their directions.</summary>
    public string Spell(GraphPath path) => string.Join(' ', path.Steps.Select(step => NumberOf(step) + (step.IsForward ? ">" : "<")));

    public static string Spell(ImmutableArray<DrawnStep> walk) => string.Join(' ', walk);

    private int NumberOf(PathStep step)
    {
        var table = Snapshot.Relationships[step.Kind];
        var edge = Edges[(int)table.GetDecimal(step.Edge, "amount")! - 1];
        Assert.That((table.Out.Source(step.Edge), table.Out.Target(step.Edge)), Is.EqualTo(step.IsForward ? (step.From, step.To) : (step.To, step.From)));
        Assert.That((edge.From, edge.To), Is.EqualTo(step.IsForward ? (step.From, step.To) : (step.To, step.From)));
        return edge.Number;
    }

    public override string ToString() => $"{drawn.Seed}: " + string.Join(' ', Edges.Select(edge => $"{edge.Number}:{edge.From}-{edge.Kind[0]}@{edge.At}->{edge.To}"));

    private static NodeFact Node(int number) => new(
        new NodeId("Company", number.ToString(CultureInfo.InvariantCulture)), Properties.Of(("name", PropertyValue.Of($"{number}"))), Validity.Always, new Provenance("drawing", $"n{number}", 0.9m));

    private static RelationshipFact Fact(DrawnEdge edge)
    {
        var (from, to) = (new NodeId("Company", $"{edge.From}"), new NodeId("Company", $"{edge.To}"));
        var properties = edge.Kind == "HOLDS"
            ? Properties.Of(("amount", PropertyValue.Of(edge.Amount)), ("share", PropertyValue.Of(edge.Share)))
            : Properties.Of(("amount", PropertyValue.Of(edge.Amount)), ("at", PropertyValue.Of(Instant(edge.At))));
        return new RelationshipFact(edge.Kind, from, to, $"{edge.Number}", properties, Validity.Always, new Provenance("drawing", $"e{edge.Number}", 0.9m));
    }

    private static DateTimeOffset Instant(long day) => new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddDays(day);
}
