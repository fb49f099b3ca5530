using GraphRisk.Graph.Facts;
using GraphRisk.Graph.Schema;
using GraphRisk.Graph.Snapshots;
using GraphRisk.Graph.Store;
using GraphRisk.Intake.Resolution;
using GraphRisk.Intake.Resolution.Ledger;
using GraphRisk.Intake.Resolution.Review;
using GraphRisk.TestKit;

namespace GraphRisk.Intake.Tests.Resolution;

/// <summary>A store with party records and what resolution makes of them.</summary>
internal sealed class ResolutionBench
{
    private readonly Resolver resolver;
    private int sets;

    public ResolutionBench(ResolutionOptions? options = null, IGraphStore? store = null)
    {
        Options = options ?? new ResolutionOptions();
        Store = store ?? new InMemoryGraphStore(Schema);
        resolver = new Resolver(Store, Options);
        Reviews = new Reviews(Store, Options);
    }

    public static SchemaCatalog Schema { get; } = SchemaCatalog.LoadEmbedded();

    public ResolutionOptions Options { get; }

    public IGraphStore Store { get; }

    public Reviews Reviews { get; }

    /// <summary>A person's record. Fields are written <c>name=张伟</c>, lists with <c>|</c> between.</summary>
    public static NodeFact Person(string key, params string[] fields) => Party("Person", key, fields);

    public static NodeFact Company(string key, params string[] fields) => Party("Company", key, fields);

    public static NodeId PersonId(string key) => new("Person", $"test:{key}");

    public static NodeId CompanyId(string key) => new("Company", $"test:{key}");

    public DateTimeOffset NextInstant() => DateTimeOffset.UnixEpoch.AddYears(55).AddMinutes(++sets);

    public async Task AddAsync(params IEnumerable<NodeFact> records)
    {
        var at = NextInstant();
        await Store.AppendAsync(new ChangeSet($"test {sets}", at, "test", [.. records.Select(Change.Assert)]));
    }

    public async Task RetractAsync(NodeFact record)
    {
        var at = NextInstant();
        await Store.AppendAsync(new ChangeSet($"test {sets}", at, "test", [Change.Retract(record)]));
    }

    /// <summary>Delivers a record again: what it says no more is taken back with the same set.</summary>
    public async Task ReplaceAsync(NodeFact before, NodeFact after)
    {
        var at = NextInstant();
        Change[] changes = before.Id == after.Id ? [Change.Assert(after)] : [Change.Retract(before), Change.Assert(after)];
        await Store.AppendAsync(new ChangeSet($"test {sets}", at, "test", [.. changes]));
    }

    public Task<ResolutionSummary> ResolveAsync() => resolver.ResolveAsync(NextInstant());

    public Task<ResolutionSummary> ResolveAfreshAsync() => new Resolver(Store, Options).ResolveAsync(NextInstant());

    public Task<ReviewOutcome> JudgeAsync(string left, string right, Verdict verdict) =>
        Reviews.JudgeAsync(PersonId(left), PersonId(right), verdict, "wang", "seen the papers", NextInstant());

    public Task<ReviewOutcome> RevokeAsync(string left, string right) =>
        Reviews.RevokeAsync(PersonId(left), PersonId(right), "wang", "not the same papers", NextInstant());

    /// <summary>The judgements that stand, in a stable order.</summary>
    public async Task<List<Judgement>> JudgementsAsync()
    {
        var version = await Store.GetVersionAsync();
        var found = new List<Judgement>();
        await foreach (var recorded in Store.ReadAsync(ReadScope.All(version.Number) with { Types = [SchemaCatalog.SameAs] }))
            found.Add(JudgementFacts.FromFact((RelationshipFact)recorded.Fact));
        return [.. found.OrderBy(judgement => judgement.Left).ThenBy(judgement => judgement.Right).ThenBy(judgement => judgement.ByPerson)];
    }

    public async Task<Judgement?> JudgementAsync(NodeId left, NodeId right) =>
        (await JudgementsAsync()).Find(judgement => (judgement.Left, judgement.Right) == (left < right ? (left, right) : (right, left)));

    /// <summary>The groups of records, as keys joined by +, single records left out.</summary>
    public async Task<string> GroupsAsync()
    {
        var version = await Store.GetVersionAsync();
        var clusters = await Clusters.ReadAsync(Store.ReadAsync(ReadScope.All(version.Number) with { Types = [SchemaCatalog.SameAs] }));
        var groups = new SortedDictionary<int, List<string>>();
        await foreach (var recorded in Store.ReadAsync(ReadScope.All(version.Number) with { Types = ["Person", "Company"] }))
        {
            var node = ((NodeFact)recorded.Fact).Node;
            if (clusters.ClusterOf(node) is >= 0 and var cluster)
            {
                if (!groups.TryGetValue(cluster, out var list)) groups.Add(cluster, list = []);
                var key = node.Key["test:".Length..];
                if (!list.Contains(key)) list.Add(key);
            }
        }

        return string.Join(" ", groups.Values.Select(list => string.Join('+', list.Order(StringComparer.Ordinal))).Order(StringComparer.Ordinal));
    }

    private static NodeFact Party(string type, string key, string[] fields)
    {
        var node = Schema.Node(type);
        var from = Validity.Always;
        var properties = new List<Property>();
        foreach (var field in fields)
        {
            var (name, text) = (field[..field.IndexOf('=', StringComparison.Ordinal)], field[(field.IndexOf('=', StringComparison.Ordinal) + 1)..]);
            if (name == "since") from = Validity.Since(DateOnly.Parse(text, System.Globalization.CultureInfo.InvariantCulture));
            else
            {
                var kind = node.GetField(name).Kind;
                properties.Add(new Property(name, kind == FieldKind.StringList ? PropertyValue.Of(text.Split('|')) : PropertyText.Parse(kind, text)));
            }
        }

        return new NodeFact(new NodeId(type, $"test:{key}"), Properties.Of(properties), from, new Provenance("test", key, 0.9m));
    }
}
